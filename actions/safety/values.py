"""The values that reading a reply gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Said(str, Enum):
    """What a reply does."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    STOP = "stop"
    BACK = "back"
    WHY = "why"
    MEANING = "meaning"
    UNCLEAR = "unclear"


ANSWERS = frozenset({Said.YES, Said.NO, Said.UNSURE})


@dataclass(frozen=True)
class Reading:
    """A reply as it was read.

    Attributes:
        said: what it does.
        corrects: whether it is meant for the question before.
        onset: whether it only says since when.
    """

    said: Said
    corrects: bool = False
    onset: bool = False


@dataclass(frozen=True)
class Named:
    """The signs that a text names, found elsewhere.

    Attributes:
        rest: the text with the signs' words blanked out.
        denied: whether one of them is denied.
        other: whether one that is there belongs to another question.
    """

    rest: str
    denied: bool = False
    other: bool = False
