"""Topics that nobody was answered with in a period. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.analysis.content import Content, Topic
from desk.analysis.counting import Counts, Since


@dataclass(frozen=True)
class Unused:
    """A topic, and when it was answered last; None if never."""

    topic: Topic
    answered: datetime | None


def unanswered(content: Content, counts: Counts) -> list[Topic]:
    """The topics that were answered in no conversation of a period."""
    return [topic for topic in content.topics.values() if topic.id not in counts.conversations]


def unused(topics: Sequence[Topic], since: Since) -> list[Unused]:
    """Those topics, first those that were never answered, then by when they were last."""
    found = [Unused(topic, since.answered.get(topic.id)) for topic in topics]
    return sorted(
        found,
        key=lambda one: (one.answered is not None, one.answered or since.asked, one.topic.id),
    )
