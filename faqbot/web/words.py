"""The language of a page, and the sentences on it."""

from flask import request

from faqbot.language.pack import LANGUAGES, LanguagePack, language_pack


def page_language() -> str:
    """Return the language that the address names, else the one that the browser prefers, else the default."""
    wanted = request.args.get("lang")
    if wanted in LANGUAGES:
        return wanted
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def page_words() -> LanguagePack:
    """Return the language pack of the page."""
    return language_pack(page_language())
