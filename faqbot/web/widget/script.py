"""The widget's script, put together from its parts, so that a page has one file to load."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from faqbot.language.pack import language_packs

PARTS = (
    "words",
    "dom",
    "markup",
    "server",
    "memory",
    "accent",
    "completion",
    "conversation",
    "delivery",
    "handover",
    "element",
    "start",
)
"""Its files, each before those that use it."""
SHARED_WORDS = ("page_title", "languages_label", "none_of_these", "related", "ask_label", "too_long")
"""Sentences that the widget says and others too. Those whose name begins with ``chat_`` are its own."""
_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)?\n|^[ \t]+|[ \t]+// [^\n]*", re.MULTILINE | re.DOTALL)
"""Blank lines, comments and indentation, none of which a browser needs."""
_SPACES = re.compile(r"\s*([{};,])\s*|(?<=:) ")
"""What a style sheet does without."""


@dataclass(frozen=True, slots=True)
class Script:
    """The file that is served."""

    plain: bytes
    zipped: bytes
    """The same, compressed by gzip."""
    tag: str
    """Changes whenever the content does."""


@cache
def widget_script() -> Script:
    """Put the script together: the words in all languages, the style sheet, and the code."""
    words = json.dumps(word_table(), ensure_ascii=False, separators=(",", ":"))
    style = json.dumps(_SPACES.sub(r"\1", _part("style.css")), ensure_ascii=False)
    code = "".join(_part(f"{name}.js") for name in PARTS)
    plain = f'(()=>{{"use strict";\nconst WORDS={words};\nconst STYLE={style};\n{code}}})();\n'.encode()
    return Script(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:16])


def word_table() -> dict[str, dict[str, object]]:
    """Return every sentence of the widget, by language and name, with each language's own name; the default first."""
    return {
        pack.code: {
            "name": pack.name,
            "words": {
                name: words for name, words in pack.messages.items() if name.startswith("chat_") or name in SHARED_WORDS
            },
        }
        for pack in language_packs()
    }


def _part(name: str) -> str:
    return _COMMENTS.sub("", files("faqbot.web.widget").joinpath(name).read_text("utf-8"))
