"""Marks that explain: a clock for holding, dotted lines, a right angle."""

from __future__ import annotations

from collections.abc import Sequence

from lab.pictures.geometry import disc, point, straight, toward
from lab.pictures.inks import DARK, MOVE
from lab.pictures.svg import Ink, line, shape


def clock(*, at: Sequence[float], radius: float = 24) -> str:
    """A small clock: hold on."""
    centre = point(at)
    ticks = [
        line(straight([centre + toward(turn) * radius * part for part in (0.74, 0.86)]), DARK, 2.5)
        for turn in range(0, 360, 90)
    ]
    hands = [[centre + toward(-90) * radius * 0.6, centre, centre + toward(20) * radius * 0.5]]
    return "\n".join(
        [
            shape([disc(centre, radius)], Ink(MOVE, "#ffffff", 4)),
            *ticks,
            *(line(straight(hand), MOVE, 4) for hand in hands),
        ]
    )


def dotted(*, through: Sequence[Sequence[float]]) -> str:
    """A dotted line."""
    return line(straight([point(one) for one in through]), MOVE, 4, "0.1 9")


def right_angle(*, at: Sequence[float], size: float = 16) -> str:
    """The mark of a right angle: an upright and a level line with a small square between them."""
    corner = point(at)
    square = [corner + size, corner + size - size * 1j, corner - size * 1j]
    return line(straight(square), MOVE, 3.5)
