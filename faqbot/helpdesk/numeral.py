"""A number as people write it."""

from faqbot.language.pack import language_pack


def numeral(value: float, language: str, decimals: int = 0) -> str:
    """Return a number in the way of a language: 1,234.5 is 1.234,5 in Vietnamese.

    :param decimals: How many digits follow the decimal point, rounded; none by default.
    """
    say = language_pack(language).say
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", say("number_thousands") + say("number_decimal")))
