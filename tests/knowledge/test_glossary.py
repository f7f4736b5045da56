"""Read glossary.yaml."""

import pytest

from faqbot.knowledge.glossary import read_glossary
from faqbot.knowledge.model import Concept
from tests.knowledge.building import yaml_of


def glossary_faults(text: str) -> list[tuple[int, str]]:
    file, faults = yaml_of(text)
    read_glossary(file)
    return [(fault.line, fault.message) for fault in faults]


def test_concept_joins_wordings_of_all_languages() -> None:
    file, faults = yaml_of("tea:\n  vi: [trà, chè]\n  en: [tea]\n  any: [matcha]\nfine:\n  vi: [phạt]\n")
    assert read_glossary(file) == [Concept("tea", ("trà", "chè", "tea", "matcha")), Concept("fine", ("phạt",))]
    assert not faults


def test_unknown_key_of_a_concept_is_a_fault() -> None:
    assert glossary_faults("tea:\n  fr: [thé]\n") == [
        (2, "concept 'tea' has the unknown key 'fr'; known are vi, en, any")
    ]


@pytest.mark.parametrize("wording", ["hoá đơn", "hóa đơn", "Hoá  Đơn"])
def test_wording_that_two_concepts_claim_is_a_fault(wording: str) -> None:
    text = f"bill:\n  vi: [hóa đơn]\ninvoice:\n  vi:\n    - biên lai\n    - {wording}\n"
    assert glossary_faults(text) == [(6, f"{wording!r} is claimed by 'bill' and by 'invoice'")]


@pytest.mark.parametrize("text", ["bill:\n  vi: [hoá đơn, hóa đơn]\n", "a:\n  vi: [phạt]\nb:\n  vi: [phát]\n"])
def test_one_concept_may_repeat_itself_and_tones_tell_words_apart(text: str) -> None:
    assert not glossary_faults(text)


def test_an_empty_file_holds_no_concept() -> None:
    assert read_glossary(yaml_of("")[0]) == []
