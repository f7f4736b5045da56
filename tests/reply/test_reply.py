"""A reply can be told without the list of what it offers."""

from faqbot.language.pack import language_pack
from faqbot.reply import Suggestion
from faqbot.reply.quotation import Quotation
from faqbot.reply.wording import answer, clarify, decline
from tests.quoted import FIVE, LOANS, MATCHES, RENEWAL, RENEWAL_KEY

OFFERED = (Suggestion(RENEWAL_KEY, "Renewal <1>", 0.0),)


def test_words_of_a_reply_with_a_list_leave_the_list_out() -> None:
    reply = decline("Not covered.\nAsk at the desk.", "en", None, confidence=1.0, offered=OFFERED)
    assert reply.words == "Not covered.\nAsk at the desk. This may help:"
    assert clarify(MATCHES, "en", None).words == language_pack("en").say("clarify")


def test_words_of_an_answer_are_its_whole_text() -> None:
    reply = answer([Quotation(LOANS, FIVE, 1.0)], "en", related=(RENEWAL,))
    assert reply.words == reply.text
