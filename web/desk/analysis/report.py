"""What the checks of the live release found, as far as the analysis shows it. Pure.

`releases.figures` holds it (`gate/report.py`); what is missing or odd of it counts as not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

OVERALL = "overall"


@dataclass(frozen=True)
class Share:
    """A share of so many."""

    value: float
    of: int | None = None


@dataclass(frozen=True)
class Confusion:
    """How often examples of one topic are taken for another, with some of them."""

    label: str
    taken_for: str
    count: int
    before: int
    sentences: Sequence[str] = ()


@dataclass(frozen=True)
class Side:
    """A sentence that the release understands in another way than the one before it."""

    text: str
    label: str
    before: str
    after: str
    is_right: bool


@dataclass(frozen=True)
class Suspect:
    """An example that looks as if it belonged to another topic, and how likely that is."""

    text: str
    label: str
    likely: str
    probability: float


@dataclass(frozen=True)
class Measured:
    """What was measured.

    Attributes:
        recall: by topic, how many of its examples were understood, each while it was held out.
        precision: by topic, how many of those taken for it belong to it.
        overall: the recall of all.
        confusion: the pairs that are mixed up, the most frequent first.
        sides: what is understood in another way than before.
        suspect: examples that may stand in the wrong place, the likeliest first.
    """

    recall: Mapping[str, Share] = field(default_factory=dict)
    precision: Mapping[str, Share] = field(default_factory=dict)
    overall: Share | None = None
    confusion: Sequence[Confusion] = ()
    sides: Sequence[Side] = ()
    suspect: Sequence[Suspect] = ()


def read(figures: Any) -> Measured | None:
    """What a release says was measured; None where it says nothing."""
    if not isinstance(figures, dict) or not isinstance(figures.get("figures"), dict):
        return None
    groups = figures["figures"]
    recall = dict(_shares(groups.get("accuracy")))
    overall = recall.pop(OVERALL, None)
    precision = dict(_shares(groups.get("precision")))
    precision.pop(OVERALL, None)
    confusion = sorted(_confusions(figures), key=lambda one: (-one.count, one.label, one.taken_for))
    suspect = sorted(_suspects(figures), key=lambda one: (-one.probability, one.text))
    sides = list(_sides(figures))
    return Measured(recall, precision, overall, confusion, sides, suspect)


def _shares(group: Any) -> Iterator[tuple[str, Share]]:
    for label, one in group.items() if isinstance(group, dict) else ():
        value = one.get("after") if isinstance(one, dict) else None
        if isinstance(value, int | float) and 0 <= value <= 1:
            of = one.get("of")
            yield label, Share(float(value), of if isinstance(of, int) else None)


def _confusions(figures: Mapping[str, Any]) -> Iterator[Confusion]:
    for one in _rows(figures, "confusion"):
        match one:
            case {"label": str() as label, "as": str() as taken_for, "count": int() as count}:
                before, said = one.get("before"), one.get("sentences")
                yield Confusion(
                    label,
                    taken_for,
                    count,
                    before if isinstance(before, int) else 0,
                    [text for text in said if isinstance(text, str)]
                    if isinstance(said, list)
                    else (),
                )


def _sides(figures: Mapping[str, Any]) -> Iterator[Side]:
    for one in _rows(figures, "sides"):
        match one:
            case {
                "text": str() as text,
                "label": str() as label,
                "before": str() as before,
                "after": str() as after,
                "right_after": bool() as is_right,
            } if one.get("step", "understanding") == "understanding":
                yield Side(text, label, before, after, is_right)


def _suspects(figures: Mapping[str, Any]) -> Iterator[Suspect]:
    for one in _rows(figures, "suspect"):
        match one:
            case {
                "text": str() as text,
                "label": str() as label,
                "likely": str() as likely,
                "probability": int() | float() as probability,
            }:
                yield Suspect(text, label, likely, float(probability))


def _rows(figures: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    found = figures.get(name)
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict):
            yield one
