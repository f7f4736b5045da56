"""What speaks for each section and topic: one row of numbers for each owner."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from faqbot.language.token import Token
from faqbot.language.utterance import Utterance
from faqbot.matching.family import Family, Near
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
    "accounted_pairs",
    "meaning",
    "topic",
)
"""Names of the columns: the best question in each lane, over all lanes, several of them together, by rapidfuzz; how
typical the words are; the section's text; its best passage; how much of the wording all its texts account for, by words
and by pairs of them; how near it is in meaning, where somebody can tell; and 1 for a topic that is not covered."""

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
    questions: Near | None
    """The stored questions that share something with the message; None without questions."""
    passages: Near
    """The passages that do."""
    stems: str = ""
    """The message's words without diacritics, joined by spaces."""

    def nearest(self, row: int) -> float:
        """Return the similarity of an owner's nearest question, 0 to 1; 0 if it has none that shares something."""
        return float(self.questions.of(row)[1].max(initial=0.0)) if self.questions else 0.0


def gather(utterance: Utterance, index: Index, meaning: Scores | None = None) -> Evidence:
    """Collect the evidence for the owners that come into question.

    :param meaning: Similarity in meaning with each text of ``index.stored_texts``, -1 to 1; None if nobody can tell.
    """
    row = utterance.tokens
    read = index.lane_reader.read(row)
    features = {lane: _surely(found, utterance.corrected if lane == "word" else ()) for lane, found in read.items()}
    columns = dict.fromkeys(OWNER_EVIDENCE, np.zeros(len(index.owners)))
    questions = index.questions.near(features, LANE_WEIGHTS) if index.questions else None
    if index.questions and questions:
        columns |= {lane: questions.best(scores) for lane, scores in questions.lanes.items()}
        columns["nearest"] = questions.best(questions.total)
        columns["support"] = questions.support()
        columns["fuzzy"] = _fuzzy(read["word"], index.questions, questions)
    columns["profile"] = _profile(read, index)
    bag = text_features(read)
    covered = index.texts.coverage({lane: _surely(found, utterance.corrected) for lane, found in bag.items()})
    columns |= {f"text_{lane}": shares for lane, shares in covered.items()}
    passages = index.passages.near(features, LANE_WEIGHTS)
    columns["passage"] = passages.best(passages.total)
    informed = {word.stem: 1.0 for word in row if not word.function_word}
    columns["accounted"] = index.profiles.accounted(informed)
    columns["accounted_pairs"] = _accounted_pairs(features["pair"], index)
    if meaning is not None:
        columns["meaning"] = _meaning(meaning, index)
    columns["topic"] = index.topic
    share, unfamiliar, informative = _unfamiliar(row, index)
    candidates = _candidates(columns)
    return Evidence(
        tuple(read["concept"]),
        candidates,
        np.array([columns[name] for name in OWNER_EVIDENCE]).T[candidates],
        np.array([1.0, share, np.log1p(informative)]),
        unfamiliar,
        questions,
        passages,
        " ".join(read["word"]),
    )


def _meaning(similarities: Scores, index: Index) -> Scores:
    """Return each owner's best similarity, over the mean of all: such similarities lie close together."""
    best = np.full(len(index.owners), -1.0)
    asked = len(index.stored_texts) - len(index.places)
    if index.questions is not None:
        np.maximum.at(best, index.questions.owners, similarities[index.questions.numbers])
    np.maximum.at(best, index.passages.owners, similarities[asked + index.passages.numbers])
    return np.asarray(np.maximum(best - best.mean(), 0.0))


def _candidates(columns: Mapping[str, Scores]) -> NDArray[np.int64]:
    """Return the rows of the owners that may win: all of them, or of very many the nearest by rough measures."""
    count = len(columns["passage"])
    if count <= _MOST_CANDIDATES:
        return np.arange(count)
    rough = columns["nearest"] + columns["passage"] + columns["text_word"] + columns["accounted"] + columns["meaning"]
    return np.sort(np.argpartition(-rough, _MOST_CANDIDATES)[:_MOST_CANDIDATES])


def _surely(found: Sequence[str], corrected: Collection[str]) -> Features:
    return {feature: _CORRECTED if feature in corrected else 1.0 for feature in found}


def _fuzzy(stems: Sequence[str], family: Family, near: Near) -> Scores:
    """Return each owner's best rapidfuzz ratio, 0 to 1, among the units that the lanes put first.

    All units as near as the last of them are among them, so that their order does not matter; units that share nothing
    with the message are not.
    """
    typed = " ".join(stems)
    total = near.total
    least = _among_the_best(total, near.best(total))
    alike = np.flatnonzero(total >= least)
    ratios = np.zeros(len(total))
    nearest = [family.stems[unit] for unit in near.units[alike].tolist()]
    ratios[alike] = process.cdist([typed], nearest, scorer=fuzz.token_sort_ratio, dtype=np.float64)[0] / 100
    return near.best(ratios)


def _among_the_best(totals: Scores, best: Scores) -> float:
    """Return the least total of the _FUZZY_UNITS best, given the owners' best ones too; 0 if there are no more."""
    if len(totals) <= _FUZZY_UNITS:
        return 0.0
    enough = np.partition(best, -_FUZZY_UNITS)[-_FUZZY_UNITS] if len(best) > _FUZZY_UNITS else 0.0
    return float(np.partition(totals[totals >= enough], -_FUZZY_UNITS)[-_FUZZY_UNITS])


def _profile(read: Mapping[str, Sequence[str]], index: Index) -> Scores:
    """Return how typical of each owner the features are: the mean log ratio, shrunk for short messages."""
    features = profile_features(read)
    rows = Counter(index.profiles.rows[feature] for feature in features if feature in index.profiles.rows)
    return index.profiles.add_up(rows) / (len(features) + 2)


def _accounted_pairs(features: Features, index: Index) -> Scores:
    """Return for each owner which share of the pairs' rarity any of its questions or passages holds, 0 to 1."""
    families = [family for family in (index.questions, index.passages) if family]
    judge = families[0].lanes["pair"]
    worth = [sure * judge.rarity_of(pair) for pair, sure in features.items()]
    held = np.zeros((len(features), len(index.owners)), dtype=bool)
    for family in families:
        at, units = family.lanes["pair"].holders_of_each(features)
        held[at, family.owners[units]] = True
    return np.array(worth) / (sum(worth) or 1.0) @ held


def _unfamiliar(row: Sequence[Token], index: Index) -> tuple[float, tuple[str, ...], int]:
    informative = [word for word in row if not word.function_word]
    postings = (index.questions or index.passages).lanes["word"]
    weights: Mapping[Token, float] = {word: postings.rarity_of(word.stem) for word in informative}
    unknown = [word for word in weights if word.stem not in index.familiar]
    total = sum(weights.values())
    share = sum(weights[word] for word in unknown) / total if total else 0.0
    return share, tuple(word.text for word in unknown), len(informative)
