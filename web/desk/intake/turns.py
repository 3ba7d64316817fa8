"""Turns as the inbox for editors shows them: the masked words, and what was understood."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, tuple_

from desk.intake.doubt import Doubt, doubt
from desk.intake.edited import Original
from desk.transcript.masking import masked, spans, stored
from desk.transcript.outline import whole_note
from records.conversations import Conversation
from records.models import DORSI, PATIENT, Message
from records.note import Note

LONGEST = 400
"""So many letters of a message are shown on a list."""


@dataclass(frozen=True)
class Place:
    """Where a turn stands: the conversation's number, and that of the patient's message in it."""

    number: int
    seq: int

    def __str__(self) -> str:
        return f"{self.number}:{self.seq}"

    @property
    def path(self) -> str:
        """Where it is handled."""
        return f"/to-do/turns/{self.number}/{self.seq}"

    @property
    def transcript(self) -> str:
        """Where it is read among the others."""
        return f"/conversations/{self.number}/turns/{self.seq}"


@dataclass(frozen=True)
class Turn:
    """A turn; `text` is masked.

    Attributes:
        place: where it stands.
        message_id: the id of the patient's message.
        at: when it was said.
        text: the patient's words.
        original: the same as they were typed; shown to nobody.
        answered: the topic of the answer, if there was one.
        kinds: of Dorsi's replies.
        note: what was understood.
    """

    place: Place
    message_id: str
    at: datetime
    text: str
    original: Original
    answered: str | None = None
    kinds: frozenset[str] = frozenset()
    note: Note = field(default_factory=Note)

    @property
    def guess(self) -> str:
        """What Dorsi thought it was about; empty where it thought of nothing."""
        return self.note.label or self.note.topic or ""

    @property
    def doubt(self) -> Doubt | None:
        """How unsure Dorsi was."""
        return doubt(self.note)

    @property
    def short(self) -> str:
        """The words as far as a list shows them."""
        return self.text if len(self.text) <= LONGEST else f"{self.text[:LONGEST]}…"


def by_ids(connection: Connection, ids: Sequence[str]) -> dict[str, Turn]:
    """Turns by the ids of the patient's messages; those that are gone are left out."""
    return {turn.message_id: turn for turn in _turns(connection, Message.id.in_(ids))}


def by_places(connection: Connection, places: Iterable[Place]) -> list[Turn]:
    """Turns by where they stand, each once, in that order; those that are gone are left out."""
    wanted = list(dict.fromkeys((place.number, place.seq) for place in places))
    there = tuple_(Conversation.number, Message.seq).in_(wanted)
    found = {turn.place: turn for turn in _turns(connection, there)}
    return [found[place] for place in (Place(*one) for one in wanted) if place in found]


_SAID = (
    select(Message.id, Message.seq, Message.text, Message.created_at, Conversation.number)
    .join(Conversation, Conversation.session_id == Message.session_id)
    .where(Message.direction == PATIENT)
)


def _turns(connection: Connection, where: ColumnElement[bool]) -> list[Turn]:
    said = connection.execute(_SAID.where(where)).all()
    ids = [row.id for row in said]
    replies, kept = _replies(connection, ids), stored(connection, ids)
    return [_turn(row, replies.get(row.id, ()), kept.get(row.id)) for row in said]


def _replies(connection: Connection, ids: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    asked = (
        select(Message.reply_to, Message.kind, Message.topic, Message.understanding)
        .where(Message.reply_to.in_(ids), Message.direction == DORSI)
        .order_by(Message.seq)
    )
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in connection.execute(asked).mappings():
        found.setdefault(row["reply_to"], []).append(dict(row))
    return found


def _turn(row: Any, replies: Sequence[Mapping[str, Any]], kept: object) -> Turn:
    return Turn(
        place=Place(row.number, row.seq),
        message_id=row.id,
        at=row.created_at,
        text=masked(row.text, kept),
        original=Original(row.text, spans(row.text, kept)),
        answered=next((reply["topic"] for reply in replies if reply["topic"]), None),
        kinds=frozenset(reply["kind"] for reply in replies if reply["kind"]),
        note=whole_note(replies),
    )
