"""The runs of the checks as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from desk.publishing.checks.queue import DEAD_AFTER, UNFINISHED
from records.base import now
from records.people import User
from records.publishing import Check
from records.words import CheckStatus

LIST = 20
_WAITED_LONG = DEAD_AFTER


@dataclass(frozen=True)
class Run:
    """A run of the checks; `by` is who asked for it."""

    id: int
    change_id: int
    commit: str
    against: int | None
    status: CheckStatus
    step: str
    percent: int
    cancel: bool
    message: str
    by: str
    asked_at: datetime
    started_at: datetime | None
    beat_at: datetime | None
    finished_at: datetime | None

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.status in UNFINISHED

    @property
    def is_silent(self) -> bool:
        """Whether nobody seems to run it, though it waits or runs."""
        heard = self.beat_at or self.asked_at
        return self.is_unfinished and heard < now() - _WAITED_LONG

    @property
    def shown(self) -> str:
        """What of it a page shows that asks again and again, so that it sees what is new."""
        return f"{self.status}-{self.step}-{self.percent}-{self.cancel}-{self.is_silent}"


_COLUMNS = [
    Check.__table__.c[name] for name in Run.__dataclass_fields__ if name not in ("by", "shown")
]


def one(connection: Connection, change: int, check: int) -> Run | None:
    """A run of a change's checks."""
    asked = _asked(change).where(Check.id == check)
    return next((_run(row) for row in connection.execute(asked)), None)


def of_change(connection: Connection, change: int) -> Sequence[Run]:
    """The runs of a change's checks, the newest first."""
    return [_run(row) for row in connection.execute(_asked(change).limit(LIST))]


def report(connection: Connection, check: int) -> Any:
    """What came of a run, as it was kept."""
    return connection.execute(select(Check.report).where(Check.id == check)).scalar()


def ahead(connection: Connection, check: int) -> int:
    """How many others are run before one that waits."""
    before = select(func.count()).where(Check.status.in_(UNFINISHED), Check.id < check)
    return int(connection.execute(before).scalar_one())


def _asked(change: int) -> Any:
    return (
        select(*_COLUMNS, User.shown.label("by"))
        .outerjoin(User, User.id == Check.by)
        .where(Check.change_id == change)
        .order_by(Check.id.desc())
    )


def _run(row: Any) -> Run:
    values = row._asdict()
    by = values.pop("by") or "somebody who left"
    return Run(**{**values, "status": CheckStatus(row.status)}, by=by)
