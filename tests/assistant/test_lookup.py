"""A message is looked up among the stored questions by its words alone."""

from faqbot.assistant import Assistant
from faqbot.assistant.lookup import Lookup


def test_a_message_is_looked_up_by_its_keys_and_its_words_without_diacritics(library: Assistant) -> None:
    meant = library.read("Gia hạn sách ạ")
    found = Lookup.of(meant, "vi", library.matcher, carries_on=False)
    assert found == Lookup(library.matcher.keys(meant), "gia han sach", "vi", carries_on=False)


def test_small_talk_is_looked_up_by_nothing(library: Assistant) -> None:
    assert library.lookup(library.read("xin chào")) is None
    assert library.lookup(library.read("🎉")) is None
