"""What waits for review: how much, and for how long. It is of all times, not of a period."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from desk.figures.counting import day_of
from records.conversations import Conversation
from records.words import Level, Status


@dataclass(frozen=True)
class Oldest:
    """The conversation that has waited longest of its kind."""

    number: int
    since: datetime


@dataclass(frozen=True)
class Backlog:
    """Conversations by status and level, and how old the new ones are.

    `oldest_emergency` is that of those nobody has looked at; `median_day` is the day of the last
    message of the new conversation in the middle.
    """

    counts: Mapping[tuple[str, int], int]
    oldest_new: Oldest | None
    oldest_emergency: Oldest | None
    median_day: date | None

    def of_status(self, status: str) -> int:
        """How many have a status."""
        return sum(count for (known, _), count in self.counts.items() if known == status)


def backlog(connection: Connection) -> Backlog:
    """What waits for review now."""
    row, day = Conversation, day_of(connection).label("day")
    by_level = select(row.status, row.level, func.count()).group_by(row.status, row.level)
    counts = {(status, level): count for status, level, count in connection.execute(by_level)}
    by_day = select(day, func.count()).where(row.status == Status.NEW).group_by(day)
    days = {date.fromisoformat(str(found)): count for found, count in connection.execute(by_day)}
    return Backlog(
        counts=counts,
        oldest_new=_oldest(
            connection, [level for level in Level if counts.get((Status.NEW, level))]
        ),
        oldest_emergency=_oldest(connection, [Level.EMERGENCY]),
        median_day=_median(Counter(days)),
    )


def _oldest(connection: Connection, levels: list[Level]) -> Oldest | None:
    """The oldest new conversation of some levels: the first of each by the index, then of those."""
    row, found = Conversation, []
    for level in levels:
        first = connection.execute(
            select(row.number, row.last_at)
            .where(row.status == Status.NEW, row.level == int(level))
            .order_by(row.last_at, row.number)
            .limit(1)
        ).first()
        if first is not None:
            found.append(Oldest(first.number, first.last_at))
    return min(found, key=lambda one: (one.since, one.number), default=None)


def _median(days: Counter[date]) -> date | None:
    """The day of the conversation in the middle; of two in the middle the older."""
    middle, passed = (days.total() + 1) // 2, 0
    for day in sorted(days):
        passed += days[day]
        if passed >= middle:
            return day
    return None
