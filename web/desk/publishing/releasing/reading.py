"""The releases, and what is served where, as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, select

from desk.publishing.releasing import going_back
from desk.publishing.report.shape import Figure
from desk.publishing.report.telling import Table, tables
from records.base import now
from records.publishing import Release, Replica
from releases import switching
from releases.deciding import PRESENT

LIST = 50
_FIGURES = TypeAdapter(dict[str, dict[str, Figure]])
FORGOTTEN = timedelta(days=1)
"""A replica that was not heard of for so long is shown no more."""
HEADLINE = ("accuracy", "safety", "dialogues")
"""The groups of figures that the list shows; a release's own page has all."""
MOST_FIGURES = 4


@dataclass(frozen=True)
class Made:
    """A release.

    `is_before` is the one that was served before the live one; `may_be_served` says whether it was
    served or published once.
    """

    number: int
    title: str
    commit: str
    checksum: str
    made_at: datetime
    by: str
    approvers: Sequence[str]
    kept: bool
    is_live: bool
    is_before: bool
    may_be_served: bool
    tables: Sequence[Table]

    @property
    def headline(self) -> list[str]:
        """Its figures in a few words each, with the difference to the one that was live then."""
        rows = [row for table in self.tables if table.id in HEADLINE for row in table.rows]
        return [f"{row.name} {row.after} ({row.difference})" for row in rows[:MOST_FIGURES]]


@dataclass(frozen=True)
class Place:
    """A replica: what it serves, and whether it was heard of just now."""

    name: str
    serving: int | None
    ready: int | None
    draining: Sequence[int]
    trouble: str
    seen_at: datetime
    is_there: bool


@dataclass(frozen=True)
class Overview:
    """All of it: the releases, the newest first, the replicas, and the switch under way."""

    releases: Sequence[Made]
    places: Sequence[Place]
    live: int | None
    switch: int | None


def overview(connection: Connection) -> Overview:
    """What there is and what is served."""
    asked = select(Release.__table__).order_by(Release.number.desc()).limit(LIST)
    live, before = switching.live(connection), _before(connection)
    under_way = switching.preparing(connection)
    rows = connection.execute(asked).all()
    return Overview(
        releases=[_made(connection, row, live, before) for row in rows],
        places=places(connection),
        live=live,
        switch=under_way.id if under_way else None,
    )


def one(connection: Connection, number: int) -> Made | None:
    """The release of that number."""
    asked = select(Release.__table__).where(Release.number == number)
    row = connection.execute(asked).one_or_none()
    if row is None:
        return None
    return _made(connection, row, switching.live(connection), _before(connection))


def figures(kept: object) -> Sequence[Table]:
    """The figures of a release as tables; none where they cannot be read."""
    given = kept.get("figures") if isinstance(kept, Mapping) else None
    try:
        return tables(_FIGURES.validate_python(given or {}))
    except ValidationError:
        return []


def _before(connection: Connection) -> int | None:
    found = switching.before(connection)
    return int(found.release) if found else None


def _made(connection: Connection, row: Any, live: int | None, before: int | None) -> Made:
    return Made(
        number=row.number,
        title=row.title,
        commit=row.commit,
        checksum=row.checksum,
        made_at=row.made_at,
        by=row.by,
        approvers=list(row.approvers or []),
        kept=row.kept,
        is_live=row.number == live,
        is_before=row.number == before,
        may_be_served=going_back.was_approved_of(connection, row.number),
        tables=figures(row.figures),
    )


def places(connection: Connection) -> list[Place]:
    """What each replica serves, as it told of itself."""
    moment = now()
    asked = select(Replica.__table__).where(Replica.seen_at > moment - FORGOTTEN)
    return [
        Place(
            name=row.name,
            serving=row.serving,
            ready=row.ready,
            draining=list(row.draining or []),
            trouble=row.trouble,
            seen_at=row.seen_at,
            is_there=row.seen_at > moment - PRESENT,
        )
        for row in connection.execute(asked.order_by(Replica.name))
    ]
