"""Things around the person: floor, chair, counter, wall, towel, marbles, bowl."""

from __future__ import annotations

from collections.abc import Sequence

from lab.pictures.geometry import capsule, disc, point, smooth, straight
from lab.pictures.inks import CLOTH, CLOTH_LIGHT, DARK, FURNITURE, WOOD, WOOD_LIGHT
from lab.pictures.svg import HEIGHT, WIDTH, Ink, banded, box, line, shape

MARBLE_COLOURS = ("#2f7fc1", "#f2cf63", "#6aa77a")


def floor(*, y: float) -> str:
    """The floor, from edge to edge."""
    return box(-9, y, WIDTH + 9, HEIGHT + 9, Ink(WOOD, "#f1f2f5", 1.5))


def wooden(start: complex, end: complex, width: float, rim: float) -> str:
    """A piece of a chair."""
    return banded(straight([start, end]), WOOD, WOOD_LIGHT, width, rim)


def chair(*, seat: float, back: float, front: float, floor: float, top: float) -> str:
    """A chair from the side, its back on the left.

    Args:
        seat: height of the seat's upper side.
        back: where the chair's back stands.
        front: where the seat ends.
        floor: where the legs stand.
        top: where the back ends.
    """
    legs = [
        wooden(complex(x, seat), complex(x + slant, floor - 3), 1.5, 2)
        for x, slant in ((back + 3, -6), (front - 6, 3))
    ]
    rest = wooden(complex(back, seat), complex(back - 6, top), 4, 3)
    plank = capsule(complex(back, seat + 4), complex(front, seat + 4), 4, 4)
    return "\n".join([*legs, rest, shape([plank], FURNITURE)])


def counter(*, left: float, top: float, floor: float, right: float = WIDTH + 9) -> str:
    """A kitchen counter."""
    return "\n".join(
        [
            box(left + 9, top + 5, right, floor, FURNITURE),
            box(left, top, right, top + 9, Ink(WOOD, "#c9cfda", 3)),
            line(straight([complex(left + 20, top + 30), complex(left + 20, top + 42)]), WOOD, 3.5),
        ]
    )


def wall(*, left: float, right: float, floor: float) -> str:
    """A wall, cut through."""
    return box(left, -9, right, floor, FURNITURE)


def towel(*, through: Sequence[Sequence[float]], width: float = 6) -> str:
    """A towel held taut: a band through points."""
    return banded(smooth([point(one) for one in through], False), CLOTH, CLOTH_LIGHT, width, 3)


def cloth(*, outline: Sequence[Sequence[float]], folds: Sequence[Sequence[Sequence[float]]]) -> str:
    """A towel that lies: its outline, and lines where it is folded."""
    ink = Ink(CLOTH, CLOTH_LIGHT, 3)
    lines = [line(smooth([point(one) for one in fold], False), CLOTH, 2.5) for fold in folds]
    return "\n".join([shape([smooth([point(one) for one in outline])], ink), *lines])


def marbles(*, at: Sequence[Sequence[float]], radius: float = 6) -> str:
    """Marbles."""
    drawn = []
    for index, place in enumerate(at):
        centre = point(place)
        colour = MARBLE_COLOURS[index % len(MARBLE_COLOURS)]
        drawn.append(shape([disc(centre, radius)], Ink(DARK, colour, 2.5)))
        shine = disc(centre + complex(-0.3, -0.35) * radius, radius * 0.28)
        drawn.append(f'<path d="{shine}" fill="#ffffff"/>')
    return "\n".join(drawn)


def bowl(*, at: Sequence[float], width: float = 60, height: float = 28) -> str:
    """A bowl that stands on ``at``."""
    foot, half = point(at), width / 2
    rim, base = foot - height * 1j, half * 0.4
    body = [
        rim - half,
        foot - half * 0.85 - height * 0.45j,
        foot - base,
        foot + base,
        foot + half * 0.85 - height * 0.45j,
        rim + half,
    ]
    return "\n".join(
        [
            shape([straight(body, closed=True)], Ink(WOOD, "#dfeaf3", 3.5)),
            line(straight([rim - half - 3, rim + half + 3]), WOOD, 5),
        ]
    )
