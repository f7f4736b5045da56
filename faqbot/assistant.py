"""Ask a question, get a reply: the one call that every channel makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from faqbot.decision import Decision, Kind, decide
from faqbot.errors import QuestionError
from faqbot.knowledge.model import KnowledgeBase, Passage, Section, SectionKey, Topic
from faqbot.language.pack import LANGUAGES, language_pack, language_packs
from faqbot.language.phrases import PhraseTable
from faqbot.language.segments import segments
from faqbot.language.utterance import Utterance
from faqbot.matching.calibration import DEFAULT, Calibration
from faqbot.matching.index import build_index
from faqbot.matching.matcher import Keys, Match, Matcher, Ranking
from faqbot.matching.passage import choose_passage
from faqbot.matching.suggest import Suggested, Suggester
from faqbot.quotation import Quotation
from faqbot.reply import Conversation, Reply, Suggestion
from faqbot.small_talk import SmallTalkTable, asking_for_a_person
from faqbot.wording import answer, ask_a_person, clarify, decline, not_understood, read_next, small_talk, suggestions

LONGEST_MESSAGE = 2_000
"""In characters, after trimming."""
MOST_ANSWERS = 3
"""To one message."""
_PARTS_OF_A_LONG_MESSAGE = 3
_WORDS_OF_A_FOLLOW_UP = 2


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


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a message is looked up by among the stored questions, to be answered as one of them."""

    keys: Keys
    stems: str
    """Its words without diacritics, joined by spaces."""
    language: str
    """Of the reply."""
    carries_on: bool
    """Whether prompts that carry on from another answer come into question too."""


