"""XQuAD paragraphs as a knowledge base without questions, for measuring only: faqbot does not ship them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from faqbot.bench.noise import raw_telex, typos, without_diacritics
from faqbot.errors import EvaluationError
from faqbot.knowledge.model import KnowledgeBase, Passage, Section, SectionKey, SectionText
from faqbot.knowledge.sentences import sentences

_VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "vi": {
        "vi": str,
        "vi, no diacritics": without_diacritics,
        "vi, 2 typos": lambda text: typos(text, 2),
        "vi, raw Telex": raw_telex,
    },
    "en": {"en": str, "en, 2 typos": lambda text: typos(text, 2)},
}


def read_xquad(path: Path, language: str) -> tuple[KnowledgeBase, list[tuple[str, str]]]:
    """Read a file in SQuAD's format: each paragraph becomes a section; return the questions with their sections.

    :raises EvaluationError: if the file cannot be read as such.
    """
    try:
        articles = json.loads(path.read_text("utf-8"))["data"]
        paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
        sections = [_section(number, each["context"], language) for number, each in enumerate(paragraphs)]
        questions = [
            (_text(asked["question"]), str(section.key))
            for section, paragraph in zip(sections, paragraphs, strict=True)
            for asked in paragraph["qas"]
        ]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise EvaluationError(f"{path}: no file in SQuAD's format ({error})") from error
    return KnowledgeBase((), tuple(sections)), questions


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a question must be a text, not {value!r}")
    return value


def variants(language: str, questions: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the questions clean and with each kind of noise, by the name of the column."""
    for name, change in _VARIANTS[language].items():
        yield name, [(change(question), section) for question, section in questions]


def _section(number: int, context: str, language: str) -> Section:
    passages = tuple(Passage(sentence, "") for sentence in sentences(context))
    return Section(SectionKey("xquad", str(number)), {language: SectionText("", passages, context, "")}, None)
