"""A conversation in brief: which turns it has, which are to be looked at, and its pages. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from records import note
from records.models import PATIENT
from records.words import DOUBTED, Level

PAGE = 80
"""So many turns stand on a page, so that it stays under 100 kB with the form of a verdict open."""


class Why(StrEnum):
    """Why a turn is to be looked at."""

    FLAGGED = "flagged"
    """A red flag was told of, noticed, or dropped."""
    DOUBTED = "may be missed"
    """The second opinion thought of something urgent, and the patient was told of nothing such."""
    UNSURE = "unsure"
    """Dorsi asked what was meant, or had no answer."""
    SILENT = "silent"
    """Not all replies came."""


@dataclass(frozen=True)
class Brief:
    """A turn in brief.

    Attributes:
        seq: the number of the patient's message, by which the turn goes.
        message_id: the id of that message.
        chosen: the id of the button that was taken, if one was.
        release: the model that answered, where it is known.
        level: the highest level that was told.
        why: why the turn is to be looked at; nothing for most.
    """

    seq: int
    message_id: str
    chosen: str | None = None
    release: str | None = None
    level: Level = Level.NONE
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class Outline:
    """All turns of a conversation, in their order."""

    turns: Sequence[Brief]
    chosen: frozenset[str] = field(default_factory=frozenset)
    """The buttons that were taken, by their ids."""

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-len(self.turns) // PAGE))

    @property
    def marked(self) -> list[int]:
        """The numbers of the turns that are to be looked at."""
        return [turn.seq for turn in self.turns if turn.why]

    def on(self, page: int) -> Sequence[Brief]:
        """The turns of a page, which is counted from 1."""
        return self.turns[(page - 1) * PAGE : page * PAGE]

    def seqs(self, page: int) -> tuple[int, int | None]:
        """From which number on messages belong to a page, and from which on to the next."""
        first = 0 if page == 1 or not self.turns else self.turns[(page - 1) * PAGE].seq
        return first, self.turns[page * PAGE].seq if page < self.pages else None

    def turn(self, seq: int) -> Brief | None:
        """The turn that the message of that number is part of, said by the patient or by Dorsi."""
        place = bisect_right(self.turns, seq, key=lambda turn: turn.seq)
        return self.turns[place - 1] if place else None

    def page_of(self, seq: int) -> int:
        """The page that the turn of that number stands on."""
        return max(0, bisect_right(self.turns, seq, key=lambda turn: turn.seq) - 1) // PAGE + 1


def outline(rows: Iterable[Mapping[str, Any]]) -> Outline:
    """The outline of a conversation.

    Args:
        rows: its messages by their numbers: `id`, `seq`, `direction`, `reply_to`, `kind`, `level`,
            `understanding`, `answered`, and of patients' messages `payload`.
    """
    said, replies = _grouped(list(rows))
    turns = [_brief(message, replies.get(message["id"], ())) for message in said]
    return Outline(turns, frozenset(turn.chosen for turn in turns if turn.chosen))


def whole_note(replies: Iterable[Mapping[str, Any]]) -> note.Note:
    """The note of a turn: the last of its replies that has one, since it is the whole one."""
    kept = [reply["understanding"] for reply in replies if isinstance(reply["understanding"], dict)]
    return note.read(kept[-1] if kept else None)


def _grouped(
    rows: Sequence[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], dict[str, list[Mapping[str, Any]]]]:
    """The patient's messages, and the replies to each by its id."""
    said = [row for row in rows if row["direction"] == PATIENT]
    replies: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["direction"] != PATIENT and row["reply_to"]:
            replies.setdefault(row["reply_to"], []).append(row)
    return said, replies


def _brief(message: Mapping[str, Any], replies: Sequence[Mapping[str, Any]]) -> Brief:
    found = whole_note(replies)
    payload = message["payload"] if isinstance(message["payload"], dict) else {}
    chosen = payload.get("choice")
    return Brief(
        seq=message["seq"],
        message_id=message["id"],
        chosen=chosen if isinstance(chosen, str) else None,
        release=found.served_by,
        level=max((Level.named(reply["level"]) for reply in replies), default=Level.NONE),
        why=tuple(_reasons(message, replies, found)),
    )


def _reasons(
    message: Mapping[str, Any], replies: Sequence[Mapping[str, Any]], found: note.Note
) -> Iterator[Why]:
    kinds = {reply["kind"] for reply in replies}
    if "escalation" in kinds or found.flags or found.triage_dropped:
        yield Why.FLAGGED
    told = max((Level.named(reply["level"]) for reply in replies), default=Level.NONE)
    if (found.alarm or 0) >= DOUBTED and max(told, _noticed(found)) < Level.URGENT:
        yield Why.DOUBTED
    if kinds & {"clarify", "fallback"} or found.result in ("clarified", "fallback"):
        yield Why.UNSURE
    if not message["answered"] or not replies:
        yield Why.SILENT


def _noticed(found: note.Note) -> Level:
    """The highest level that was noticed and kept: of it the patient was told now or before."""
    kept = (flag for flag in found.flags if flag.status == "kept")
    return max((Level.named(flag.level) for flag in kept), default=Level.NONE)
