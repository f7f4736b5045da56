"""Everything that matching needs to know of a knowledge base, computed once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

import numpy as np
from numpy.typing import NDArray

from faqbot.knowledge.model import KnowledgeBase, Section
from faqbot.language.lexicon import count_words
from faqbot.language.pack import LANGUAGES
from faqbot.language.utterance import Reader
from faqbot.matching.family import Family, Unit, build_family
from faqbot.matching.lanes import TEXT_LANES, LaneReader, runs
from faqbot.matching.postings import Postings, Scores
from faqbot.matching.texts import TextIndex, build_profiles, build_texts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands."""

    language: str
    at: int | None
    """Its index among the passages of the section's text; None for the title."""


@dataclass(frozen=True, slots=True)
class Index:
    """A knowledge base, ready to be matched. Owners are its sections, in reading order, and then its topics."""

    owners: tuple[str, ...]
    rows: Mapping[str, int]
    """Position of each owner."""
    section_count: int
    topic: Scores
    """1 for each owner that is a topic, 0 for each that is a section."""
    reader: Reader
    lane_reader: LaneReader
    questions: Family | None
    """The stored questions; None if there are none. A unit's number is its position in the knowledge."""
    answers: Mapping[str, NDArray[np.int32]]
    """By language, the passage that answers each stored question, by number; -1 where none does."""
    passages: Family
    """Titles and passages of all sections in all languages. A unit's number is its position in ``places``."""
    places: tuple[Place, ...]
    stored_texts: tuple[str, ...]
    """The stored questions by number, and after them the titles and passages by number."""
    texts: TextIndex
    """Whole sections."""
    profiles: Postings
    """Which words and concepts are typical of which owner."""
    familiar: frozenset[str]
    """Stems that sections, or questions about them, use."""
    exact: Mapping[str, str]
    """Owner of each stored question by its key with diacritics; the first one's of several."""
    follow_ups: Mapping[str, str]
    """The same for prompts that carry on from another answer."""
    exact_plain: Mapping[str, str | None]
    """Owner by the key without diacritics; None where several owners share it."""


def build_index(knowledge: KnowledgeBase) -> Index:
    """Index a knowledge base. Equal knowledge gives an index that ranks alike."""
    plain_reader = Reader()
    lane_reader = LaneReader(knowledge.concepts)
    rows = {owner: row for row, owner in enumerate(knowledge.by_owner)}
    read = [(plain_reader.read_stored(question.text), question) for question in knowledge.questions]
    units = [
        Unit(question.owner, lane_reader.read(reading.tokens), number)
        for number, (reading, question) in enumerate(read)
    ]
    written = [
        (str(section.key), place, plain_reader.read_stored(text))
        for section in knowledge.sections
        for place, text in _passages(section)
    ]
    passages = [
        Unit(owner, lane_reader.read(reading.tokens), number) for number, (owner, _, reading) in enumerate(written)
    ]
    spoken = [(question.language, reading) for reading, question in read]
    spoken += [(place.language, reading) for _, place, reading in written]
    reader = Reader(count_words((language, [word.text for word in reading.typed]) for language, reading in spoken))
    on_sections = [unit for unit in [*units, *passages] if isinstance(knowledge.by_owner[unit.owner], Section)]
    whole = [(reading, question.owner) for reading, question in read if not question.follow_up]
    return Index(
        owners=tuple(rows),
        rows=rows,
        section_count=len(knowledge.sections),
        topic=(np.arange(len(rows)) >= len(knowledge.sections)).astype(float),
        reader=reader,
        lane_reader=lane_reader,
        questions=build_family(units, rows) if units else None,
        answers={
            language: np.array([question.answers.get(language, -1) for question in knowledge.questions], dtype=np.int32)
            for language in LANGUAGES
        },
        passages=build_family(passages, rows),
        places=tuple(place for _, place, _ in written),
        stored_texts=tuple(
            reading.text for reading in [*(each for each, _ in read), *(each for _, _, each in written)]
        ),
        texts=_texts(knowledge.sections, rows, reader, lane_reader),
        profiles=build_profiles(
            ((rows[unit.owner], profile_features(unit.lanes)) for unit in [*units, *passages]), len(rows)
        ),
        familiar=frozenset(stem for unit in on_sections for stem in unit.lanes["word"]),
        exact=_owners_by_key((reading.key, owner) for reading, owner in whole),
        follow_ups=_owners_by_key((reading.key, question.owner) for reading, question in read if question.follow_up),
        exact_plain=_sole_owners((reading.plain_key, owner) for reading, owner in whole),
    )


def profile_features(features: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the features by which owners are profiled, from those of the lanes: stems, and concepts marked as such."""
    return [*features["word"], *(f"@{concept}" for concept in features["concept"])]


def text_features(features: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return the features by which whole sections are indexed, from those of the lanes."""
    return {"character": runs(features["word"]), **features}


def _passages(section: Section) -> Iterable[tuple[Place, str]]:
    """Yield the title and the passages of each language, each with what it stands under."""
    for language, text in section.texts.items():
        yield Place(language, None), text.title
        for at, passage in enumerate(text.passages):
            yield Place(language, at), f"{passage.context} {passage.text}"


def _texts(sections: Sequence[Section], rows: Mapping[str, int], reader: Reader, lane_reader: LaneReader) -> TextIndex:
    """Index whole sections; a title counts twice."""
    owners = [rows[str(section.key)] for section in sections for _ in section.texts]
    read = [
        reader.read_stored(f"{text.title}. {text.title}. {text.text}").tokens
        for section in sections
        for text in section.texts.values()
    ]
    return build_texts(owners, {lane: [lane_reader.lane(lane, row) for row in read] for lane in TEXT_LANES}, len(rows))


def _owners_by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    keys: dict[str, str] = {}
    for key, owner in pairs:
        if key:
            keys.setdefault(intern(key), owner)
    return keys


def _sole_owners(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    keys: dict[str, str | None] = {}
    for key, owner in pairs:
        if key:
            keys[intern(key)] = owner if keys.get(key, owner) == owner else None
    return keys
