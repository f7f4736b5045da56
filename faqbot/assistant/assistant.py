"""Ask a question, get a reply: the one call that every channel makes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from faqbot.assistant.follow_up import FollowUps
from faqbot.assistant.lookup import Lookup
from faqbot.assistant.section_answers import SectionAnswers
from faqbot.assistant.several_questions import SeveralQuestions
from faqbot.decision import Decision, Kind, decide
from faqbot.errors import QuestionError
from faqbot.knowledge.model import KnowledgeBase, Section, SectionKey
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.language.utterance import Utterance
from faqbot.matching.calibration import DEFAULT, Calibration
from faqbot.matching.index import build_index
from faqbot.matching.matcher import Matcher, Ranking
from faqbot.matching.suggest import Suggested, Suggester
from faqbot.reply import Conversation, Reply
from faqbot.reply.wording import clarify, decline, not_understood, offer, small_talk, suggestions
from faqbot.small_talk import SmallTalkTable, asking_for_a_person

LONGEST_MESSAGE = 2_000
"""In characters, after trimming."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message to answer."""

    text: str
    language: str | None = None
    """The person's explicit choice of language; None to go by the message."""
    conversation: Conversation | None = None
    """What the reply before this message left behind; None at the start."""
    public_only: bool = False
    """Whether people from outside read the reply, so that only sections marked public may be in it."""


class Assistant:
    """Answers from one knowledge base. It remembers nothing: all that a reply depends on comes with the question."""

    def __init__(self, knowledge: KnowledgeBase, calibration: Calibration = DEFAULT) -> None:
        self.knowledge = knowledge
        self.matcher = Matcher(knowledge, build_index(knowledge), calibration)
        self._thresholds = calibration.thresholds
        self._suggester = Suggester(knowledge)
        self._small_talk = SmallTalkTable([*knowledge.small_talk, asking_for_a_person()])
        self._sections = SectionAnswers(knowledge, self.matcher.index)
        self._several = SeveralQuestions(self.matcher, calibration.thresholds)
        self._follow_ups = FollowUps(knowledge, self._sections)

    def ask(self, question: Question, ranking: Ranking | None = None) -> Reply:
        """Reply to a message.

        :param ranking: What ``search`` gives for the same message in the same conversation, if somebody has it already.
        :raises QuestionError: if the message is blank or longer than LONGEST_MESSAGE.
        """
        utterance = self.read(question.text)
        if question.public_only:
            question = replace(question, conversation=self._follow_ups.public_part(question.conversation))
        heard = self._small_talk.hear(utterance)
        if heard is not None:
            language = reply_language(heard.language, question)
            words = _in_language(heard.kind.replies, language)
            return small_talk(words, language, question.conversation, offers_person=heard.kind.offers_person)
        language = reply_language(utterance.language, question)
        reply = self._without_ranking(utterance, language, question)
        return reply or self._by_ranking(utterance, language, question, ranking)

    def read(self, text: str) -> Utterance:
        """Understand a message.

        :raises QuestionError: as ``ask`` does.
        """
        trimmed = text.strip()
        if not trimmed:
            raise QuestionError("the message is empty; type a question")
        if len(trimmed) > LONGEST_MESSAGE:
            raise QuestionError(f"the message has {len(trimmed):,} characters; at most {LONGEST_MESSAGE:,} are allowed")
        return self.matcher.index.reader.read(trimmed)

    def search(self, text: str, conversation: Conversation | None = None) -> Ranking:
        """Rank the sections for a message, whatever their confidence, as ``ask`` ranks it in that conversation.

        :raises QuestionError: as ``ask`` does.
        """
        return self._rank(self.read(text), conversation)

    def suggest(self, typed: str, language: str | None = None) -> list[Suggested]:
        """Return up to five stored questions for what is typed so far; before that, questions to start with.

        :param language: Questions in it come first; None: all are alike.
        """
        return self._suggester.suggest(typed, language)

    def lookup(self, utterance: Utterance, conversation: Conversation | None = None) -> Lookup | None:
        """Return what an utterance is looked up by among the stored questions, before anything is ranked.

        It depends on the utterance and the conversation, whatever the stored questions are.

        :return: None for a message that asks about nothing by itself, such as small talk.
        """
        question = Question(utterance.text, conversation=conversation)
        language = reply_language(utterance.language, question)
        if self._small_talk.hear(utterance) is not None or self._without_ranking(utterance, language, question):
            return None
        meant, after = self._follow_ups.carried_on(utterance, conversation)
        return Lookup.of(meant, language, self.matcher, carries_on=after is not None)

    def passage(self, ranking: Ranking, section: Section, language: str) -> str | None:
        """Return the passage of a section that answers, in that language or the one that the section has."""
        passage = self._sections.passage(ranking, section, language)
        return passage.text if passage else None

    def show(self, key: SectionKey, language: str, passage: str | None, *, public_only: bool) -> Reply | None:
        """Answer with a section that was chosen before.

        :param passage: The passage to mark, word for word; None, or one that the section does not have, for none.
        :return: None if there is no such section, or it is not public and only public ones may be shown.
        """
        section = self.knowledge.by_key.get(key)
        if section is None or (public_only and not section.public):
            return None
        return self._sections.chosen(section, language, passage, public_only=public_only)

    def _without_ranking(self, utterance: Utterance, language: str, question: Question) -> Reply | None:
        """Reply to a message that asks about nothing by itself, but only takes up the reply before, if at all."""
        if not utterance.tokens:
            return not_understood(language, question.conversation)
        return self._follow_ups.reply(utterance, language, question.conversation, public_only=question.public_only)

    def _by_ranking(
        self, utterance: Utterance, language: str, question: Question, ranking: Ranking | None = None
    ) -> Reply:
        conversation = question.conversation
        ranking = ranking or self._rank(utterance, conversation)
        if question.public_only:
            ranking = ranking.among_public()
        decision = decide(ranking, self._thresholds)
        answers = self._several.answered(ranking, decision, public_only=question.public_only)
        if answers:
            return self._sections.best_of(answers, language, public_only=question.public_only)
        if decision.kind is Kind.CLARIFY and not (conversation and conversation.clarified):
            return clarify(decision.matches, language, conversation)
        if decision.kind is Kind.DECLINE and all(word.function_word for word in utterance.tokens):
            return not_understood(language, conversation)
        return self._decline(decision, ranking, language, conversation)

    def _decline(self, decision: Decision, ranking: Ranking, language: str, conversation: Conversation | None) -> Reply:
        topic = decision.topic
        if topic is None:
            words, offered = language_pack(language).say("decline"), suggestions(decision.matches, language)
        else:
            nearest = [self.knowledge.by_key[topic.nearest]] if topic.nearest else []
            words, offered = _in_language(topic.replies, language), offer(nearest, language)
        return decline(words, language, conversation, confidence=ranking.outside, offered=offered)

    def _rank(self, utterance: Utterance, conversation: Conversation | None) -> Ranking:
        meant, after = self._follow_ups.carried_on(utterance, conversation)
        return self.matcher.rank(meant, after=after)


def reply_language(detected: str | None, question: Question) -> str:
    """Return the language to reply in: the chosen one, else the message's, else the last reply's, else the default."""
    last = question.conversation.language if question.conversation else None
    return question.language or detected or last or LANGUAGES[0]


def _in_language(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))
