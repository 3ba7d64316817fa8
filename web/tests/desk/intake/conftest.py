"""A database of either kind with conversations that leave something for the editors."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from desk.access.permissions import Role
from desk.privacy.audit import Actor
from records.base import now
from records.conversations import Unanswered
from records.models import Message
from records.people import User
from records.publishing import ChangeRequest, TakenExample
from records.reviewing import Verdict, Work
from tests.desk.talks import Talk, understood


@pytest.fixture
def ann(db: Connection) -> Actor:
    """An editor."""
    row = {"name": "ann", "shown": "Ann", "role": str(Role.EDITOR), "password_hash": "none"}
    made = db.execute(insert(User).values(**row))
    (id,) = made.inserted_primary_key or (0,)
    return Actor("ann", id)


def talk(db: Connection, **values: Any) -> Talk:
    """A conversation of an hour ago."""
    return Talk(db, began=now() - timedelta(hours=1), values=values)


def in_vain(made: Talk, text: str, kind: str = "fallback", label: str = "causes/stroke") -> str:
    """A message without an answer; gives its id."""
    note = understood(label, decision=kind, confidence=0.3, ranking=[[label, 0.3], ["x/y", 0.2]])
    seq = made.turn(text, note, kind=kind)
    id = message_id(made.db, made, seq)
    values = {"message_id": id, "number": made.number, "at": now() - timedelta(minutes=30)}
    made.db.execute(insert(Unanswered).values(**values, kind=kind, text=text, confidence=0.3))
    return id


def work(made: Talk, seq: int, kind: str, topic: str | None = None, comment: str = "") -> int:
    """Work for the editors about a turn, that came of a verdict; gives its id."""
    id = message_id(made.db, made, seq)
    values = {"message_id": id, "number": made.number, "topic": topic}
    judged = insert(Verdict).values(**values, reviewer=None, verdict=kind, comment=comment)
    verdict = made.db.execute(judged.returning(Verdict.id)).scalar_one()
    added = insert(Work).values(**values, kind=kind, verdict_id=verdict)
    return int(made.db.execute(added.returning(Work.id)).scalar_one())


def message_id(db: Connection, made: Talk, seq: int) -> str:
    """The id of a message."""
    asked = select(Message.id).where(Message.session_id == made.session, Message.seq == seq)
    found: str = db.execute(asked).scalar_one()
    return found


def change(db: Connection, **values: Any) -> int:
    """A change request; gives its id."""
    given = {"title": "Better braces", "branch": "change/1", **values}
    made = insert(ChangeRequest).values(**given)
    return int(db.execute(made.returning(ChangeRequest.id)).scalar_one())


def taken(db: Connection, change_id: int, message: str | None, **values: Any) -> int:
    """An example that was taken; gives its id."""
    given = {"target": "brace/types", "text": "which splints are there", **values}
    made = insert(TakenExample).values(change_id=change_id, message_id=message, **given)
    return int(db.execute(made.returning(TakenExample.id)).scalar_one())
