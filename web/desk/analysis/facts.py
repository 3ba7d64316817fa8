"""Which facts patients reach: by the topics that state them, and how those are understood. Pure.

`docs/coverage.md` tells the same of messages that nobody trained on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.analysis.content import Content, Topic
from desk.analysis.counting import Counts
from desk.analysis.report import Measured


@dataclass(frozen=True)
class Stating:
    """A topic that states a fact, and in how many conversations it was answered."""

    topic: Topic
    asked: int


@dataclass(frozen=True)
class Fact:
    """A fact.

    Attributes:
        id: its id.
        text: what Dorsi must be able to say.
        topics: those that state it.
        reached: the share of these topics' examples that are understood; None where nobody
            measured.
    """

    id: str
    text: str
    topics: Sequence[Stating]
    reached: float | None

    @property
    def turns(self) -> int:
        """In how many conversations these topics were answered, one of two topics counted twice."""
        return sum(one.asked for one in self.topics)


def facts(content: Content, counts: Counts, measured: Measured | None) -> list[Fact]:
    """All facts: first those that no topic states, then those that are reached least."""
    found = []
    for id, text in content.facts.items():
        stating = [topic for topic in content.topics.values() if id in topic.facts]
        found.append(
            Fact(
                id,
                text,
                [Stating(topic, counts.conversations.get(topic.id, 0)) for topic in stating],
                _reached(stating, measured),
            )
        )
    return sorted(
        found,
        key=lambda fact: (bool(fact.topics), 2.0 if fact.reached is None else fact.reached),
    )


def _reached(stating: Sequence[Topic], measured: Measured | None) -> float | None:
    """Of all examples of some topics, the share that is understood."""
    shares = (
        [measured.recall[one.id] for one in stating if one.id in measured.recall]
        if measured
        else []
    )
    counted = sum(share.of or 1 for share in shares)
    return sum(share.value * (share.of or 1) for share in shares) / counted if counted else None
