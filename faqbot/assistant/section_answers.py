"""Answer with sections, each with the passage that answers, and offer those to read next."""

from collections.abc import Sequence

from faqbot.knowledge.model import KnowledgeBase, Passage, Section
from faqbot.matching.index import Index
from faqbot.matching.matcher import Ranking
from faqbot.matching.passage import choose_passage
from faqbot.reply import Reply
from faqbot.reply.quotation import Quotation
from faqbot.reply.wording import answer


class SectionAnswers:
    """Quotes the sections of one knowledge base."""

    def __init__(self, knowledge: KnowledgeBase, index: Index) -> None:
        self._knowledge = knowledge
        self._index = index

    def best_of(self, rankings: Sequence[Ranking], language: str, *, public_only: bool) -> Reply:
        """Answer with the best section of each ranking; related to the first are those to read next."""
        quoted = [self._quotation(each, language) for each in rankings]
        return answer(quoted, language, related=self._related(quoted[0].section, public_only=public_only))

    def chosen(self, section: Section, language: str, passage: str | None = None, *, public_only: bool) -> Reply:
        """Answer with a section that somebody chose.

        :param passage: The passage to mark, word for word; None, or one that the section does not have, for none.
        """
        _, text = section.text_in(language)
        marked = next((each for each in text.passages if each.text == passage), None)
        related = self._related(section, public_only=public_only)
        return answer([Quotation(section, marked, 1.0)], language, related=related)

    def passage(self, ranking: Ranking, section: Section, language: str) -> Passage | None:
        """Return the passage of a section that answers, in that language or the one that the section has."""
        code, _ = section.text_in(language)
        return choose_passage(ranking.evidence, section, code, self._index)

    def _quotation(self, ranking: Ranking, language: str) -> Quotation:
        best = ranking.matches[0]
        return Quotation(best.section, self.passage(ranking, best.section, language), best.confidence)

    def _related(self, section: Section, *, public_only: bool) -> list[Section]:
        related = [self._knowledge.by_key[key] for key in section.related]
        return [each for each in related if each.public or not public_only]
