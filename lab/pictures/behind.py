"""A person who stands and holds the back of a chair, seen from behind: weight goes sideways."""

from __future__ import annotations

from lab.pictures.geometry import capsule, disc, smooth
from lab.pictures.inks import DARK, SHIRT, SHOES, SKIN, TONES, TROUSERS, WOOD, WOOD_LIGHT
from lab.pictures.svg import Ink, box, shape

CHAIR_BACK = Ink(WOOD, WOOD_LIGHT, 3)
HIP, SHOULDER, HEAD, HANDS = 104.0, 162.0, 190.0, 106.0  # heights above the floor


def person_behind(*, middle: float, floor: float, lean: float = 0, apart: float = 17) -> str:
    """A person from behind; the weak leg is the one on the right.

    Args:
        middle: halfway between the feet, from the left.
        floor: where the feet stand.
        lean: how far hip and trunk are shifted to the right.
        apart: how far each foot is from the middle.
    """
    ground = complex(middle, floor)
    hip, top = ground + lean - HIP * 1j, ground + lean * 1.15 - SHOULDER * 1j
    legs = [_leg(hip, ground, side, apart) for side in (-1, 1)]
    arms = [_arm(top, ground - HANDS * 1j, side) for side in (-1, 1)]
    return "\n".join([_chair(ground), *arms, _neck(top), *legs, _trunk(hip, top), _head(top)])


def _chair(ground: complex) -> str:
    x, floor = ground.real, ground.imag
    posts = [box(x + at - 4, floor - 98, x + at + 4, floor - 6, CHAIR_BACK) for at in (-46, 46)]
    rail = box(x - 52, floor - 106, x + 52, floor - 88, CHAIR_BACK)
    seat = box(x - 50, floor - 54, x + 50, floor - 46, CHAIR_BACK)
    return "\n".join([seat, *posts, rail])


def _leg(hip: complex, ground: complex, side: int, apart: float) -> str:
    tone = TONES["affected" if side > 0 else "sound"]
    start, ankle = hip + side * 11, ground + side * apart - 12j
    knee = (start + ankle) / 2
    shin = capsule(knee, ankle, 8, 5.5)
    shoe = [ankle + x + y * 1j for x, y in ((-7, -6), (-9, 6), (-8, 12), (8, 12), (9, 6), (7, -6))]
    return "\n".join(
        [
            shape([shin], tone),
            shape([smooth(shoe)], Ink(tone.line, SHOES[tone.line], tone.width)),
            shape([capsule(start, knee, 12, 10)], TROUSERS),
        ]
    )


def _arm(top: complex, rail: complex, side: int) -> str:
    shoulder, hand = top + side * 21, rail + side * 40
    elbow = (shoulder + hand) / 2 + side * 13 + 6j
    bare = [capsule(elbow, hand, 5, 4), disc(hand, 6)]
    return shape(bare, SKIN) + "\n" + shape([capsule(shoulder, elbow, 8, 6.5)], SHIRT)


def _trunk(hip: complex, top: complex) -> str:
    lower = [capsule(hip - 10 - 6j, hip + 10 - 6j, 13, 13), capsule(hip - 12j, top + 18j, 19, 20)]
    return shape([*lower, capsule(top - 16, top + 16, 9, 9)], SHIRT)


def _neck(top: complex) -> str:
    return shape([capsule(top, top - 24j, 6, 6)], SKIN)


def _head(top: complex) -> str:
    head = top - (HEAD - SHOULDER) * 1j
    ears = [disc(head - 15 + 2j, 3), disc(head + 15 + 2j, 3)]
    return shape(ears, SKIN) + "\n" + shape([disc(head, 13)], Ink(DARK, DARK, 3.5))
