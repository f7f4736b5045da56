"""Slack's escapes and links: https://docs.slack.dev/messaging/formatting-message-text."""

import re

from faqbot.channels.text import quiet

_CONTROL = re.compile(r"<([^<>]*)>")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_URL_ESCAPES = (("|", "%7C"), ("<", "%3C"), (">", "%3E"), ("&", "&amp;"))


def plain(text: str) -> str:
    """Return what somebody wrote: without mentions, with links by their words, and unescaped."""
    shown = _CONTROL.sub(_shown, text)
    for sign, escape in reversed(_ESCAPES):
        shown = shown.replace(escape, sign)
    return shown.strip()


def escape(text: str) -> str:
    """Return a text that Slack shows as it is, and in which nothing is a link or calls anybody."""
    for sign, safe in _ESCAPES:
        text = text.replace(sign, safe)
    return quiet(text)


def link(words: str, url: str) -> str:
    """Return a link; the words are escaped already."""
    for sign, safe in _URL_ESCAPES:
        url = url.replace(sign, safe)
    return f"<{url}|{words.replace('|', '¦')}>"


def _shown(found: re.Match[str]) -> str:
    target, _, label = found[1].partition("|")
    if target.startswith(("@", "!")):
        return " "
    if target.startswith("#"):
        return f"#{label}" if label else " "
    return label or target
