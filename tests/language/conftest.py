"""Words and readers that the tests of the language package share."""

import pytest

from faqbot.knowledge.loader import load, shipped_knowledge
from faqbot.knowledge.model import KnowledgeBase
from faqbot.language.clean import clean
from faqbot.language.lexicon import Lexicon
from faqbot.language.token import words
from faqbot.language.utterance import Reader
from tests.conftest import DATA
from tests.language.lexicons import build_lexicon


@pytest.fixture(scope="session")
def shipped_words() -> frozenset[str]:
    """Every word in the text files of the knowledge that comes with faqbot."""
    files = [path for path in sorted(shipped_knowledge().rglob("*")) if path.suffix in (".md", ".yaml")]
    return frozenset(word for path in files for word in words(clean(path.read_text("utf-8"))))


@pytest.fixture(scope="session")
def school() -> KnowledgeBase:
    """The knowledge of the school library."""
    return load(DATA / "library")


@pytest.fixture(scope="session")
def lexicon(school: KnowledgeBase) -> Lexicon:
    """The words of the school library."""
    texts = [(code, f"{text.title} {text.text}") for section in school.sections for code, text in section.texts.items()]
    return build_lexicon([*texts, *((question.language, question.text) for question in school.questions)])


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    """A reader with the words of the school library in mind."""
    return Reader(lexicon)
