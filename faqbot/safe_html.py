"""HTML that may be shown: texts, lists, tables and links, and nothing that runs or loads anything."""

from functools import lru_cache

import nh3

_TEXTS = {"p", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "a", "blockquote", "br", "hr", "span", "mark"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href", "title"}, "span": {"data-passage"}, "ol": {"start"}}


@lru_cache(maxsize=256)
def safe_html(html: str) -> str:
    """Return HTML with nothing but what may be shown; what is safe already comes back as it is.

    It is called where texts are read, and again where they are shown: whatever happens to them in between.
    """
    return nh3.clean(html, tags=_TEXTS | _HEADINGS | _TABLES, attributes=_ATTRIBUTES, link_rel="noopener noreferrer")
