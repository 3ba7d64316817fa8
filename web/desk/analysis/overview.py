"""All topics with what is known of each, the weak spots first. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desk.analysis.content import Content
from desk.analysis.counting import Counts, Thumbs
from desk.analysis.report import Measured

DOUBTED = 5
"""A share of few counts as if so many more had been fine: one thumb of one says little."""


@dataclass(frozen=True)
class Row:
    """A topic.

    Attributes:
        id: its id.
        title: its title.
        examples: how many it has.
        asked: in how many conversations of the period it was answered.
        recall: the share of its examples that are understood; None where nobody measured.
        precision: the share of what is taken for it that belongs to it.
        rated, down: how many of its answers were rated in the period, and how many down.
        turns: in how many turns of the period it was answered.
        asked_back: after how many messages likeliest about it Dorsi asked what was meant.
        left: how many messages without an answer are likeliest about it and wait for an editor.
    """

    id: str
    title: str
    examples: int
    asked: int
    recall: float | None
    precision: float | None
    rated: int
    down: int
    turns: int
    asked_back: int
    left: int

    @property
    def disliked(self) -> float | None:
        """The share of rated answers that were rated down; None where none was."""
        return self.down / self.rated if self.rated else None

    @property
    def clarified(self) -> float | None:
        """The share of messages about it after which Dorsi asked what was meant."""
        whole = self.turns + self.asked_back
        return self.asked_back / whole if whole else None

    @property
    def weakness(self) -> float:
        """How much goes wrong with it: four shares added up, each from 0 to 1.

        What was never measured counts as no fault.
        """
        return (
            (1 - self.recall if self.recall is not None else 0)
            + (1 - self.precision if self.precision is not None else 0)
            + self.down / (self.rated + DOUBTED)
            + self.asked_back / (self.turns + self.asked_back + DOUBTED)
        )


class Sort(NamedTuple):
    """An order: its column's title, and what it goes by; what is missing comes last."""

    title: str
    by: Callable[[Row], tuple[float, ...] | str]


def _least(value: float | None) -> tuple[float, ...]:
    return (2.0,) if value is None else (value,)


def _most(value: float | None) -> tuple[float, ...]:
    return (2.0,) if value is None else (-value,)


WEAK = "weak"
SORTS: Mapping[str, Sort] = {
    "title": Sort("Topic", lambda row: row.title.lower()),
    "examples": Sort("Examples", lambda row: (row.examples,)),
    "asked": Sort("Asked in", lambda row: (-row.asked,)),
    "recall": Sort("Understood", lambda row: _least(row.recall)),
    "precision": Sort("Rightly", lambda row: _least(row.precision)),
    "disliked": Sort("Thumbs down", lambda row: (*_most(row.disliked), -row.down)),
    "clarified": Sort("Asked back", lambda row: (*_most(row.clarified), -row.asked_back)),
    "left": Sort("Left to do", lambda row: (-row.left,)),
    WEAK: Sort("Weakest first", lambda row: (-row.weakness,)),
}


def rows(
    content: Content, counts: Counts, measured: Measured | None, sort: str = WEAK
) -> Sequence[Row]:
    """All topics in an order; an unknown one is that of the weakest first."""
    found = [
        Row(
            id=topic.id,
            title=topic.title,
            examples=topic.examples,
            asked=counts.conversations.get(topic.id, 0),
            recall=_share(measured, "recall", topic.id),
            precision=_share(measured, "precision", topic.id),
            rated=counts.thumbs.get(topic.id, Thumbs()).rated,
            down=counts.thumbs.get(topic.id, Thumbs()).down,
            turns=counts.turns.get(topic.id, 0),
            asked_back=counts.asked_back.get(topic.id, 0),
            left=counts.left.get(topic.id, 0),
        )
        for topic in content.topics.values()
    ]
    by = SORTS.get(sort, SORTS[WEAK]).by
    return sorted(sorted(found, key=lambda row: row.id), key=by)


def _share(measured: Measured | None, what: str, topic: str) -> float | None:
    found = getattr(measured, what).get(topic) if measured else None
    return found.value if found else None
