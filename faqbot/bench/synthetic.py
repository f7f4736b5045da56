"""Made-up knowledge of any size, for measuring how the matcher grows."""

import random

from faqbot.bench.measure import QuestionSet
from faqbot.knowledge.model import KnowledgeBase, Passage, Section, SectionKey, SectionText, StoredQuestion
from faqbot.matching.calibration import DEFAULT

_WORDS_OF_A_QUESTION = 12
_QUESTIONS_OF_A_SECTION = 20
_ONSETS = ("b", "c", "ch", "d", "g", "h", "k", "kh", "l", "m", "n", "ng", "nh", "ph", "s", "t", "th", "tr", "v", "x")
_RIMES = (
    "a",
    "an",
    "ang",
    "ao",
    "at",
    "e",
    "en",
    "eo",
    "i",
    "in",
    "inh",
    "o",
    "oi",
    "on",
    "ong",
    "u",
    "un",
    "uoc",
    "y",
)


def synthetic_knowledge(question_count: int, seed: int = 1) -> KnowledgeBase:
    """Make a knowledge base of that many questions of twelve words, twenty to a section.

    Words are as unevenly frequent as in a language (Zipf's law); a section has favourite words of its own.
    """
    generator = random.Random(seed)
    words = [onset + rime + second for onset in _ONSETS for rime in _RIMES for second in ("", *_RIMES)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    sections: list[Section] = []
    questions: list[StoredQuestion] = []
    for number in range(-(-question_count // _QUESTIONS_OF_A_SECTION)):
        key = SectionKey("made-up", str(number))
        favourites = generator.sample(words, 8)
        text = " ".join(favourites)
        sections.append(Section(key, {"vi": SectionText(text, (Passage(text, ""),), text, "")}, None))
        for _ in range(min(_QUESTIONS_OF_A_SECTION, question_count - len(questions))):
            row = generator.choices(words, weights, k=_WORDS_OF_A_QUESTION - 4) + generator.sample(favourites, 4)
            questions.append(StoredQuestion(" ".join(row), "vi", str(key)))
    return KnowledgeBase((), tuple(sections), tuple(questions))


def synthetic_set(question_count: int, asked: int = 200) -> QuestionSet:
    """Make knowledge of that size; ask it its own questions, a quarter of the words missing and the rest mixed."""
    knowledge = synthetic_knowledge(question_count)
    generator = random.Random(question_count)
    questions = generator.sample(knowledge.questions, min(asked, len(knowledge.questions)))
    return QuestionSet(
        f"{question_count:,}",
        knowledge,
        DEFAULT,
        tuple((_blurred(question.text, generator), frozenset([question.owner])) for question in questions),
    )


def _blurred(text: str, generator: random.Random) -> str:
    words = text.split()
    return " ".join(generator.sample(words, len(words) * 3 // 4))
