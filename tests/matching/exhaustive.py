"""A slow matcher: it compares a message with every text of the knowledge, one by one, by plain arithmetic."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from rapidfuzz import fuzz

from faqbot.knowledge.model import KnowledgeBase
from faqbot.language.token import Token
from faqbot.language.utterance import Utterance
from faqbot.matching.evidence import LANE_WEIGHTS, NOTHING_EVIDENCE, OWNER_EVIDENCE
from faqbot.matching.family import SHARPNESS
from faqbot.matching.index import Index, profile_features, text_features
from faqbot.matching.lanes import LANES, TEXT_LANES
from faqbot.matching.model import Weights

K1, B = 1.2, 0.75
TRUST, DISCOUNT = 0.7, 0.5
CORRECTED = 0.8

Bags = Sequence[Sequence[str]]


class Rarity:
    """Inverse document frequency of features in some bags of them."""

    def __init__(self, bags: Iterable[Iterable[str]]) -> None:
        sets = [set(bag) for bag in bags]
        self._frequency = Counter(chain.from_iterable(sets))
        self._count = len(sets)

    def __getitem__(self, feature: str) -> float:
        frequency = self._frequency[feature]
        return math.log1p((self._count - frequency + 0.5) / (frequency + 0.5))


class Lane:
    """Texts in one lane."""

    def __init__(self, bags: Bags) -> None:
        self._rarity = Rarity(bags)
        self._bags = [frozenset(bag) for bag in bags]
        self._lengths = [math.sqrt(sum(self._rarity[each] ** 2 for each in bag)) for bag in self._bags]

    def cosine(self, features: Mapping[str, float], at: int) -> float:
        """Compare the features with one text."""
        shared = sum(self._rarity[each] ** 2 * sure for each, sure in features.items() if each in self._bags[at])
        asked = math.sqrt(sum((self._rarity[each] * sure) ** 2 for each, sure in features.items()))
        return shared / (asked * self._lengths[at]) if shared else 0.0


class Texts:
    """Texts of owners, each a row of words, in all lanes."""

    def __init__(self, owned: Sequence[tuple[str, Sequence[Token]]], index: Index) -> None:
        self._lanes = {lane: Lane([index.lane_reader.lane(lane, row) for _, row in owned]) for lane in LANES}
        self._stems = [" ".join(word.stem for word in row) for _, row in owned]
        self._at: dict[str, list[int]] = {}
        for at, (owner, _) in enumerate(owned):
            self._at.setdefault(owner, []).append(at)

    def evidence(self, features: Mapping[str, Mapping[str, float]], typed: str, owner: str) -> dict[str, float]:
        """Return the best similarity with an owner's texts in each lane, over all lanes, and so on."""
        at = self._at.get(owner, [])
        lanes = {name: [lane.cosine(features[name], each) for each in at] for name, lane in self._lanes.items()}
        totals = [sum(LANE_WEIGHTS[name] * lanes[name][place] for name in lanes) for place in range(len(at))]
        alike = [
            fuzz.token_sort_ratio(typed, self._stems[each]) / 100
            for each, total in zip(at, totals, strict=True)
            if total
        ]
        found = {name: max(scores, default=0.0) for name, scores in lanes.items()}
        found["nearest"] = max(totals, default=0.0)
        found["support"] = math.log1p(sum(math.expm1(SHARPNESS * total) for total in totals)) / SHARPNESS
        found["fuzzy"] = max(alike, default=0.0)
        return found


