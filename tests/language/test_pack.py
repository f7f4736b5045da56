"""What comes with each language."""

import re
from importlib.resources import files

import pytest
import yaml

from faqbot.errors import Fault, SettingsError
from faqbot.language.clean import clean
from faqbot.language.fold import fold
from faqbot.language.pack import LANGUAGES, LanguagePack, language_pack, language_packs
from faqbot.language.token import words
from faqbot.yaml_file import YamlFile

PACKS = pytest.mark.parametrize("pack", language_packs(), ids=LANGUAGES)


def test_unknown_language_is_refused() -> None:
    with pytest.raises(SettingsError, match="language 'fr' is unknown; there are vi, en"):
        language_pack("fr")


def test_languages_come_in_their_order() -> None:
    assert tuple(pack.code for pack in language_packs()) == LANGUAGES


def test_language_is_loaded_once() -> None:
    assert language_pack("vi") is language_pack("vi")


def test_braces_of_a_message_are_filled() -> None:
    assert "200" in language_pack("vi").say("too_long", limit=200)


def test_vietnamese_is_told_by_its_letters_and_english_by_its_endings() -> None:
    vietnamese, english = language_pack("vi").rules, language_pack("en").rules
    assert vietnamese.stem is None
    assert english.stem is not None
    assert english.stem("machines") == english.stem("machine")
    assert vietnamese.letters > set("ăâđêôơư")


@PACKS
def test_messages_are_the_same_in_every_language(pack: LanguagePack) -> None:
    first = language_pack(LANGUAGES[0])
    assert {name: _braces(text) for name, text in pack.messages.items()} == {
        name: _braces(text) for name, text in first.messages.items()
    }


@PACKS
def test_messages_name_every_language(pack: LanguagePack) -> None:
    assert {f"language_{code}" for code in LANGUAGES} <= set(pack.messages)


@PACKS
def test_stop_words_are_single_words_in_lower_case(pack: LanguagePack) -> None:
    assert [word for word in sorted(pack.stop_words) if words(clean(word)) != [word]] == []
    assert pack.folded_stop_words == set(map(fold, pack.stop_words))


@PACKS
def test_shorthand_is_a_single_word_that_a_message_can_hold(pack: LanguagePack) -> None:
    assert [short for short in pack.shorthand if words(clean(short)) != [short]] == []


@PACKS
def test_shorthand_stands_for_something_else(pack: LanguagePack) -> None:
    assert [short for short, meant in pack.shorthand.items() if words(meant) in ([], [short])] == []


@PACKS
@pytest.mark.parametrize("name", ["fillers", "follow_up", "more"])
def test_phrases_are_clean_and_in_lower_case(pack: LanguagePack, name: str) -> None:
    phrases: tuple[str, ...] = getattr(pack, name)
    assert [phrase for phrase in phrases if " ".join(words(clean(phrase))) != phrase] == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["words.yaml", "messages.yaml"])
def test_files_hold_nothing_but_texts_and_no_key_twice(code: str, name: str) -> None:
    faults: list[Fault] = []
    file = YamlFile(name, files("faqbot.language").joinpath(code).joinpath(name).read_text("utf-8"), faults)
    for key, node in file.mapping(file.root, name):
        if isinstance(node, yaml.MappingNode):
            for short, meant in file.mapping(node, key):
                file.text(meant, short)
        elif isinstance(node, yaml.SequenceNode):
            entries = [text for text, _ in file.texts(node, key)]
            assert sorted(entries) == sorted(set(entries))
        else:
            file.text(node, key)
    assert faults == []


def _braces(message: str) -> set[str]:
    return set(re.findall(r"{\w+}", message))
