"""Making what somebody typed harmless in a spreadsheet and on paper. Pure."""

import re
import unicodedata

# What turns the direction of letters, and could show a text as another than it is.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TURNS = re.compile(f"[{_TURNING}]")
_LINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Without these two some scripts are spelt wrong.
_JOINING = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf"})
_STRANGE = frozenset({"Cn", "Co", "Cs"})
UNKNOWN = "\u25a1"
# A formula begins with one of these, or with its sister of full width.
_BEGINS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# At the start of a line, and of what is a cell of its own where something else parts the cells.
_FORMULA = re.compile(f"(?:^|(?<=[\n,;|]))([ \u00a0\"']*)(?=[{_BEGINS}])")


def plain(text: str) -> str:
    """A text without what cannot be seen; what turns its direction is named instead."""
    lines = _LINES.sub("\n", text).replace("\t", " ")
    shown = _TURNS.sub(lambda found: f"<U+{ord(found[0]):04X}>", lines)
    return "".join(_seen(letter) for letter in shown)


def cell(text: str) -> str:
    """A text for a cell of a spreadsheet, in which nothing is a formula.

    An apostrophe goes before whatever could begin one: at the start, at the start of each line, and
    after what may part cells elsewhere.
    """
    return _FORMULA.sub(r"\1'", plain(text))


def _seen(letter: str) -> str:
    if letter == "\n" or letter in _JOINING:
        return letter
    kind = unicodedata.category(letter)
    if kind in _UNSEEN:
        return ""
    return UNKNOWN if kind in _STRANGE else letter
