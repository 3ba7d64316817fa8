"""A person who sits and looks at us."""

from __future__ import annotations

from collections.abc import Sequence

from lab.pictures.front import front_leg
from lab.pictures.geometry import capsule, disc, point, smooth, straight
from lab.pictures.inks import DARK, FURNITURE, SHIRT, SKIN, TROUSERS
from lab.pictures.limbs import mitten
from lab.pictures.props import wooden
from lab.pictures.svg import box, line, shape


def facing(
    *, middle: float, floor: float, left_hand: Sequence[float], right_hand: Sequence[float]
) -> str:
    """A person on a chair, seen from the front; the weak leg is the one on the left.

    Args:
        middle: where the middle of the body is, from the left.
        floor: where the feet stand.
        left_hand: the palm of the hand on the left, from the middle of the seat.
        right_hand: that of the hand on the right.
    """
    seat = complex(middle, floor - 72)
    legs = [_leg(seat, -1, "affected"), _leg(seat, 1, "sound")]
    arms = [_arm(seat, -1, point(left_hand)), _arm(seat, 1, point(right_hand))]
    return "\n".join([_chair(seat, floor), _trunk(seat), _head(seat), *legs, *arms])


def _chair(seat: complex, floor: float) -> str:
    posts = [wooden(seat + x, complex(seat.real + x * 1.05, floor - 3), 3, 2) for x in (-43, 43)]
    rest = box(seat.real - 44, seat.imag - 92, seat.real + 44, seat.imag - 8, FURNITURE)
    plank = box(seat.real - 48, seat.imag - 8, seat.real + 48, seat.imag + 4, FURNITURE)
    return "\n".join([rest, *posts, plank])


def _trunk(seat: complex) -> str:
    chest = seat - 74j
    outline = [
        capsule(seat - 14 - 14j, chest - 15, 14, 13),
        capsule(seat + 14 - 14j, chest + 15, 14, 13),
        capsule(chest - 15, chest + 15, 13, 13),
        capsule(seat - 15j, chest, 20, 20),
    ]
    return shape(outline, SHIRT)


def _head(seat: complex) -> str:
    head = seat - 112j
    skin = [
        capsule(seat - 84j, head, 7, 7),
        disc(head, 18),
        disc(head - 18 + 2j, 3.5),
        disc(head + 18 + 2j, 3.5),
    ]
    hair = [head - 18 - 4j, head - 14 - 14j, head - 20j, head + 14 - 14j, head + 18 - 4j]
    fringe = [head + 11 - 9j, head - 2 - 8j, head - 12 - 9j]
    face = [line(straight([head + x - 0.5j, head + x + 1j]), DARK, 4) for x in (-6.5, 6.5)]
    smile = line(smooth([head - 5 + 8j, head + 9.5j, head + 5 + 8j], closed=False), DARK, 2.5)
    return "\n".join(
        [shape(skin, SKIN), f'<path d="{smooth([*hair, *fringe])}" fill="{DARK}"/>', *face, smile]
    )


def _leg(seat: complex, side: int, tone: str) -> str:
    knee = seat + side * 28 + 2j
    below = front_leg(
        knee=[knee.real, knee.imag],
        sole=[knee.real + side * 2, seat.imag + 72],
        tone=tone,
        width=31,
        big_toe="right" if side < 0 else "left",
    )
    return below + "\n" + shape([capsule(seat + side * 17 - 14j, knee, 14, 13)], TROUSERS)


def _arm(seat: complex, side: int, hand: complex) -> str:
    shoulder, palm = seat + side * 29 - 74j, seat + hand
    elbow = seat + side * 43 - 34j
    along = (palm - elbow) / abs(palm - elbow)
    wrist = palm - along * 7
    bare = [capsule(elbow, wrist, 7, 5), *mitten(palm, along, 1.25, 1)]
    return shape(bare, SKIN) + "\n" + shape([capsule(shoulder, elbow, 11, 8.5)], SHIRT)
