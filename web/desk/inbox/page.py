"""What the inbox's page shows, made of what the database gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, select

from desk import catalogue
from desk.inbox import listing, views
from desk.inbox.asked import Asked
from desk.inbox.filters import ANY, FILTERS, ME, NOBODY, OPEN, Around, Names
from desk.inbox.listing import Listing
from desk.inbox.views import View
from desk.review.reading import Person, reviewers
from records.people import User
from records.reviewing import Tag
from records.words import DOUBTED, Level, Status, Unfinished

_SHOWN = 3


@dataclass(frozen=True)
class Chip:
    """A filter that is on: what it says, and the search without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Found:
    """All that the page asks the database for."""

    listing: Listing
    count: int
    views: Sequence[View]
    people: Mapping[int, str]
    tags: Mapping[int, str]
    reviewers: Sequence[Person]


def found(db: Connection, asked: Asked, around: Around) -> Found:
    """Ask for it."""
    return Found(
        listing.listing(db, asked, around),
        listing.count(db, asked, around),
        views.views(db, around),
        {id: shown for id, shown in db.execute(select(User.id, User.shown))},
        {id: name for id, name in db.execute(select(Tag.id, Tag.name).order_by(Tag.name))},
        reviewers(db),
    )


def names(found: Found, data: Path) -> Names:
    """The names that values are shown by.

    Args:
        found: what the database gave.
        data: the folder of the content files.
    """
    file = data / "regions.yml"
    stamp = file.stat().st_mtime_ns if file.exists() else 0
    return Names(catalogue.recent(data), found.people, found.tags, _regions(file, stamp))


@lru_cache(maxsize=2)
def _regions(file: Path, stamp: int) -> tuple[str, ...]:
    """The regions there are, read anew only when their file has changed."""
    return tuple(yaml.safe_load(file.read_text(encoding="utf-8"))) if stamp else ()


def chips(asked: Asked, names: Names) -> list[Chip]:
    """The filters that are on."""
    return [
        Chip(
            f"{FILTERS[name].title}: {FILTERS[name].shown(value, names)}",
            asked.changed(**{name: None}),
        )
        for name, value in asked.values.items()
    ]


def choices(names: Names, people: Sequence[Person]) -> dict[str, list[tuple[str, str]]]:
    """By filter, the values to choose from, each with its words."""
    flags = names.catalogue.flags.items()
    return {
        "level": [(level.word, level.word) for level in reversed(Level)],
        "flag": sorted(((id, flag.title) for id, flag in flags), key=lambda one: one[1]),
        "topic": sorted(names.catalogue.topics.items(), key=lambda one: one[1]),
        "status": [(OPEN, "all that are not done")]
        + [(one.value, one.value.replace("_", " ")) for one in Status],
        "assignee": [(ME, "me"), (NOBODY, "nobody")] + [(str(one.id), one.shown) for one in people],
        "tag": [(str(id), name) for id, name in names.tags.items()],
        "unfinished": [(ANY, "anything")]
        + [(one.value, one.value.replace("_", " ")) for one in Unfinished],
        "region": [(region, region) for region in names.regions],
    }


@dataclass(frozen=True)
class Sign:
    """What makes a conversation worth a look, in a few words."""

    text: str
    is_bad: bool = False


@dataclass(frozen=True)
class Row:
    """A conversation of the list, in words; `more_topics` is how many stand there no more."""

    of: Any
    level: str
    age: str
    flags: Sequence[str]
    topics: Sequence[str]
    more_topics: int
    assignee: str
    signs: Sequence[Sign]


def rows(found: Found, names: Names, now: datetime) -> list[Row]:
    """The conversations of the page."""
    return [_row(one, found, names, now) for one in found.listing.rows]


def _row(one: Any, found: Found, names: Names, now: datetime) -> Row:
    topics = found.listing.topics.get(one.number, ())
    flags = found.listing.flags.get(one.number, ())
    return Row(
        of=one,
        level=Level(one.level).word,
        age=age(one.last_at, now),
        flags=[f"{names.catalogue.flag(flag)} ({Level(level).word})" for flag, level in flags],
        topics=[names.catalogue.title(topic) for topic in topics[:_SHOWN]],
        more_topics=max(0, len(topics) - _SHOWN),
        assignee=found.people.get(one.assignee, "") if one.assignee else "",
        signs=signs(one),
    )


def signs(one: Any) -> list[Sign]:
    """What makes a conversation worth a look, the worst first."""
    found = [
        (one.doubt >= DOUBTED, Sign(f"maybe missed: {one.doubt:.0%}", is_bad=True)),
        (one.disliked, Sign(f"{one.disliked} down", is_bad=True)),
        (one.fallbacks, Sign(f"{one.fallbacks} fallback{'s' * (one.fallbacks > 1)}")),
        (one.unfinished, Sign(f"unfinished: {(one.unfinished or '').replace('_', ' ')}")),
        (one.liked, Sign(f"{one.liked} up")),
    ]
    return [sign for is_there, sign in found if is_there]


def age(at: datetime, now: datetime) -> str:
    """How long ago something was, in words."""
    seconds = max(0.0, (now - at).total_seconds())
    for size, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            whole = int(seconds // size)
            return f"{whole} {word}{'s' * (whole > 1)} ago"
    return "just now"


def counted(count: int, most: int) -> str:
    """A count in words: exact up to `most`."""
    return f"{most:,}+" if count > most else f"{count:,}"
