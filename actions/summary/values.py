"""The values of the summary. All are immutable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from content.summary import Heading


@dataclass(frozen=True)
class Item:
    """One line of the draft.

    Attributes:
        heading: where it stands on the page.
        text: the words.
        quoted: whether the patient typed these very words.
    """

    heading: Heading
    text: str
    quoted: bool = True


@dataclass(frozen=True)
class Done:
    """An exercise that was done: how often, and how much it hurt from 0 to 10, if that is known."""

    name: str
    repetitions: int | None = None
    pain: int | None = None


@dataclass(frozen=True)
class Diary:
    """What the exercise coach and the diary know.

    Attributes:
        exercises: what was done, each as it was done last.
        falls: how many falls the last four weeks had; None if nobody asked.
    """

    exercises: tuple[Done, ...] = ()
    falls: int | None = None


class Kind(Enum):
    """What a patient may want of the draft."""

    MAKE = "make"
    STOP = "stop"
    UNDO = "undo"
    NO = "no"
    SHOW = "show"
    ADD = "add"
    REMOVE = "remove"
    KEEP = "keep"
    ONLY = "only"
    CHANGE = "change"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Command:
    """What a typed message wants of the draft.

    Attributes:
        numbers: the lines it names; -1 is the last.
        text: the words to add or to put there, or words of the line that is meant.
        question: whether the words are a question to the doctor.
        everything: whether it means every line.
    """

    kind: Kind
    numbers: tuple[int, ...] = ()
    text: str = ""
    question: bool = False
    everything: bool = False
