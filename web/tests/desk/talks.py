"""Conversations as the gateway leaves them, for tests of what the desk makes of them."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from records.conversations import Conversation
from records.models import DORSI, PATIENT, Button, Feedback, Message, Session

BEGAN = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def understood(label: str = "causes/stroke", **more: Any) -> dict[str, Any]:
    """A note as the gateway writes it."""
    return {
        "decision": "answer",
        "label": label,
        "confidence": 0.93,
        "topic": label,
        "ranking": [[label, 0.93], ["causes/ms", 0.04], ["what_is/steppage", 0.01]],
        "intent": "causes",
        "policy": "RulePolicy",
        "action": "action_answer",
        "slots": {"topic": label},
        "answered_by": "rasa",
        "outcome": "answered",
        "ms": {"total": 41.2, "screen": 6.1, "rasa": 31.0},
        "release": "dorsi-0123456789abcdef",
        "triage": {"raised": {}, "asked": {"text": "words of the patient's"}},
        **more,
    }


@dataclass
class Talk:
    """A conversation that is written into a database as it goes on.

    Attributes:
        db: a transaction that writes.
        chain: what the sessions of its browser have in common.
        number: what staff call it.
    """

    db: Connection
    chain: str | None = None
    began: datetime = BEGAN
    values: dict[str, Any] = field(default_factory=dict)
    session: str = ""
    number: int = 0
    seq: int = 0

    def __post_init__(self) -> None:
        self.session = f"session{next(_numbers)}"
        self.db.execute(
            insert(Session).values(id=self.session, token_hash=self.session, region="GB")
        )
        row = {
            "session_id": self.session,
            "chain": self.chain,
            "began_at": self.began,
            "last_at": self.began + timedelta(minutes=12),
            "region": "GB",
            **self.values,
        }
        made = self.db.execute(insert(Conversation).values(**row))
        (self.number,) = made.inserted_primary_key or (0,)

    def said(self, text: str, **more: Any) -> str:
        """The patient says something; gives the message's id."""
        return self._add(direction=PATIENT, text=text, client_id=f"c{self.seq + 1}", **more)

    def replied(self, to: str | None, text: str = "It can be.", **more: Any) -> str:
        """Dorsi says something; gives the message's id."""
        titles = more.pop("buttons", ())
        values = {"kind": "answer", "level": "none", "payload": {"sources": []}, **more}
        message = self._add(direction=DORSI, text=text, reply_to=to, **values)
        for position, title in enumerate(titles):
            self.db.execute(
                insert(Button).values(
                    id=f"{message}-{position}"[-32:],
                    session_id=self.session,
                    message_id=message,
                    position=position,
                    title=title,
                    payload=f"topic:{position}",
                )
            )
        return message

    def turn(self, text: str, note: Any = None, says: str = "It can be.", **reply: Any) -> int:
        """A turn with one reply; gives the number of the patient's message."""
        message = self.said(text)
        seq = self.seq
        kept = understood() if note is None else note
        self.replied(message, says, understanding=kept, **reply)
        return seq

    def thumbs(self, message: str, helpful: bool, reason: str | None = None) -> None:
        """The patient says whether a message helped."""
        self.db.execute(
            insert(Feedback).values(
                message_id=message, session_id=self.session, helpful=helpful, reason=reason
            )
        )

    def _add(self, **values: Any) -> str:
        self.seq += 1
        id = f"{self.session}-m{self.seq}"
        at = self.began + timedelta(seconds=20 * self.seq)
        self.db.execute(
            insert(Message).values(
                id=id, session_id=self.session, seq=self.seq, created_at=at, **values
            )
        )
        return id
