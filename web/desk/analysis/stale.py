"""Content that may have gone stale: sources nobody opened, answers disliked and never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.analysis.content import Content, Topic
from desk.analysis.counting import Counts

DOWN, SHARE = 2, 0.2
"""So many thumbs down at least, and of those given so large a share, say that it is disliked."""
LONG = timedelta(days=90)
"""What was not changed for so long was not changed because of it."""


@dataclass(frozen=True)
class Source:
    """A source that nobody opened, and the topics that rest on it."""

    id: str
    title: str
    topics: Sequence[Topic]


@dataclass(frozen=True)
class Disliked:
    """A topic that is disliked; `changed` is when its file was last, None where nobody knows."""

    topic: Topic
    rated: int
    down: int
    changed: datetime | None


def sources(content: Content) -> list[Source]:
    """The sources that nobody opened, those that most rests on first."""
    found = [
        Source(id, title, [one for one in content.topics.values() if id in one.sources])
        for id, title in content.unverified.items()
    ]
    return sorted(found, key=lambda one: (-len(one.topics), one.id))


def disliked(content: Content, counts: Counts) -> list[Topic]:
    """The topics whose answers patients of a period disliked."""
    return [
        content.topics[id]
        for id, thumbs in counts.thumbs.items()
        if id in content.topics and thumbs.down >= DOWN and thumbs.down >= SHARE * thumbs.rated
    ]


def unchanged(
    topics: Iterable[Topic], counts: Counts, changed: Mapping[str, datetime], now: datetime
) -> list[Disliked]:
    """Of disliked topics, those that have long been as they are; the most disliked first.

    Args:
        topics: the disliked ones.
        counts: has their thumbs.
        changed: when each file was changed last, by its path.
        now: the present moment.
    """
    found = [
        Disliked(
            one, counts.thumbs[one.id].rated, counts.thumbs[one.id].down, changed.get(one.path)
        )
        for one in topics
        if one.path not in changed or now - changed[one.path] >= LONG
    ]
    return sorted(found, key=lambda one: (-one.down, one.topic.id))
