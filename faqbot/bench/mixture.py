"""The questions that the default weights are fitted to: about several kinds of knowledge, of many sizes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from faqbot.bench.noise import raw_telex, typos, without_diacritics
from faqbot.bench.xquad import Asked, xquad_files
from faqbot.knowledge.model import KnowledgeBase, Section
from faqbot.matching.cross_validation import FOLDS, cross_validate, example
from faqbot.matching.index import build_index
from faqbot.matching.model import Example

SIZES = (1, 2, 5, 15, 40, 120)
"""Numbers of sections that a text without stored questions is cut into; a larger one than it has stands for all."""
_NOISE: Mapping[str, Sequence[Callable[[str], str]]] = {
    "vi": (str, without_diacritics, lambda text: typos(text, 2), raw_telex, lambda text: typos(text, 1)),
    "en": (str, lambda text: typos(text, 2), str, lambda text: typos(text, 1)),
}
_FEW = 12
"""Of so many stored questions one is kept where the knowledge shall have few."""
_EVERY = 6
"""Of so many examples of all stored questions one is taken, so that no kind of knowledge outweighs the others."""
_EVERY_OF_A_TEXT = 24
"""Of so many stored questions one is asked where none is stored: it is asked in several sizes."""


def mixture(xquad: Path, knowledge: KnowledgeBase) -> Iterator[Example]:
    """Yield examples of all kinds.

    :param xquad: Folder with XQuAD files; the questions of the first half of their paragraphs are asked.
    :param knowledge: With stored questions. It takes part with all of them, with a twelfth and with none.
    :raises EvaluationError: if a file of XQuAD cannot be read.
    """
    for language, base, questions in xquad_files(xquad):
        yield from of_texts(base, halves(base, questions)[0], language)
    yield from islice(cross_validate(knowledge), 0, None, _EVERY)
    yield from cross_validate(replace(knowledge, questions=knowledge.questions[::_FEW]))
    yield from _without_questions(knowledge)


def held_out(xquad: Path) -> Iterator[Example]:
    """Yield the same examples of XQuAD for the other half of the paragraphs, to judge by.

    :raises EvaluationError: if a file of XQuAD cannot be read.
    """
    for language, base, questions in xquad_files(xquad):
        yield from of_texts(base, halves(base, questions)[1], language)


def halves(base: KnowledgeBase, questions: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """Return the questions of the first half of the sections, and those of the others: of other articles in XQuAD."""
    first = {str(section.key) for section in base.sections[: len(base.sections) // 2]}
    return [each for each in questions if each[1] in first], [each for each in questions if each[1] not in first]


def of_texts(base: KnowledgeBase, questions: Sequence[Asked], language: str) -> Iterator[Example]:
    """Yield examples of texts without stored questions: each question with noise, in knowledge of each size.

    Every fifth section is hidden in turn, as in cross-validation, so that about half of the examples have no answer.
    """
    noise = cycle(_NOISE[language])
    count = len(base.sections)
    for size in sorted({min(size, count) for size in SIZES}):
        for start in range(0, count, size):
            for left, asked in _rounds(base.sections[start : start + size], questions):
                index = build_index(replace(base, sections=left))
                for text, owner in asked:
                    yield example(next(noise)(text), [owner], index)


def _without_questions(knowledge: KnowledgeBase) -> Iterator[Example]:
    bare = replace(knowledge, questions=(), topics=())
    whole = [each for each in knowledge.questions if not each.follow_up][::_EVERY_OF_A_TEXT]
    for language in _NOISE:
        yield from of_texts(bare, [(each.text, each.owner) for each in whole if each.language == language], language)


def _rounds(
    sections: Sequence[Section], questions: Sequence[Asked]
) -> Iterator[tuple[tuple[Section, ...], list[Asked]]]:
    """Yield for each fifth that is hidden what is left, and the questions of that fifth and of the next one."""
    for fold in range(FOLDS):
        left = tuple(section for at, section in enumerate(sections) if at % FOLDS != fold)
        following = sections[(fold + 1) % FOLDS :: FOLDS]
        about = {str(section.key) for section in [*sections[fold::FOLDS], *following]}
        asked = [each for each in questions if each[1] in about]
        if left and asked:
            yield left, asked
