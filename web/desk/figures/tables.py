"""The tables of the figures: what stands in them, and where their numbers lead.

A number that counts conversations leads to just those in the inbox; other numbers lead nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.catalogue import Catalogue
from desk.figures.backlog import Backlog
from desk.figures.counting import Daily, FlagCount, Kinds
from desk.figures.links import inbox
from desk.figures.period import Period
from records.words import Level, Status

TOLD = (Level.EMERGENCY, Level.URGENT, Level.SOON)
NOT_NAMED = "not noted"
NOTHING = "none"

# Lines of the overview: the name, the field of the sums, and what narrows the inbox down to it.
CONVERSATIONS: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("Conversations", "conversations", {}),
    ("… with an “I do not know”", "with_fallback", {"fallbacks": "1"}),
    ("… with thumbs down", "with_dislike", {"disliked": "1"}),
)
# The same of what happened in conversations, and of what it is a share.
HAPPENED = (
    ("Turns", "turns", "turns"),
    ("… answered", "answered", "turns"),
    ("… asked back (clarified)", "clarified", "turns"),
    ("… “I do not know” (fallback)", "fallbacks", "turns"),
    ("Thumbs up", "liked", "rated"),
    ("Thumbs down", "disliked", "rated"),
    ("Exercises begun", "exercises_begun", "exercises_begun"),
    ("… done to the end", "exercises_done", "exercises_begun"),
)


@dataclass(frozen=True)
class Number:
    """A number, and the conversations that it counts, if it counts any.

    `value` is None where there is nothing to tell, such as a share of nothing.
    """

    value: float | None
    link: str = ""
    share: bool = False

    @property
    def shown(self) -> str:
        """What people read."""
        if self.value is None:
            return NOTHING
        return f"{self.value * 100:.1f}%" if self.share else f"{self.value:,.0f}"


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is about, and its numbers."""

    name: str
    numbers: Sequence[Number]


@dataclass(frozen=True)
class Table:
    """A table; `key` names it in addresses."""

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Row]


def overview(daily: Daily, period: Period) -> Table:
    """What happened in a period, beside the one before."""
    periods = (period, period.previous)
    sums = [daily.total(one) for one in periods]
    rows = [
        _compared(
            name,
            [getattr(one, field) for one in sums],
            [one.conversations for one in sums],
            [inbox(one, **filters) for one in periods],
        )
        for name, field, filters in CONVERSATIONS
    ]
    rows += [
        _compared(
            f"… told: {level.word}",
            [daily.total(one, level).conversations for one in periods],
            [one.conversations for one in sums],
            [inbox(one, level=level.word) for one in periods],
        )
        for level in TOLD
    ]
    rows += [
        _compared(
            name, [getattr(one, field) for one in sums], [getattr(one, of) for one in sums], None
        )
        for name, field, of in HAPPENED
    ]
    return Table("overview", "In short", ("", "Now", "Share", "Before", "Share before"), rows)


def days(daily: Daily, period: Period) -> Table:
    """The same for each day or week."""
    rows = []
    for column in period.columns():
        total = daily.total(column)
        levels = [
            Number(daily.total(column, level).conversations, inbox(column, level=level.word))
            for level in TOLD
        ]
        rows.append(
            Row(
                named(column),
                [
                    Number(total.conversations, inbox(column)),
                    Number(total.turns),
                    Number(total.answered),
                    Number(total.clarified),
                    Number(total.fallbacks),
                    share(total.fallbacks, total.turns),
                    *levels,
                    Number(total.liked),
                    Number(total.disliked),
                ],
            )
        )
    head = (
        "Day" if period.columns()[0].days == 1 else "Week",
        *("Conversations", "Turns", "Answered", "Clarified", "Fallback", "Share"),
        *(level.word.capitalize() for level in TOLD),
        *("Thumbs up", "Thumbs down"),
    )
    return Table("days", "By day", head, rows)


def flags(found: Sequence[FlagCount], period: Period, known: Catalogue) -> Table:
    """The red flags that patients were told of."""
    rows = [
        Row(
            known.flag(one.flag),
            [
                Number(one.conversations, inbox(period, flag=one.flag)),
                *(Number(one.levels.get(level, 0)) for level in TOLD),
            ],
        )
        for one in found
    ]
    head = ("Red flag", "Conversations", *(f"as {level.word}" for level in TOLD))
    return Table("flags", "Red flags", head, rows)


def topics(found: Sequence[tuple[str, int]], period: Period, known: Catalogue) -> Table:
    """The topics answered most."""
    rows = [
        Row(known.title(topic), [Number(count, inbox(period, topic=topic))])
        for topic, count in found
    ]
    return Table("topics", "Topics answered most", ("Topic", "Conversations"), rows)


def regions(found: Kinds, period: Period) -> Table:
    """Where patients are."""
    rows = [
        Row(region, [Number(count, inbox(period, region=region))])
        for region, count in found.regions.items()
    ]
    return Table("regions", "Regions", ("Region", "Conversations"), rows)


def releases(found: Kinds) -> Table:
    """Which release answered last in a conversation."""
    rows = [Row(release or NOT_NAMED, [Number(count)]) for release, count in found.releases.items()]
    return Table("releases", "Releases", ("Release", "Conversations"), rows)


def unfinished(found: Kinds, period: Period) -> Table:
    """What was begun and not ended."""
    rows = [
        Row(kind.replace("_", " "), [Number(count, inbox(period, unfinished=kind))])
        for kind, count in found.unfinished.items()
    ]
    return Table("unfinished", "Begun and not ended", ("", "Conversations"), rows)


def reviews(found: Backlog) -> Table:
    """What waits for review now, by status and level."""
    rows = []
    for status in Status:
        levels = [
            Number(
                found.counts.get((status, level), 0),
                inbox(status=str(status), level=level.word),
            )
            for level in (*TOLD, Level.NONE)
        ]
        total = Number(found.of_status(status), inbox(status=str(status)))
        rows.append(Row(str(status).replace("_", " "), [total, *levels]))
    head = ("Status", "Conversations", *(level.word.capitalize() for level in (*TOLD, Level.NONE)))
    return Table("reviews", "Reviews", head, rows)


def share(part: int, whole: int) -> Number:
    """A share; of nothing there is none."""
    return Number(part / whole if whole else None, share=True)


def named(column: Period) -> str:
    """A day, or a week by its first."""
    return f"{column.first.day} {column.first:%b %Y}"


def _compared(
    name: str, counts: Sequence[int], wholes: Sequence[int], links: Sequence[str] | None
) -> Row:
    """A line with a number and its share, for each of the two periods."""
    numbers: list[Number] = []
    for count, whole, link in zip(counts, wholes, links or ("", ""), strict=True):
        numbers += [Number(count, link), share(count, whole)]
    return Row(name, numbers)
