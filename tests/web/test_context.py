"""The conversation as a signed text: it survives the way out and back, and nothing else passes for one."""

from time import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from faqbot.knowledge.model import SectionKey
from faqbot.language.pack import LANGUAGES
from faqbot.reply import Conversation
from faqbot.web.context import LONGEST_PAUSE, ContextSigner

KEY = "a key of sixteen or more"
SIGNER = ContextSigner(KEY)
CONVERSATION = Conversation("en", SectionKey("guide", "hours"))


class LateSigner(TimestampSigner):
    """Signs as one whose clock is a little more than the longest pause behind."""

    def get_timestamp(self) -> int:
        return int(time()) - LONGEST_PAUSE - 60


def signed(fields: object, signer: type[TimestampSigner] = TimestampSigner) -> str:
    """Sign what another version of faqbot with the same key might have written."""
    return str(URLSafeTimedSerializer(KEY, salt="conversation", signer=signer).dumps(fields))


@given(
    language=st.sampled_from(LANGUAGES),
    section=st.none() | st.builds(SectionKey, st.text(), st.text()),
    clarified=st.booleans(),
    name=st.text(),
)
def test_a_conversation_comes_back_as_it_was(
    language: str, section: SectionKey | None, clarified: bool, name: str
) -> None:
    conversation = Conversation(language, section, clarified, id=name)
    assert SIGNER.read(SIGNER.write(conversation)) == conversation


def test_it_is_fit_for_a_form_field_and_an_address() -> None:
    context = SIGNER.write(CONVERSATION)
    assert set(context.replace(".", "").replace("-", "").replace("_", "")) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    )


def test_another_key_makes_it_invalid() -> None:
    assert ContextSigner("another key, as long as it").read(SIGNER.write(CONVERSATION)) is None


@given(at=st.integers(0, 200), letter=st.sampled_from("Aa0-._"))
def test_a_changed_letter_makes_it_invalid(at: int, letter: str) -> None:
    context = SIGNER.write(CONVERSATION)
    at %= len(context) - 1  # the last letter of base64 has bits that do not count
    changed = context[:at] + letter + context[at + 1 :]
    assert changed == context or SIGNER.read(changed) is None


@pytest.mark.parametrize("context", [None, "", ".", "..", "garbage", "é", "\0", "a.b.c", "\ud800"])
def test_garbage_is_no_context(context: str | None) -> None:
    assert SIGNER.read(context) is None


@given(context=st.text())
def test_no_text_is_a_context(context: str) -> None:
    assert SIGNER.read(context) is None


def test_one_signed_too_long_ago_is_ignored() -> None:
    fields = {"l": "en", "s": ["guide", "hours"], "c": False, "o": []}
    assert SIGNER.read(signed(fields)) == CONVERSATION
    assert SIGNER.read(signed(fields, LateSigner)) is None


@pytest.mark.parametrize("fields", [None, [], {}, "en", 5, {"l": "en"}, {"l": "en", "s": ["a"], "c": False}, {"s": 5}])
def test_a_signed_text_of_another_shape_is_ignored(fields: object) -> None:
    assert SIGNER.read(signed(fields)) is None


def test_a_language_there_is_no_more_becomes_the_default() -> None:
    assert SIGNER.read(signed({"l": "fr", "s": None, "c": True, "o": []})) == Conversation("vi", None, clarified=True)


def test_the_sections_on_offer_come_back_in_their_order() -> None:
    offered = (SectionKey("guide", "fines"), SectionKey("guide", "loans"))
    conversation = Conversation("vi", None, clarified=True, offered=offered)
    assert SIGNER.read(SIGNER.write(conversation)) == conversation
