"""What is known of an erasure, and what asking the database anew says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from desk.errors import NotFound
from desk.privacy import audit, erasing
from desk.privacy.audit import Action
from records import erasing as shared
from records.conversations import Change
from records.models import Erasure, Session
from records.people import Deed


@dataclass(frozen=True)
class Proof:
    """An erasure.

    Attributes:
        number: what the conversation was called.
        at: when it was erased.
        actor: by whom.
        detail: what the audit log has of it.
        left: rows that are there now, by table; all are 0.
        told_at: when the assistant was told, if that is known.
        waiting: whether it has yet to be told.
        emptied_at: when the words left the database's file, if they have; SQLite alone has one.
    """

    number: int
    at: datetime
    actor: str
    detail: Mapping[str, Any]
    left: Mapping[str, int]
    told_at: datetime | None
    waiting: bool
    emptied_at: datetime | None

    @property
    def reason(self) -> str:
        """Why."""
        return str(self.detail["reason"])

    @property
    def tables(self) -> list[tuple[str, int, int, int]]:
        """Each table with its rows before, right after, and now."""
        before, after = self.detail["before"], self.detail["after"]
        return [(name, before[name], after[name], self.left.get(name, 0)) for name in before]


def proof(db: Connection, id: int) -> Proof:
    """The proof of an erasure.

    Args:
        db: the database.
        id: that of the entry in the audit log.

    Raises:
        NotFound: that is no erasure.
    """
    asked = select(Deed.__table__).where(Deed.id == id, Deed.action == Action.ERASED)
    deed = db.execute(asked).one_or_none()
    if deed is None:
        raise NotFound
    number = int(deed.object.partition(":")[2])
    owed = select(Erasure.session_id).where(Erasure.number == number)
    return Proof(
        number=number,
        at=deed.at,
        actor=deed.actor,
        detail=deed.detail,
        left=_left(db, number, deed.detail["session_hash"]),
        told_at=_later(db, deed.id, number, Action.ASSISTANT_TOLD),
        waiting=db.execute(owed).first() is not None,
        emptied_at=_later(db, deed.id, number, Action.FILE_EMPTIED),
    )


def _left(db: Connection, number: int, session_hash: str) -> Mapping[str, int]:
    """What is there now of a session that only its hash is known of.

    Its id is looked for wherever one may stand without its session; the database lets no other row
    refer to a session that is not there.
    """
    places = (Session.id, Change.session_id, Erasure.session_id)
    ids = {id for place in places for id in db.scalars(select(place).distinct())}
    same = [id for id in ids if erasing.hashed(id) == session_hash]
    return shared.rows(db, same[0] if same else "", number)


def _later(db: Connection, id: int, number: int, action: Action) -> datetime | None:
    asked = (
        select(Deed.at)
        .where(Deed.object == audit.conversation(number), Deed.action == action, Deed.id > id)
        .order_by(Deed.id)
        .limit(1)
    )
    return db.execute(asked).scalar_one_or_none()
