"""Conversations for the index's tests: as rows for a digest, or in a database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from desk.index.told import Line, Mask, Opinion, Place, Span, Visit
from records.models import DORSI, PATIENT, Feedback, Message, Session

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_TELEPHONE = re.compile(r"\d{5,}")


def places(text: str) -> list[Place]:
    """Telephone numbers, of five digits and more."""
    return [Place(*found.span(), "telephone") for found in _TELEPHONE.finditer(text)]


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with stars in their place."""
    for span in reversed(spans):
        text = text[: span.start] + "***" + text[span.end :]
    return text


MASK = Mask(places, masked, 7)


def reply(kind: str = "answer", level: str = "none", **more: Any) -> dict[str, Any]:
    """A reply, with the note that goes with it as `note`."""
    topic = "causes/stroke" if kind == "answer" else None
    return {"text": "It can be.", "kind": kind, "level": level, "topic": topic, **more}


def note(confidence: float | None = 0.9, **more: Any) -> dict[str, Any]:
    """A note of what was understood."""
    return {"label": "causes/stroke", "confidence": confidence, **more}


def raised(**flags: str) -> dict[str, Any]:
    """What a note remembers of red flags."""
    return {"triage": {"raised": flags}}


@dataclass
class Talk:
    """A conversation that is being told."""

    id: str = "s1"
    region: str = "GB"
    chain: str | None = None
    lines: list[Line] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)

    @property
    def visit(self) -> Visit:
        """Its session."""
        return Visit(self.id, self.chain, self.region, BEGAN)

    def say(self, text: str, *replies: dict[str, Any], choice: str | None = None) -> "Talk":
        """What a patient says, and what is answered."""
        payload = {} if choice is None else {"choice": choice}
        said = self._add(PATIENT, text=text, payload=payload)
        for one in replies:
            self._add(DORSI, reply_to=said.id, **one)
        return self

    def welcome(self) -> "Talk":
        """Dorsi's first words."""
        self._add(DORSI, **reply("notice", topic=None, text="I am Dorsi."))
        return self

    def helped(self, seq: int, helpful: bool) -> "Talk":
        """What the patient thinks of a message."""
        self.opinions.append(Opinion(self.lines[seq - 1].id, helpful))
        return self

    def _add(self, direction: str, **values: Any) -> Line:
        seq = len(self.lines) + 1
        line = Line(
            id=f"{self.id}-{seq}",
            seq=seq,
            direction=direction,
            reply_to=values.get("reply_to"),
            text=values["text"],
            kind=values.get("kind"),
            level=values.get("level"),
            topic=values.get("topic"),
            payload=values.get("payload", {}),
            note=values.get("note"),
            at=BEGAN + timedelta(seconds=10 * seq),
        )
        self.lines.append(line)
        return line


def store(db: Connection, talk: Talk, *, above: int = 0, is_new: bool = True) -> None:
    """Put a conversation into the database, or what comes above a number of it."""
    lines = [line for line in talk.lines if line.seq > above]
    if is_new:
        values = {"id": talk.id, "token_hash": talk.id, "region": talk.region}
        db.execute(insert(Session).values(**values, diary_hash=talk.chain, created_at=BEGAN))
    if lines:
        db.execute(insert(Message), [_row(talk.id, line) for line in lines])
    db.execute(update(Session).where(Session.id == talk.id).values(last_seq=len(talk.lines)))
    for opinion in talk.opinions if is_new else ():
        judged = {"message_id": opinion.message_id, "helpful": opinion.helpful}
        db.execute(insert(Feedback).values(**judged, session_id=talk.id))


def add_line(db: Connection, session_id: str, line: Line) -> None:
    """Put one message into the database."""
    db.execute(insert(Message), [_row(session_id, line)])


def _row(session_id: str, line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "session_id": session_id,
        "seq": line.seq,
        "direction": line.direction,
        "client_id": line.id if line.is_patients else None,
        "reply_to": line.reply_to,
        "text": line.text,
        "kind": line.kind,
        "level": line.level,
        "topic": line.topic,
        "payload": line.payload,
        "understanding": line.note,
        "created_at": line.at,
    }
