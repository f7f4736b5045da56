"""What stands around a question in a chat message, and what must not come alive in a reply."""

import re
import unicodedata

_MENTION = re.compile(r"(?:@\*\*[^*\n]+\*\*|@[\w.-]+)[\s:,]*")
_AFTER_A_TRIGGER = " \t\n:,\N{NO-BREAK SPACE}"
_CALL = re.compile(r"(?<![\w.+-])@(?=[\w*_])")
_ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"


def without_trigger(text: str, trigger: str | None) -> str:
    """Return a message without the word that triggered the webhook, if that is what it begins with.

    ``faq`` is not what ``faqbot`` begins with, while ``!`` is what ``!faq`` does.
    """
    composed = unicodedata.normalize("NFC", text).lstrip()
    word = unicodedata.normalize("NFC", trigger or "").strip()
    rest = composed[len(word) :]
    if not word or composed[: len(word)].casefold() != word.casefold():
        return composed
    if word[-1].isalnum() and rest[:1].isalnum():
        return composed
    return rest.lstrip(_AFTER_A_TRIGGER)


def without_mention(text: str) -> str:
    """Return a message without the mention that it begins with."""
    began = text.lstrip()
    found = _MENTION.match(began)
    return began[found.end() :] if found else text


def quiet(text: str) -> str:
    """Return a text in which no ``@name`` calls anybody: a space without width follows each such sign."""
    return _CALL.sub(f"@{_ZERO_WIDTH_SPACE}", text)


def cut(text: str, most: int, mark: str = "…") -> str:
    """Return a text of at most so many characters, cut behind a word if there is one; ``mark`` shows the cut."""
    if len(text) <= most:
        return text
    kept = text[: most - len(mark)]
    at = max(kept.rfind(" "), kept.rfind("\n"))
    return (kept[:at] if at > most // 2 else kept).rstrip() + mark
