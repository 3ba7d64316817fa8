"""The queue of checks: rows that are asked for, taken by one runner each, and brought to an end.

Every step is one update that names the state it starts from, so that of two who try only one
succeeds, and a runner that was held for dead and wakes up again changes nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, Select, exists, insert, select, update
from sqlalchemy.orm import aliased

from desk.errors import CannotBe
from desk.privacy import audit
from desk.publishing.checks.words import DIED
from records.base import now
from records.publishing import ChangeRequest, Check
from records.words import ChangeStatus, CheckStatus

BEAT_SECONDS = 2.0
DEAD_AFTER = timedelta(seconds=45)
"""A runner that is not heard of for so long is held for dead."""
UNFINISHED = (str(CheckStatus.QUEUED), str(CheckStatus.RUNNING))
_OPEN = (str(ChangeStatus.DRAFT), str(ChangeStatus.SUBMITTED))
MAX_STEP = 40


@dataclass(frozen=True)
class Taken:
    """A check that a runner has taken."""

    id: int
    change_id: int
    commit: str


class Told(Enum):
    """What a runner is told when it says that it is alive."""

    GO_ON = auto()
    CANCEL = auto()
    """Somebody wants it to end."""
    GONE = auto()
    """It was held for dead, or the change is gone: nobody waits for what comes of it."""


def called(check: int) -> str:
    """How the audit log names a run of the checks."""
    return f"check:{check}"


def ask(connection: Connection, who: audit.Actor, change: int, commit: str) -> int:
    """Have a change checked; a check of an older state of it is cancelled.

    Args:
        connection: a transaction that writes.
        who: who asks.
        change: the change's id.
        commit: the commit to check.

    Returns:
        The check's id: that of the one which waits or runs already, if it is of this commit.

    Raises:
        CannotBe: the change is published or withdrawn, or gone.
    """
    status = connection.execute(
        select(ChangeRequest.status).where(ChangeRequest.id == change).with_for_update()
    ).scalar_one_or_none()
    if status not in _OPEN:
        raise CannotBe("Only a change that is open can be checked.")
    for row in connection.execute(_unfinished(change)):
        if row.commit == commit and not row.cancel:
            return int(row.id)
        _cancel(connection, row.id)
    made = connection.execute(insert(Check).values(change_id=change, commit=commit, by=who.id))
    (id,) = made.inserted_primary_key or (0,)
    detail = {"change": change, "commit": commit}
    audit.append(connection, who, audit.Action.CHECKS_ASKED, called(id), detail)
    return int(id)


def cancel(connection: Connection, who: audit.Actor, check: int) -> bool:
    """Have a check end before its time; False if it has ended already."""
    done = _cancel(connection, check)
    if done:
        audit.append(connection, who, audit.Action.CHECKS_CANCELLED, called(check), {})
    return done


def take(connection: Connection) -> Taken | None:
    """Take the check that has waited longest; none of a change that is being checked."""
    other = aliased(Check)
    running = exists().where(
        other.change_id == Check.change_id, other.status == str(CheckStatus.RUNNING)
    )
    asked = (
        select(Check.id, Check.change_id, Check.commit)
        .where(Check.status == str(CheckStatus.QUEUED), ~running)
        .order_by(Check.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(asked).one_or_none()
    if row is None:
        return None
    moment = now()
    taken = connection.execute(
        update(Check)
        .where(Check.id == row.id, Check.status == str(CheckStatus.QUEUED))
        .values(status=str(CheckStatus.RUNNING), started_at=moment, beat_at=moment)
    )
    return Taken(row.id, row.change_id, row.commit) if taken.rowcount else None


def begin(connection: Connection, check: int, commit: str, against: int | None) -> bool:
    """Note what a check looks at, once that is known; False if nobody waits for it any more."""
    return _write(connection, check, commit=commit, against=against, beat_at=now())


def beat(connection: Connection, check: int, step: str, percent: int, message: str) -> Told:
    """Say that a check's runner is alive, and how far it is."""
    there = _write(
        connection,
        check,
        step=step[:MAX_STEP],
        percent=max(0, min(percent, 100)),
        message=message,
        beat_at=now(),
    )
    if not there:
        return Told.GONE
    wanted = connection.execute(select(Check.cancel).where(Check.id == check)).scalar()
    return Told.CANCEL if wanted else Told.GO_ON


def finish(
    connection: Connection, check: int, status: CheckStatus, message: str, report: Any = None
) -> bool:
    """Note how a check ended; False if nobody waits for it any more."""
    values = {"status": str(status), "message": message, "report": report, "finished_at": now()}
    if status in (CheckStatus.PASSED, CheckStatus.FAILED):
        values["percent"] = 100
    return _write(connection, check, **values)


def put_back(connection: Connection, check: int) -> bool:
    """Have a check wait again, for its runner is told to stop; one to be cancelled has ended."""
    asked = select(Check.cancel).where(Check.id == check)
    if connection.execute(asked).scalar():
        return finish(connection, check, CheckStatus.CANCELLED, "")
    fresh = {"status": str(CheckStatus.QUEUED), "step": "", "percent": 0, "message": ""}
    return _write(connection, check, **fresh, started_at=None, beat_at=None)


def give_up_dead(connection: Connection, moment: datetime) -> Sequence[int]:
    """End the checks whose runners are dead: what killed one runner might kill the next.

    Args:
        connection: a transaction that writes.
        moment: the present one.

    Returns:
        The checks' ids.
    """
    late = (Check.status == str(CheckStatus.RUNNING), Check.beat_at < moment - DEAD_AFTER)
    found = connection.execute(select(Check.id).where(*late)).scalars().all()
    given_up = []
    for id in found:
        values = {"status": str(CheckStatus.BROKEN), "message": DIED, "finished_at": moment}
        if connection.execute(update(Check).where(Check.id == id, *late).values(values)).rowcount:
            given_up.append(id)
    return given_up


def _unfinished(change: int) -> Select[int, str, bool]:
    return select(Check.id, Check.commit, Check.cancel).where(
        Check.change_id == change, Check.status.in_(UNFINISHED)
    )


def _cancel(connection: Connection, check: int) -> bool:
    waiting = (Check.id == check, Check.status == str(CheckStatus.QUEUED))
    ended = {"status": str(CheckStatus.CANCELLED), "cancel": True, "finished_at": now()}
    if connection.execute(update(Check).where(*waiting).values(ended)).rowcount:
        return True
    running = (Check.id == check, Check.status == str(CheckStatus.RUNNING))
    told = update(Check).where(*running, Check.cancel.is_(False)).values(cancel=True)
    return bool(connection.execute(told).rowcount)


def _write(connection: Connection, check: int, **values: Any) -> bool:
    """Write into a check that runs."""
    running = (Check.id == check, Check.status == str(CheckStatus.RUNNING))
    return bool(connection.execute(update(Check).where(*running).values(values)).rowcount)
