"""What is found out about words is remembered, within bounds."""

from faqbot.language.remember import remembered


def test_a_word_is_looked_up_once_and_a_very_long_one_each_time() -> None:
    asked: list[str] = []

    @remembered
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    for word in ("ram", "ram", "x" * 2_000, "x" * 2_000):
        assert length(word) == len(word)
    assert asked == ["ram", "x" * 2_000, "x" * 2_000]
