"""Addresses on the web, as an operator may write them."""

from urllib.parse import SplitResult, urlsplit


def web_address(url: str, *, query: bool = False) -> SplitResult | None:
    """Return the parts of an http or https address in ASCII, without user or fragment; None for any other.

    :param query: Whether it may have a query; no by default.
    """
    try:
        place = urlsplit(url)
        usable = place.scheme in ("http", "https") and place.hostname and place.port != 0
    except ValueError:
        return None
    refused = set(" #@" if query else " ?#@")
    return place if usable and url.isascii() and url.isprintable() and not set(url) & refused else None
