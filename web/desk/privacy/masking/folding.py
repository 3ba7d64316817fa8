"""Letters without accents and capitals, as the lists of names are written."""

import unicodedata

_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "\u2019": "'",
    }
)


def folded(word: str) -> str:
    """A word in small letters without accents."""
    small = word.lower()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFD", small.translate(_PLAIN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
