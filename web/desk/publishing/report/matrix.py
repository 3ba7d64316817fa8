"""What is taken for what, as a square of cells: plain numbers, which a template draws as SVG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desk.publishing.report.shape import Confused

CELL, LEFT, TOP, GAP = 30, 250, 26, 2
MOST = 20
"""So many labels at the most: of more nobody would see anything."""
LONGEST = 34
LOOKS = 4


@dataclass(frozen=True)
class Cell:
    """How often one thing is taken for another; `look` is from 1, few, to 4, many."""

    x: int
    y: int
    count: int
    look: int
    title: str


@dataclass(frozen=True)
class Name:
    """A row's name, and the number by which its column goes."""

    number: int
    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Matrix:
    """All that is drawn."""

    cells: Sequence[Cell]
    names: Sequence[Name]
    width: int
    height: int
    left_out: int


def matrix(confusion: Sequence[Confused], title: Callable[[str], str]) -> Matrix | None:
    """The square of those labels that are taken for each other most often; None if none are.

    Args:
        confusion: what is taken for what.
        title: what a label is called.
    """
    shown: list[str] = []
    kept: list[Confused] = []
    for one in sorted(confusion, key=lambda one: -one.count):
        new = [label for label in dict.fromkeys((one.label, one.taken_as)) if label not in shown]
        if len(shown) + len(new) <= MOST:
            shown += new
            kept.append(one)
    if not kept:
        return None
    labels = sorted(shown)
    most = max(one.count for one in kept)
    size = CELL * len(labels)
    return Matrix(
        cells=[
            Cell(
                x=LEFT + CELL * labels.index(one.taken_as),
                y=TOP + CELL * labels.index(one.label),
                count=one.count,
                look=max(1, -(-LOOKS * one.count // most)),
                title=f"{title(one.label)}, taken for {title(one.taken_as)}: {one.count}",
            )
            for one in kept
        ],
        names=[
            Name(at + 1, _short(title(label)), LEFT + CELL * at, TOP + CELL * at)
            for at, label in enumerate(labels)
        ],
        width=LEFT + size + GAP,
        height=TOP + size + GAP,
        left_out=len(confusion) - len(kept),
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
