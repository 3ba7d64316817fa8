"""Counts of conversations in a period: from the index's tables, a few queries, no messages.

A conversation belongs to the day (UTC) of its last message.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, String, cast, func, select, type_coerce
from sqlalchemy import Date as SqlDate

from desk.figures.period import Period
from records.conversations import Conversation, ConversationFlag, ConversationTopic, Unanswered

TOPICS_SHOWN = 20


class Sums(NamedTuple):
    """What is added up over conversations.

    `conversations`, `with_fallback` and `with_dislike` count conversations; all else counts what
    happened in them.
    """

    conversations: int = 0
    turns: int = 0
    answered: int = 0
    clarified: int = 0
    fallbacks: int = 0
    liked: int = 0
    disliked: int = 0
    exercises_begun: int = 0
    exercises_done: int = 0
    with_fallback: int = 0
    with_dislike: int = 0

    @property
    def rated(self) -> int:
        """How many thumbs were given, up or down."""
        return self.liked + self.disliked


@dataclass(frozen=True)
class Daily:
    """The sums of each day and level, of a period and the one before it."""

    cells: Mapping[date, Mapping[int, Sums]]

    def total(self, period: Period, level: int | None = None) -> Sums:
        """All that happened in a period, or only in conversations of one level."""
        found = [
            sums
            for day in period
            for of, sums in self.cells.get(day, {}).items()
            if level is None or of == level
        ]
        return Sums(*map(sum, zip(*found, strict=True))) if found else Sums()


def daily(connection: Connection, period: Period) -> Daily:
    """The sums by day and level, of a period and the one before it."""
    whole = Period(period.previous.first, period.last)
    row = Conversation
    sums = (
        func.count(),
        *(
            func.sum(column)
            for column in (
                *(row.turns, row.answered, row.clarified, row.fallbacks, row.liked, row.disliked),
                *(row.exercises_begun, row.exercises_done),
            )
        ),
        _number_of(row.fallbacks > 0),
        _number_of(row.disliked > 0),
    )
    day = day_of(connection).label("day")
    asked = select(day, row.level, *sums).where(_within(whole)).group_by(day, row.level)
    cells: dict[date, dict[int, Sums]] = {}
    for found, level, *values in connection.execute(asked):
        of_day = cells.setdefault(date.fromisoformat(str(found)), {})
        of_day[level] = Sums(*map(int, values))
    return Daily(cells)


@dataclass(frozen=True)
class Kinds:
    """How many conversations of a period have each region, release and unfinished talk."""

    regions: Mapping[str, int]
    releases: Mapping[str | None, int]
    unfinished: Mapping[str, int]


def kinds(connection: Connection, period: Period) -> Kinds:
    """The conversations of a period by what they have one of each."""
    row = Conversation
    asked = (
        select(row.region, row.release, row.unfinished, func.count())
        .where(_within(period))
        .group_by(row.region, row.release, row.unfinished)
    )
    regions: Counter[str] = Counter()
    releases: Counter[str | None] = Counter()
    unfinished: Counter[str] = Counter()
    for region, release, left, count in connection.execute(asked):
        regions[region] += count
        releases[release] += count
        if left:
            unfinished[left] += count
    return Kinds(_ordered(regions), _ordered(releases), _ordered(unfinished))


@dataclass(frozen=True)
class FlagCount:
    """In how many conversations a patient was told of a red flag, by its level there."""

    flag: str
    levels: Mapping[int, int]

    @property
    def conversations(self) -> int:
        """At any level."""
        return sum(self.levels.values())


def flags(connection: Connection, period: Period) -> list[FlagCount]:
    """The red flags of a period, the most frequent first."""
    row = ConversationFlag
    asked = (
        select(row.flag, row.level, func.count())
        .join(Conversation, Conversation.number == row.number)
        .where(_within(period))
        .group_by(row.flag, row.level)
    )
    found: dict[str, dict[int, int]] = {}
    for flag, level, count in connection.execute(asked):
        found.setdefault(flag, {})[level] = count
    counts = [FlagCount(flag, levels) for flag, levels in found.items()]
    return sorted(counts, key=lambda one: (-one.conversations, one.flag))


def topics(connection: Connection, period: Period) -> list[tuple[str, int]]:
    """The topics answered most, and in how many conversations of a period."""
    row, count = ConversationTopic, func.count()
    asked = (
        select(row.topic, count)
        .join(Conversation, Conversation.number == row.number)
        .where(_within(period))
        .group_by(row.topic)
        .order_by(count.desc(), row.topic)
        .limit(TOPICS_SHOWN)
    )
    return [(topic, number) for topic, number in connection.execute(asked)]


def unanswered_kinds(connection: Connection, period: Period) -> Mapping[str, int]:
    """How many messages of a period had no answer, by what was said instead."""
    asked = (
        select(Unanswered.kind, func.count())
        .where(Unanswered.at >= period.begin, Unanswered.at < period.end)
        .group_by(Unanswered.kind)
    )
    return {kind: count for kind, count in connection.execute(asked)}


def day_of(connection: Connection) -> ColumnElement[str] | ColumnElement[date]:
    """The day (UTC) of a conversation's last message, as its database tells it."""
    if connection.dialect.name == "sqlite":
        # Moments are kept as text there, in UTC, the day first.
        return func.substr(type_coerce(Conversation.last_at, String), 1, 10)
    return cast(func.timezone("UTC", Conversation.last_at), SqlDate)


def _within(period: Period) -> ColumnElement[bool]:
    return (Conversation.last_at >= period.begin) & (Conversation.last_at < period.end)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _ordered[K: str | None](counts: Counter[K]) -> Mapping[K, int]:
    """The most frequent first, then by name."""
    pairs: Iterable[tuple[K, int]] = counts.items()
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0] or "")))
