"""A conversation as the index reads it: the rows that a digest is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from records.models import PATIENT


class Span(Protocol):
    """Where personal data stands in a text: from `start` up to `end`, and of what kind."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it has ended."""
        ...

    @property
    def kind(self) -> str:
        """What it is."""
        ...


class Place(NamedTuple):
    """A span that was found before."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Mask:
    """How personal data is found and hidden; `version` says by which rules."""

    spans: Callable[[str], Sequence[Span]]
    masked: Callable[[str, Sequence[Any]], str]
    version: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A session; `chain` is the same for all of a browser."""

    id: str
    chain: str | None
    region: str
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a session; `note` is what was noted with it, of whatever shape.

    `places` are where personal data stands in it, if that was found out before by the rules that
    are still those of the masking.
    """

    id: str
    seq: int
    direction: str
    reply_to: str | None
    text: str
    kind: str | None
    level: str | None
    topic: str | None
    payload: Any
    note: Any
    at: datetime
    places: Sequence[Span] | None = None

    @property
    def is_patients(self) -> bool:
        """Whether a patient said it."""
        return self.direction == PATIENT

    @property
    def carried(self) -> Mapping[str, Any]:
        """What it carries beside its words."""
        return self.payload if isinstance(self.payload, dict) else {}

    @property
    def is_typed(self) -> bool:
        """Whether a patient typed it, and took no button."""
        return self.is_patients and "choice" not in self.carried


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether a message of Dorsi's helped."""

    message_id: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A patient's message and its replies, in their order."""

    said: Line
    replies: Sequence[Line]

    def has(self, *kinds: str) -> bool:
        """Whether a reply is of one of these kinds."""
        return any(reply.kind in kinds for reply in self.replies)


def turns(lines: Sequence[Line]) -> list[Turn]:
    """The turns of a session.

    Args:
        lines: all of its messages, in their order. A reply that names no message belongs to the
            patient's message before it; Dorsi's first words belong to none.
    """
    replies: dict[str, list[Line]] = {line.id: [] for line in lines if line.is_patients}
    latest: str | None = None
    for line in lines:
        if line.is_patients:
            latest = line.id
        elif (to := line.reply_to if line.reply_to in replies else latest) is not None:
            replies[to].append(line)
    return [Turn(line, replies[line.id]) for line in lines if line.is_patients]
