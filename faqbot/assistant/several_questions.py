"""Answer several questions in one message, each by itself."""

from collections.abc import Sequence

from faqbot.decision import Decision, Kind
from faqbot.knowledge.model import SectionKey
from faqbot.language.segments import Segment, segments
from faqbot.matching.calibration import Thresholds
from faqbot.matching.matcher import Matcher, Ranking

MOST_ANSWERS = 3
"""To one message."""
_PARTS_OF_A_LONG_MESSAGE = 3


class SeveralQuestions:
    """Finds the questions that one message asks."""

    def __init__(self, matcher: Matcher, thresholds: Thresholds) -> None:
        self._matcher = matcher
        self._thresholds = thresholds

    def answered(self, ranking: Ranking, decision: Decision, *, public_only: bool) -> list[Ranking]:
        """Return a ranking for each section to answer with: of the message, or of the parts of it that are clear.

        A message is one question, unless two of its parts ask for different sections, each surely enough. A long
        message that is not clear as a whole is answered by the part that is.

        :param ranking: Of the message.
        :param decision: About the message as a whole.
        :return: At most MOST_ANSWERS; none where neither the message nor a part of it is clear.
        """
        parts = [] if ranking.exact else segments(ranking.utterance.text)
        clear = self._clear(parts, public_only=public_only) if len(parts) > 1 else []
        if len(clear) > 1 or (decision.kind is not Kind.ANSWER and len(parts) >= _PARTS_OF_A_LONG_MESSAGE):
            return clear[:MOST_ANSWERS]
        return [ranking] if decision.kind is Kind.ANSWER else []

    def _clear(self, parts: Sequence[Segment], *, public_only: bool) -> list[Ranking]:
        """Return the rankings of the parts that ask for a section, surely enough; the first for each section."""
        clear: dict[SectionKey, Ranking] = {}
        for part in parts:
            ranked = self._matcher.rank(self._matcher.index.reader.read(part.text))
            best = ranked.matches[0]
            sure = part.asks and best.confidence >= self._thresholds.answer
            if sure and (best.section.public or not public_only):
                clear.setdefault(best.section.key, ranked)
        return list(clear.values())
