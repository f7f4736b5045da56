"""What a message takes up of the conversation before it."""

from dataclasses import replace

from faqbot.assistant.section_answers import SectionAnswers
from faqbot.knowledge.model import KnowledgeBase, Section
from faqbot.language.pack import language_packs
from faqbot.language.phrases import PhraseTable
from faqbot.language.utterance import Utterance
from faqbot.reply import Conversation, Reply
from faqbot.reply.wording import ask_a_person, read_next

_WORDS_OF_A_FOLLOW_UP = 2


class FollowUps:
    """Understands messages by the reply before them."""

    def __init__(self, knowledge: KnowledgeBase, sections: SectionAnswers) -> None:
        self._knowledge = knowledge
        self._sections = sections
        packs = language_packs()
        self._more = PhraseTable.of(phrase for pack in packs for phrase in pack.more)
        self._none = PhraseTable.of(phrase for pack in packs for phrase in pack.none_of_these)
        self._openings = PhraseTable.of(phrase for pack in packs for phrase in pack.follow_up)
        self._ordinals = PhraseTable(
            (phrase, at) for pack in packs for at, row in enumerate(pack.ordinals) for phrase in row
        )

    def reply(
        self, utterance: Utterance, language: str, conversation: Conversation | None, *, public_only: bool
    ) -> Reply | None:
        """Reply to a message that asks about nothing but what the last reply said; None for any other."""
        if conversation is None:
            return None
        if conversation.clarified and self._none.whole(utterance.tokens) is not None:
            return ask_a_person(language, conversation)
        taken = self._taken(utterance, conversation)
        if taken is not None:
            return self._sections.chosen(taken, language, public_only=public_only)
        return self._more_of_the_same(utterance, language, conversation, public_only=public_only)

    def carried_on(self, utterance: Utterance, conversation: Conversation | None) -> tuple[Utterance, Section | None]:
        """Return what is asked, and the section that it carries on from; a message does so if it says so or is short.

        Words that only carry on are taken off: "còn CPU" asks for "CPU".
        """
        before = self._section_before(conversation)
        row = utterance.tokens
        opening = self._openings.at(row, 0) if before else None
        if opening is not None and opening.end < len(row):
            return replace(utterance, tokens=row[opening.end :]), before
        informative = sum(not word.function_word for word in row)
        return utterance, before if informative <= _WORDS_OF_A_FOLLOW_UP else None

    def public_part(self, conversation: Conversation | None) -> Conversation | None:
        """Return what is left of a conversation for somebody who may read public sections alone."""
        if conversation is None:
            return None
        public = {section.key for section in self._knowledge.sections if section.public}
        section = conversation.section if conversation.section in public else None
        offered = tuple(key for key in conversation.offered if key in public)
        return replace(conversation, section=section, offered=offered)

    def _more_of_the_same(
        self, utterance: Utterance, language: str, conversation: Conversation, *, public_only: bool
    ) -> Reply | None:
        """Reply to a message that wants more than the section before, all of which was quoted; None for any other.

        Whoever has been told so and asks again is led to a person.
        """
        before = self._section_before(conversation)
        if before is None or self._more.whole(utterance.tokens) is None:
            return None
        if conversation.offered and not conversation.clarified:
            return ask_a_person(language, conversation)
        following = self._knowledge.read_next(before.key)
        return read_next(before, [each for each in following if each.public or not public_only], language)

    def _taken(self, utterance: Utterance, conversation: Conversation) -> Section | None:
        """Return the section that somebody takes, by its number, of those that the last reply offered."""
        at = self._ordinals.whole(utterance.tokens)
        if at is None or at >= len(conversation.offered):
            return None
        return self._knowledge.by_key.get(conversation.offered[at])

    def _section_before(self, conversation: Conversation | None) -> Section | None:
        key = conversation.section if conversation else None
        return self._knowledge.by_key.get(key) if key else None