class Assistant:
    """Answers from one knowledge base. It remembers nothing: all that a reply depends on comes with the question."""

    def __init__(self, knowledge: KnowledgeBase, calibration: Calibration = DEFAULT) -> None:
        self.knowledge = knowledge
        self.matcher = Matcher(knowledge, build_index(knowledge), calibration)
        self._thresholds = calibration.thresholds
        self._suggester = Suggester(knowledge)
        self._small_talk = SmallTalkTable([*knowledge.small_talk, asking_for_a_person()])
        packs = language_packs()
        self._more = PhraseTable.of(phrase for pack in packs for phrase in pack.more)
        self._ordinals = PhraseTable(
            (phrase, at) for pack in packs for at, row in enumerate(pack.ordinals) for phrase in row
        )
        self._none = PhraseTable.of(phrase for pack in packs for phrase in pack.none_of_these)
        self._follow_up = PhraseTable.of(phrase for pack in packs for phrase in pack.follow_up)

    def ask(self, question: Question, ranking: Ranking | None = None) -> Reply:
        """Reply to a message.

        :param ranking: What ``search`` gives for the same message in the same conversation, if somebody has it already.
        :raises QuestionError: if the message is blank or longer than LONGEST_MESSAGE.
        """
        utterance = self.read(question.text)
        if question.public_only:
            question = replace(question, conversation=self._public_part(question.conversation))
        conversation = question.conversation
        heard = self._small_talk.hear(utterance)
        if heard is not None:
            language = reply_language(heard.language, question)
            words = _in_language(heard.kind.replies, language)
            return small_talk(words, language, conversation, offers_person=heard.kind.offers_person)
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
        return self._rank(self.read(text), self._section_before(conversation))

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
        meant, after = self._carried(utterance, self._section_before(conversation))
        stems = " ".join(word.stem for word in meant.tokens)
        return Lookup(self.matcher.keys(meant), stems, language, carries_on=after is not None)

    def passage(self, ranking: Ranking, section: Section, language: str) -> str | None:
        """Return the passage of a section that answers, in that language or the one that the section has."""
        passage = self._passage(ranking, section, language)
        return passage.text if passage else None

    def show(self, key: SectionKey, language: str, passage: str | None, *, public_only: bool) -> Reply | None:
        """Answer with a section that was chosen before.

        :param passage: The passage to mark, word for word; None, or one that the section does not have, for none.
        :return: None if there is no such section, or it is not public and only public ones may be shown.
        """
        section = self.knowledge.by_key.get(key)
        if section is None or (public_only and not section.public):
            return None
        _, text = section.text_in(language)
        chosen = next((each for each in text.passages if each.text == passage), None)
        return answer(
            [Quotation(section, chosen, 1.0)], language, related=self._related(section, public_only=public_only)
        )

    def _without_ranking(self, utterance: Utterance, language: str, question: Question) -> Reply | None:
        """Reply to a message that asks about nothing by itself, but only takes up the reply before, if at all."""
        conversation = question.conversation
        if not utterance.tokens:
            return not_understood(language, conversation)
        if conversation and conversation.clarified and self._none.whole(utterance.tokens) is not None:
            return ask_a_person(language, conversation)
        taken = self._taken(utterance, conversation)
        if taken is not None:
            related = self._related(taken, public_only=question.public_only)
            return answer([Quotation(taken, None, 1.0)], language, related=related)
        return self._more_of_the_same(utterance, language, question)

    def _more_of_the_same(self, utterance: Utterance, language: str, question: Question) -> Reply | None:
        """Reply to a message that wants more than the section before, all of which was quoted; None for any other.

        Whoever has been told so and asks again is led to a person.
        """
        conversation = question.conversation
        before = self._section_before(conversation)
        if conversation is None or before is None or self._more.whole(utterance.tokens) is None:
            return None
        if conversation.offered and not conversation.clarified:
            return ask_a_person(language, conversation)
        following = self.knowledge.read_next(before.key)
        return read_next(before, [each for each in following if each.public or not question.public_only], language)

    def _by_ranking(
        self, utterance: Utterance, language: str, question: Question, ranking: Ranking | None = None
    ) -> Reply:
        conversation = question.conversation
        ranking = ranking or self._rank(utterance, self._section_before(conversation))
        if question.public_only:
            ranking = ranking.among_public()
        decision = decide(ranking, self._thresholds)
        answers = self._answers(ranking, decision, public_only=question.public_only)
        if answers:
            quoted = [self._quotation(each, language) for each in answers]
            return answer(quoted, language, related=self._related(quoted[0].section, public_only=question.public_only))
        if decision.kind is Kind.CLARIFY and not (conversation and conversation.clarified):
            return clarify(decision.matches, language, conversation)
        if decision.kind is Kind.DECLINE and all(word.function_word for word in utterance.tokens):
            return not_understood(language, conversation)
        return self._decline(decision, ranking, language, conversation)

    def _answers(self, ranking: Ranking, decision: Decision, *, public_only: bool) -> list[Ranking]:
        """Return a ranking for each section to answer with: of the message, or of the parts of it that are clear.

        A message is one question, unless two of its parts ask for different sections, each surely enough. A long
        message that is not clear as a whole is answered by the part that is.
        """
        parts = [] if ranking.exact else segments(ranking.utterance.text)
        clear: dict[SectionKey, Ranking] = {}
        if len(parts) > 1:
            for part in parts:
                ranked = self.matcher.rank(self.matcher.index.reader.read(part.text))
                best = ranked.matches[0]
                if (
                    part.asks
                    and best.confidence >= self._thresholds.answer
                    and (best.section.public or not public_only)
                ):
                    clear.setdefault(best.section.key, ranked)
        if len(clear) > 1 or (decision.kind is not Kind.ANSWER and len(parts) >= _PARTS_OF_A_LONG_MESSAGE):
            return list(clear.values())[:MOST_ANSWERS]
        return [ranking] if decision.kind is Kind.ANSWER else []

    def _quotation(self, ranking: Ranking, language: str) -> Quotation:
        best = ranking.matches[0]
        return Quotation(best.section, self._passage(ranking, best.section, language), best.confidence)

    def _passage(self, ranking: Ranking, section: Section, language: str) -> Passage | None:
        code, _ = section.text_in(language)
        return choose_passage(ranking.evidence, section, code, self.matcher.index)

    def _decline(self, decision: Decision, ranking: Ranking, language: str, conversation: Conversation | None) -> Reply:
        topic = decision.topic
        words = language_pack(language).say("decline") if topic is None else _in_language(topic.replies, language)
        offered = self._offers(topic, decision.matches, language)
        return decline(words, language, conversation, confidence=ranking.outside, offered=offered)

    def _offers(self, topic: Topic | None, matches: Sequence[Match], language: str) -> tuple[Suggestion, ...]:
        if topic is None:
            return suggestions(matches, language)
        if topic.nearest is None:
            return ()
        return (Suggestion(topic.nearest, self.knowledge.by_key[topic.nearest].text_in(language)[1].title, 0.0),)

    def _related(self, section: Section, *, public_only: bool) -> list[Section]:
        related = [self.knowledge.by_key[key] for key in section.related]
        return [each for each in related if each.public or not public_only]

    def _public_part(self, conversation: Conversation | None) -> Conversation | None:
        """Return what is left of a conversation for somebody who may read public sections alone."""
        if conversation is None:
            return None
        public = {section.key for section in self.knowledge.sections if section.public}
        section = conversation.section if conversation.section in public else None
        offered = tuple(key for key in conversation.offered if key in public)
        return replace(conversation, section=section, offered=offered)

    def _taken(self, utterance: Utterance, conversation: Conversation | None) -> Section | None:
        """Return the section that somebody takes, by its number, of those that the last reply offered."""
        at = self._ordinals.whole(utterance.tokens)
        if at is None or conversation is None or at >= len(conversation.offered):
            return None
        return self.knowledge.by_key.get(conversation.offered[at])

    def _section_before(self, conversation: Conversation | None) -> Section | None:
        key = conversation.section if conversation else None
        return self.knowledge.by_key.get(key) if key else None

    def _rank(self, utterance: Utterance, before: Section | None) -> Ranking:
        meant, after = self._carried(utterance, before)
        return self.matcher.rank(meant, after=after)

    def _carried(self, utterance: Utterance, before: Section | None) -> tuple[Utterance, Section | None]:
        """Return what is asked, and the section that it carries on from; a message does so if it says so or is short.

        Words that only carry on are taken off: "còn CPU" asks for "CPU".
        """
        row = utterance.tokens
        opening = self._follow_up.at(row, 0) if before else None
        if opening is not None and opening.end < len(row):
            return replace(utterance, tokens=row[opening.end :]), before
        informative = sum(not word.function_word for word in row)
        return utterance, before if informative <= _WORDS_OF_A_FOLLOW_UP else None


def reply_language(detected: str | None, question: Question) -> str:
    """Return the language to reply in: the chosen one, else the message's, else the last reply's, else the default."""
    last = question.conversation.language if question.conversation else None
    return question.language or detected or last or LANGUAGES[0]


def _in_language(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))
