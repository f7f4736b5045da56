"""What faqbot knows of one language. A language is a folder here: rules in Python, words and messages in YAML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from faqbot.errors import SettingsError
from faqbot.language.fold import fold
from faqbot.yaml_file import read_plain

LANGUAGES = ("vi", "en")
"""Codes of the languages there are, the default first."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The part of a language that is code."""

    stem: Callable[[str], str] | None
    """Maps a folded word to its stem; None where words are not inflected."""
    decoders: tuple[Callable[[str], str | None], ...]
    """Each turns raw keystrokes of an input method into a word, or gives None."""
    looks_native: Callable[[str], bool] | None
    """Tells whether a folded, unknown word has this language's shape; None where that cannot be told."""
    letters: frozenset[str]
    """Lower-case letters by which a word shows that it is of this language."""


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """One language: its rules, its word lists and every sentence that faqbot says in it."""

    code: str
    """ISO 639-1 code, such as ``vi``."""
    name: str
    """The language's name in itself."""
    rules: Rules
    stop_words: frozenset[str]
    """Words of grammar rather than topic, in lower case."""
    folded_stop_words: frozenset[str]
    """The same without diacritics."""
    common_words: frozenset[str]
    """Everyday words, folded, which are no misspelling of others; empty for a language that tells by shape."""
    fillers: tuple[str, ...]
    """Phrases of politeness that a question may do without."""
    shorthand: Mapping[str, str]
    """Chat shorthand, and what it stands for."""
    follow_up: tuple[str, ...]
    """Phrases by which a message carries on from the reply before it."""
    joiners: tuple[str, ...]
    """Words that join a second question to a first."""
    question_words: tuple[str, ...]
    """Phrases by which a sentence shows that it asks."""
    more: tuple[str, ...]
    """Whole messages that ask for more of the same."""
    ordinals: tuple[tuple[str, ...], ...]
    """Whole messages by which somebody takes the first section on offer, the second, and the third."""
    none_of_these: tuple[str, ...]
    """Whole messages by which somebody takes none of the sections on offer."""
    person: tuple[str, ...]
    """Whole messages by which somebody asks for a person."""
    messages: Mapping[str, str]
    """Sentences by name; braces hold what is filled in."""

    def say(self, name: str, **values: object) -> str:
        """Return the sentence of that name with its braces filled in."""
        return self.messages[name].format(**values)


@cache
def language_pack(code: str) -> LanguagePack:
    """Load a language once and keep it.

    :raises SettingsError: if there is no such language.
    """
    if code not in LANGUAGES:
        raise SettingsError(f"language {code!r} is unknown; there are {', '.join(LANGUAGES)}")
    folder = files("faqbot.language").joinpath(code)
    common = folder.joinpath("common.txt")
    words = read_plain(folder.joinpath("words.yaml").read_text("utf-8"))
    return LanguagePack(
        code=code,
        name=words["name"],
        rules=import_module(f"faqbot.language.{code}").RULES,
        stop_words=frozenset(words["stop_words"]),
        folded_stop_words=frozenset(fold(word) for word in words["stop_words"]),
        common_words=frozenset(common.read_text("utf-8").split() if common.is_file() else ()),
        fillers=tuple(words["fillers"]),
        shorthand=words["shorthand"],
        follow_up=tuple(words["follow_up"]),
        joiners=tuple(words["joiners"]),
        question_words=tuple(words["question_words"]),
        more=tuple(words["more"]),
        ordinals=tuple(tuple(words[name]) for name in ("first", "second", "third")),
        none_of_these=tuple(words["none_of_these"]),
        person=tuple(words["person"]),
        messages=read_plain(folder.joinpath("messages.yaml").read_text("utf-8")),
    )


@cache
def language_packs() -> tuple[LanguagePack, ...]:
    """Return every language, the default first."""
    return tuple(language_pack(code) for code in LANGUAGES)
