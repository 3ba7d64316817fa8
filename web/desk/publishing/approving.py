"""Approvals in the database: given, withdrawn, and read with who gave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from desk.access.permissions import PERMISSIONS, Permission, Role
from desk.errors import CannotBe
from desk.privacy import audit
from desk.publishing import rules
from desk.publishing.rules import Change, Given, Person
from records.base import now
from records.people import User
from records.publishing import Approval
from records.words import Capacity


@dataclass(frozen=True)
class Shown(Given):
    """An approval as pages show it."""

    at: datetime
    shown: str


def called(change: int) -> str:
    """How the audit log names a change request."""
    return f"change:{change}"


def person(row: Any) -> Person:
    """A user by what the rules ask of them."""
    may = PERMISSIONS[Role(row.role)] if not row.disabled else frozenset()
    return Person(
        id=row.id,
        name=row.name,
        shown=row.shown,
        may_edit=Permission.EDIT in may,
        may_publish=Permission.PUBLISH in may,
        clinical=row.clinical and not row.disabled,
    )


def of(connection: Connection, user: int) -> Person:
    """The user of that id, who is there."""
    return person(connection.execute(select(User.__table__).where(User.id == user)).one())


def given(connection: Connection, change: int) -> Sequence[Shown]:
    """All approvals of a change, the oldest first; those of earlier states of it, too."""
    asked = (
        select(User.__table__, Approval.capacity, Approval.state, Approval.at)
        .select_from(Approval)
        .outerjoin(User, User.id == Approval.by)
        .where(Approval.change_id == change)
        .order_by(Approval.id)
    )
    return [
        Shown(
            by=person(row) if row.id is not None else None,
            capacity=Capacity(row.capacity),
            state=row.state,
            at=row.at,
            shown=row.shown or "somebody who left",
        )
        for row in connection.execute(asked)
    ]


def approve(
    connection: Connection, who: audit.Actor, number: int, change: Change, capacity: Capacity
) -> None:
    """Approve a change as it is now; twice is as good as once.

    Args:
        connection: a transaction that writes.
        who: who approves.
        number: the change's id.
        change: what it is now.
        capacity: as what they approve.

    Raises:
        CannotBe: they may not.
    """
    assert who.id is not None, "somebody at the desk approves"
    refusal = rules.refusal(of(connection, who.id), capacity, change)
    if refusal:
        raise CannotBe(refusal)
    own = {"change_id": number, "state": change.state, "capacity": str(capacity), "by": who.id}
    there = select(Approval.id).filter_by(**own)
    if connection.execute(there).first() is None:
        connection.execute(insert(Approval).values(**own, at=now()))
        detail = {"state": change.state, "capacity": str(capacity)}
        audit.append(connection, who, audit.Action.CHANGE_APPROVED, called(number), detail)


def withdraw(connection: Connection, who: audit.Actor, number: int, state: str) -> bool:
    """Withdraw all one's own approvals of a change as it is now; False if there were none."""
    own = {"change_id": number, "state": state, "by": who.id}
    asked = delete(Approval).where(*(getattr(Approval, name) == own[name] for name in own))
    done = connection.execute(asked).rowcount > 0
    if done:
        detail = {"state": state}
        audit.append(connection, who, audit.Action.APPROVAL_WITHDRAWN, called(number), detail)
    return done
