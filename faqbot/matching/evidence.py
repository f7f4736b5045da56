"""What speaks for each section and topic: one row of numbers for each owner."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from faqbot.language.token import Token
from faqbot.language.utterance import Utterance
from faqbot.matching.family import Family, Near, weighted_sum
from faqbot.matching.index import Index, profile_features, text_features
from faqbot.matching.postings import Features, Scores

OWNER_EVIDENCE = (
    "word",
    "pair",
    "accented",
    "concept",
    "nearest",
    "support",
    "fuzzy",
    "profile",
    "text_word",
    "text_pair",
    "text_concept",
    "text_character",
    "passage",
    "accounted",
    "topic",
)
"""Names of the columns: the best question in each lane, over all lanes, several of them together, by rapidfuzz; how
typical the words are; the section's text; its best passage; and 1 for a topic that is not covered."""

NOTHING_EVIDENCE = ("nothing", "unfamiliar", "informative")
"""Names of what speaks for no owner at all: 1; the share of the informative wording that no section uses; and how many
informative words there are, as log(1 + n)."""

LANE_WEIGHTS = {"word": 0.35, "pair": 0.15, "accented": 0.15, "concept": 0.15}
_FUZZY_UNITS = 24
_MOST_CANDIDATES = 1_000
_CORRECTED = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an utterance resembles."""

    concepts: tuple[str, ...]
    candidates: NDArray[np.int64]
    """Rows, in the index, of the owners that come into question, ascending."""
    owners: NDArray[np.float64]
    """A row for each candidate, a column for each name in OWNER_EVIDENCE."""
    nothing: NDArray[np.float64]
    """A number for each name in NOTHING_EVIDENCE."""
    unfamiliar: tuple[str, ...]
    """Informative words that no section uses."""
    questions: Scores
    """Similarity with each unit of the index's questions, over all lanes, 0 to 1; empty without questions."""
    passages: Scores
    """The same with each unit of the index's passages."""
    stems: str = ""
    """The message's words without diacritics, joined by spaces."""


def gather(utterance: Utterance, index: Index) -> Evidence:
    """Collect the evidence for the owners that come into question."""
    row = utterance.tokens
    read = index.lane_reader.read(row)
    features = {lane: _surely(found, utterance.corrected if lane == "word" else ()) for lane, found in read.items()}
    columns = dict.fromkeys(OWNER_EVIDENCE, np.zeros(len(index.owners)))
    questions = np.zeros(0)
    if index.questions is not None:
        similarities = index.questions.similarities(features)
        questions = weighted_sum(similarities, LANE_WEIGHTS)
        near = index.questions.near(questions)
        columns |= {lane: near.best(scores) for lane, scores in similarities.items()}
        columns["nearest"] = near.best(questions)
        columns["support"] = near.support(questions)
        columns["fuzzy"] = _fuzzy(read["word"], index.questions, questions, near)
    columns["profile"] = _profile(row, index)
    bag = text_features(read)
    for lane, texts in index.texts.items():
        columns[f"text_{lane}"] = texts.coverage(_surely(bag[lane], utterance.corrected))
    passages = weighted_sum(index.passages.similarities(features), LANE_WEIGHTS)
    columns["passage"] = index.passages.near(passages).best(passages)
    columns["accounted"] = index.profiles.accounted({word.stem: 1.0 for word in row if not word.function_word})
    columns["topic"] = index.topic
    share, unfamiliar, informative = _unfamiliar(row, index)
    candidates = _candidates(columns)
    return Evidence(
        tuple(read["concept"]),
        candidates,
        np.stack([columns[name][candidates] for name in OWNER_EVIDENCE], axis=1),
        np.array([1.0, share, np.log1p(informative)]),
        unfamiliar,
        questions,
        passages,
        " ".join(read["word"]),
    )


def _candidates(columns: Mapping[str, Scores]) -> NDArray[np.int64]:
    """Return the rows of the owners that may win: all of them, or of very many the nearest by rough measures."""
    count = len(columns["passage"])
    if count <= _MOST_CANDIDATES:
        return np.arange(count)
    rough = columns["nearest"] + columns["passage"] + columns["text_word"] + columns["accounted"]
    return np.sort(np.argpartition(-rough, _MOST_CANDIDATES)[:_MOST_CANDIDATES])


def _surely(found: Sequence[str], corrected: Collection[str]) -> Features:
    return {feature: _CORRECTED if feature in corrected else 1.0 for feature in found}


def _fuzzy(stems: Sequence[str], family: Family, scores: Scores, near: Near) -> Scores:
    """Return each owner's best rapidfuzz ratio, 0 to 1, among the units that the lanes put first.

    All units as near as the last of them are among them, so that their order does not matter; units that share nothing
    with the message are not.
    """
    typed = " ".join(stems)
    values = scores[near.units]
    least = np.partition(values, -_FUZZY_UNITS)[-_FUZZY_UNITS] if len(values) > _FUZZY_UNITS else 0.0
    best = np.zeros(len(scores))
    for unit in near.units[values >= least]:
        best[unit] = fuzz.token_sort_ratio(typed, family.stems[unit]) / 100
    return near.best(best)


def _profile(row: Sequence[Token], index: Index) -> Scores:
    """Return how typical of each owner the features are: the mean log ratio, shrunk for short messages."""
    features = profile_features(row, index.lane_reader)
    rows = [index.profiles.rows[feature] for feature in features if feature in index.profiles.rows]
    return index.profiles.add_up(np.array(rows, dtype=np.int64), np.ones(len(rows))) / (len(features) + 2)


def _unfamiliar(row: Sequence[Token], index: Index) -> tuple[float, tuple[str, ...], int]:
    informative = [word for word in row if not word.function_word]
    postings = (index.questions or index.passages).lanes["word"]
    weights: Mapping[Token, float] = {word: postings.rarity_of(word.stem) for word in informative}
    unknown = [word for word in weights if word.stem not in index.familiar]
    total = sum(weights.values())
    share = sum(weights[word] for word in unknown) / total if total else 0.0
    return share, tuple(word.text for word in unknown), len(informative)
