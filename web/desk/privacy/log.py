"""Looking something up in the audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from desk.errors import CannotBe
from desk.privacy import audit
from records.people import Deed

PAGE = 50
AT_ONCE = 500
HIGHEST = 2**31 - 1
YEARS = range(2000, 2200)
NO_DAY = "Write a day as year-month-day, such as 2026-11-21."
_LENGTHS = {"person": 40, "action": 40, "object": 120}


@dataclass(frozen=True)
class Wanted:
    """Which entries: those for which all of it holds. Days are whole ones, in UTC."""

    person: str = ""
    action: str = ""
    object: str = ""
    since: date | None = None
    until: date | None = None

    def filters(self) -> dict[str, str]:
        """What is asked for, as it stands in an address."""
        given = {
            "person": self.person,
            "action": self.action,
            "object": self.object,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in given.items() if value}

    def where(self) -> list[ColumnElement[bool]]:
        """The same for the database."""
        found: list[ColumnElement[bool]] = []
        if self.person:
            found.append(Deed.actor == self.person)
        if self.action:
            found.append(Deed.action == self.action)
        if self.object:
            found.append(Deed.object == self.object)
        if self.since:
            found.append(Deed.at >= _midnight(self.since))
        if self.until:
            found.append(Deed.at < _midnight(self.until) + timedelta(days=1))
        return found


@dataclass(frozen=True)
class Part:
    """Some entries, the newest first, and whether there are others before and after them."""

    rows: Sequence[Row[Any]]
    faults: Mapping[int, str]
    older: int | None
    newer: int | None


def wanted(query: Mapping[str, str]) -> Wanted:
    """What an address asks for. A bare number stands for a conversation.

    Raises:
        CannotBe: a day is none.
    """
    given = {name: query.get(name, "").strip()[:length] for name, length in _LENGTHS.items()}
    if given["object"].isascii() and given["object"].isdigit():
        given["object"] = audit.conversation(int(given["object"]))
    return Wanted(**given, since=_day(query.get("since")), until=_day(query.get("until")))


def part(
    db: Connection, wanted: Wanted, *, before: int | None = None, after: int | None = None
) -> Part:
    """A page of the log, each entry verified.

    Args:
        db: the database.
        wanted: which entries.
        before: the id of the entry that the page ends before, going back in time.
        after: the id of the entry that the page begins after, going forward.
    """
    asked = select(Deed.__table__).where(*wanted.where()).limit(PAGE + 1)
    if after is not None:
        found = db.execute(asked.where(Deed.id > after).order_by(Deed.id)).all()
        rows = list(reversed(found[:PAGE]))
        newer, older = len(found) > PAGE, True
    else:
        below = HIGHEST if before is None else before
        found = db.execute(asked.where(Deed.id < below).order_by(Deed.id.desc())).all()
        rows = list(found[:PAGE])
        newer, older = before is not None, len(found) > PAGE
    return Part(
        rows=rows,
        faults=audit.faults(db, rows),
        older=rows[-1].id if rows and older else None,
        newer=rows[0].id if rows and newer else None,
    )


def following(db: Connection, wanted: Wanted, after: int) -> Sequence[Row[Any]]:
    """The next entries after one, the oldest first."""
    asked = select(Deed.__table__).where(*wanted.where(), Deed.id > after)
    return db.execute(asked.order_by(Deed.id).limit(AT_ONCE)).all()


def as_json(row: Row[Any]) -> dict[str, Any]:
    """An entry with all that its hash is made of."""
    found = row._asdict()
    at: datetime = found["at"]
    return {**found, "at": at.astimezone(UTC).isoformat(timespec="microseconds")}


def _day(given: str | None) -> date | None:
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise CannotBe(NO_DAY) from None
    if day.year not in YEARS:
        raise CannotBe(NO_DAY)
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
