"""What the lint finds, as an editor reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Severity(str, Enum):
    """An error has to be mended before a release; a warning has to be known."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A line of a file; ``path`` is as the editor knows it, from the project's folder."""

    path: str
    line: int

    def __str__(self) -> str:
        """``path:line``, which editors of text open at a click."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One finding.

    Attributes:
        place: where it stands.
        severity: error or warning.
        wrong: what is wrong, one sentence.
        mend: what to do about it, one sentence or two.
        other: the path of a second file that is part of it, if any.
    """

    place: Place
    severity: Severity
    wrong: str
    mend: str
    other: str = ""

    def __str__(self) -> str:
        """The finding as one line."""
        line = f"{self.place}: {self.severity.value}: {self.wrong}. {self.mend}"
        return " ".join(line.split())


def error(place: Place, wrong: str, mend: str, other: str = "") -> Problem:
    """A problem that has to be mended."""
    return Problem(place, Severity.ERROR, wrong, mend, other)


def warning(place: Place, wrong: str, mend: str) -> Problem:
    """A problem that may stay for now."""
    return Problem(place, Severity.WARNING, wrong, mend)