class Exhaustive:
    """Ranks the sections of a knowledge base as the matcher should."""

    def __init__(self, knowledge: KnowledgeBase, index: Index, weights: Weights) -> None:
        self._index, self._weights = index, weights.by_name()
        reader = index.reader
        asked = [(each.owner, reader.read_stored(each.text).tokens) for each in knowledge.questions]
        written: list[tuple[str, Sequence[Token]]] = []
        bags: list[tuple[str, dict[str, Sequence[str]]]] = []
        for section in knowledge.sections:
            for text in section.texts.values():
                lines = [text.title, *(f"{each.context} {each.text}" for each in text.passages)]
                written += [(str(section.key), reader.read_stored(line).tokens) for line in lines]
                whole = reader.read_stored(f"{text.title}. {text.title}. {text.text}").tokens
                bags.append((str(section.key), text_features(index.lane_reader.read(whole))))
        self._questions, self._passages = Texts(asked, index), Texts(written, index)
        self._bags = bags
        self._bag_rarity = {lane: Rarity(bag[lane] for _, bag in bags) for lane in TEXT_LANES}
        self._mean_size = {lane: sum(len(bag[lane]) for _, bag in bags) / len(bags) for lane in TEXT_LANES}
        self._profiles: dict[str, Counter[str]] = {owner: Counter() for owner in index.owners}
        for owner, row in [*asked, *written]:
            self._profiles[owner].update(profile_features(index.lane_reader.read(row)))
        self._everywhere = sum(self._profiles.values(), Counter[str]())
        self._held = Rarity(self._profiles.values())
        self._pairs: dict[str, set[str]] = {owner: set() for owner in index.owners}
        for owner, row in [*asked, *written]:
            self._pairs[owner].update(index.lane_reader.lane("pair", row))
        self._rare_pairs = Rarity(index.lane_reader.lane("pair", row) for _, row in asked or written)
        self._rare = Rarity(index.lane_reader.lane("word", row) for _, row in asked or written)

    def probabilities(self, utterance: Utterance) -> dict[str, float]:
        """Return the probability of each owner."""
        logits = {owner: self._score(self._evidence(utterance, owner), OWNER_EVIDENCE) for owner in self._index.owners}
        powers = {owner: math.exp(logit) for owner, logit in logits.items()}
        whole = sum(powers.values()) + math.exp(self._score(self._nothing(utterance), NOTHING_EVIDENCE))
        return {owner: power / whole for owner, power in powers.items()}

    def _score(self, evidence: Mapping[str, float], names: Sequence[str]) -> float:
        return sum(self._weights[name] * evidence.get(name, 0.0) for name in names)

    def _evidence(self, utterance: Utterance, owner: str) -> dict[str, float]:
        row = utterance.tokens
        read = self._index.lane_reader.read(row)
        sure = {
            lane: {each: CORRECTED if lane == "word" and each in utterance.corrected else 1.0 for each in features}
            for lane, features in read.items()
        }
        typed = " ".join(read["word"])
        found = self._questions.evidence(sure, typed, owner)
        found["passage"] = self._passages.evidence(sure, typed, owner)["nearest"]
        for lane, features in text_features(read).items():
            if lane in TEXT_LANES:
                asked = {each: CORRECTED if each in utterance.corrected else 1.0 for each in features}
                found[f"text_{lane}"] = max(
                    (self._bm25(lane, asked, bag) for name, bag in self._bags if name == owner), default=0.0
                )
        features = profile_features(read)
        found["profile"] = sum(self._typical(each, owner) for each in features) / (len(features) + 2)
        informative = {word.stem for word in row if not word.function_word}
        possible = sum(self._held[stem] for stem in informative)
        held = sum(self._held[stem] for stem in informative if self._profiles[owner][stem])
        found["accounted"] = held / possible if possible else 0.0
        found["accounted_pairs"] = self._accounted_pairs(set(read["pair"]), owner)
        found["topic"] = float(owner.startswith("topic:"))
        return found

    def _accounted_pairs(self, pairs: set[str], owner: str) -> float:
        possible = sum(self._rare_pairs[pair] for pair in pairs)
        held = sum(self._rare_pairs[pair] for pair in pairs if pair in self._pairs[owner])
        return held / possible if possible else 0.0

    def _bm25(self, lane: str, asked: Mapping[str, float], bag: Mapping[str, Sequence[str]]) -> float:
        rarity, counts = self._bag_rarity[lane], Counter(bag[lane])
        norm = K1 * (1 - B + B * len(bag[lane]) / self._mean_size[lane])
        score = sum(sure * rarity[each] * counts[each] / (counts[each] + norm) for each, sure in asked.items())
        possible = sum(sure * rarity[each] for each, sure in asked.items())
        return score / possible if possible else 0.0

    def _typical(self, feature: str, owner: str) -> float:
        profile = self._profiles[owner]
        if not profile[feature]:
            return 0.0
        own = (profile[feature] - DISCOUNT) / profile.total()
        return math.log1p(TRUST / (1 - TRUST) * own / (self._everywhere[feature] / self._everywhere.total()))

    def _nothing(self, utterance: Utterance) -> dict[str, float]:
        informative = [word for word in utterance.tokens if not word.function_word]
        weights = {word: self._rare[word.stem] for word in informative}
        unknown = sum(weight for word, weight in weights.items() if word.stem not in self._index.familiar)
        share = unknown / sum(weights.values()) if any(weights.values()) else 0.0
        return {"nothing": 1.0, "unfamiliar": share, "informative": math.log1p(len(informative))}
