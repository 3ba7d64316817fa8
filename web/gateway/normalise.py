"""Making any text safe to store and to show, without changing what it says."""

import re
import unicodedata
from typing import Any, NamedTuple

MAX_TEXT = 4000
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACING = re.compile("\r\n|[\t\n\v\f\r\x85]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
# They turn the reading direction of what follows, and so can make a text lie.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class PatientText(NamedTuple):
    """A patient's text as it is stored, and whether more of it was typed than is kept."""

    text: str
    too_long: bool


def patient_text(typed: str) -> PatientText:
    """What is stored of a text: as typed, less what no person types.

    Args:
        typed: any string at all.

    Returns:
        At most `MAX_TEXT` characters in NFC on one line, without control and bidi characters.
    """
    text = encodable(typed)
    text = _CONTROLS.sub("", _SPACING.sub(" ", text))
    text = _BIDI_CONTROLS.sub("", text)
    # Cut before and after: a long run of accents is slow to normalise, and NFC may lengthen.
    kept = unicodedata.normalize("NFC", text[:MAX_TEXT])[:MAX_TEXT]
    return PatientText(kept, too_long=len(text) > MAX_TEXT)


def encodable(text: str) -> str:
    """The text with the lone surrogates, which UTF-8 cannot hold, replaced."""
    return _LONE_SURROGATES.sub(REPLACEMENT, text)


def storable(text: str) -> str:
    """The text `encodable`, and with the NULs replaced, which PostgreSQL does not take."""
    return encodable(text).replace("\0", REPLACEMENT)


def storable_json(value: Any) -> Any:
    """The JSON value with every string in it, keys too, made `storable`."""
    match value:
        case str():
            return storable(value)
        case list():
            return [storable_json(item) for item in value]
        case dict():
            return {storable(key): storable_json(item) for key, item in value.items()}
        case _:
            return value
