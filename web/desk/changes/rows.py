"""Change requests in the database."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from desk.changes.errors import CannotChange
from desk.errors import NotFound
from desk.privacy import audit
from records.base import now
from records.people import User
from records.publishing import ChangeRequest
from records.words import ChangeStatus

MAX_TITLE = 120
MAX_REASON = 4000
LIST = 200
"""So many are shown at once, the newest first."""
OPEN = (ChangeStatus.DRAFT, ChangeStatus.SUBMITTED)
"""While it is one of these, a change request can be edited."""
NOBODY = "somebody who is gone"


@dataclass(frozen=True)
class Change:
    """A change request; `author` is a user's id, `author_name` what the others call them."""

    id: int
    title: str
    reason: str
    branch: str
    author: int | None
    author_name: str
    status: ChangeStatus
    release: int | None
    created_at: datetime
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it can be edited."""
        return self.status in OPEN


def read(connection: Connection, id: int) -> Change:
    """One change request.

    Raises:
        desk.errors.NotFound: there is none of that number.
    """
    row = connection.execute(_asked().where(ChangeRequest.id == id)).one_or_none()
    if row is None:
        raise NotFound
    return _change(row)


def listed(
    connection: Connection,
    statuses: Collection[ChangeStatus] = tuple(ChangeStatus),
    author: int | None = None,
) -> Sequence[Change]:
    """Change requests, the one that was changed last first.

    Args:
        connection: the database.
        statuses: only those.
        author: only that user's.
    """
    asked = _asked().where(ChangeRequest.status.in_([str(status) for status in statuses]))
    if author is not None:
        asked = asked.where(ChangeRequest.author == author)
    ordered = asked.order_by(ChangeRequest.changed_at.desc(), ChangeRequest.id.desc())
    return [_change(row) for row in connection.execute(ordered.limit(LIST))]


def add(connection: Connection, who: audit.Actor, title: str, reason: str) -> int:
    """Enter a new change request; its branch is called after its number.

    Raises:
        CannotChange: it has no title, or a text is too long.
    """
    title, reason = fit(title, reason)
    made = insert(ChangeRequest).values(
        title=title, reason=reason, author=who.id, branch=f"new/{uuid.uuid4().hex}"
    )
    (id,) = connection.execute(made).inserted_primary_key or (0,)
    named = update(ChangeRequest).where(ChangeRequest.id == id).values(branch=f"change/{int(id)}")
    connection.execute(named)
    audit.append(connection, who, audit.Action.CHANGE_OPENED, called(int(id)), {"title": title})
    return int(id)


def describe(connection: Connection, who: audit.Actor, id: int, title: str, reason: str) -> None:
    """Give a change request another title and reason; one that was submitted is a draft again.

    The checks go by the reason, and whoever approved has read it.

    Raises:
        CannotChange: it has no title, a text is too long, or it cannot be edited any more.
    """
    title, reason = fit(title, reason)
    _set(connection, id, OPEN, title=title, reason=reason, status=str(ChangeStatus.DRAFT))
    audit.append(connection, who, audit.Action.CHANGE_DESCRIBED, called(id), {"title": title})


def move(
    connection: Connection,
    who: audit.Actor,
    id: int,
    action: audit.Action,
    from_: Collection[ChangeStatus],
    to: ChangeStatus,
    **detail: Any,
) -> None:
    """Give a change request a status.

    Args:
        connection: a transaction that writes.
        who: who does it.
        id: the change request's.
        action: what the log calls it.
        from_: the statuses it may have.
        to: the one it is to have.
        **detail: what else the log is to say.

    Raises:
        CannotChange: it has another status.
    """
    _set(connection, id, from_, status=str(to))
    audit.append(connection, who, action, called(id), detail)


def fit(title: str, reason: str) -> tuple[str, str]:
    """A title and a reason as they are kept.

    Raises:
        CannotChange: there is no title, or one of them is too long.
    """
    title, reason = " ".join(title.split()), reason.strip()
    if not 0 < len(title) <= MAX_TITLE:
        raise CannotChange(f"Please give it a title of at most {MAX_TITLE} letters.")
    if len(reason) > MAX_REASON:
        raise CannotChange(f"The reason is too long: at most {MAX_REASON} letters.")
    return title, reason


def called(id: int) -> str:
    """How the log names a change request."""
    return f"change:{id}"


def _set(connection: Connection, id: int, from_: Collection[ChangeStatus], **values: Any) -> None:
    there = read(connection, id)
    allowed = [str(status) for status in from_]
    done = connection.execute(
        update(ChangeRequest)
        .where(ChangeRequest.id == id, ChangeRequest.status.in_(allowed))
        .values(changed_at=now(), **values)
    )
    if not done.rowcount:
        raise CannotChange(f"This change request is {there.status} by now. Nothing was done.")


def _asked() -> Select[Any]:
    return select(*ChangeRequest.__table__.columns, User.shown).outerjoin(
        User, User.id == ChangeRequest.author
    )


def _change(row: Row[Any]) -> Change:
    values = {
        name: getattr(row, name) for name in Change.__dataclass_fields__ if hasattr(row, name)
    }
    values |= {"author_name": row.shown or NOBODY, "status": ChangeStatus(row.status)}
    return Change(**values)
