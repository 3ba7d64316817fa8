"""Legs, arms and hands from the side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lab.pictures.foot import Foot
from lab.pictures.foot import foot as placed
from lab.pictures.geometry import capsule, disc, joint, point, smooth, straight, toward, unit
from lab.pictures.inks import DARK, SHIRT, SHOES, SKIN, TONES, TROUSERS
from lab.pictures.svg import Ink, line, shape

# Lengths of a grown-up at size 1.
THIGH, SHIN, UPPER_ARM, FOREARM = 50.0, 50.0, 33.0, 31.0
KNEE_FORWARD, ELBOW_BACK = 1, -1


def leg(
    *,
    hip: list[float],
    foot: Mapping[str, Any],
    tone: str = "sound",
    size: float = 1,
    knee: list[float] | None = None,
    shoe: bool = False,
) -> str:
    """A leg.

    Args:
        hip: where it starts.
        foot: where it stands, see `lab.pictures.foot`.
        tone: one of `lab.pictures.inks.TONES`.
        size: how large the figure is.
        knee: where the knee is, for a leg that points partly towards us.
        shoe: whether the foot wears one.
    """
    start, standing = point(hip), placed(foot, size)
    bent = joint(start, standing.ankle, THIGH * size, SHIN * size, KNEE_FORWARD)
    middle = point(knee) if knee else bent
    upper = shape([capsule(start, middle, 12 * size, 9.5 * size)], TROUSERS)
    return _below(middle, standing, tone, shoe) + "\n" + upper


def lower_leg(
    *, knee: list[float], foot: Mapping[str, Any], tone: str = "sound", size: float = 1
) -> str:
    """A lower leg by itself, such as the ghost of where it was before."""
    return _below(point(knee), placed(foot, size), tone, shoe=False)


def thigh(*, hip: list[float], knee: list[float], size: float = 1) -> str:
    """An upper leg by itself."""
    return shape([capsule(point(hip), point(knee), 12 * size, 9.5 * size)], TROUSERS)


def _below(knee: complex, standing: Foot, tone: str, shoe: bool) -> str:
    """The lower leg, bare, with its foot."""
    bare = [_shin(knee, standing), standing.outline()]
    ink = TONES[tone]
    if shoe:
        return (
            shape(bare, ink)
            + "\n"
            + shape([standing.outline()], Ink(ink.line, SHOES[ink.line], ink.width))
        )
    return shape(bare, ink) + "\n" + line(standing.bone(), ink.line, 2.5, ink.dash)


def _shin(knee: complex, standing: Foot) -> str:
    """Knee to ankle, straight before and with the calf behind."""
    size, along = standing.size, standing.ankle - knee
    behind = unit(along) * 1j * size
    sides = ((0, -7.5), (0.3, -6.5), (0.7, -4.6), (1, -4.4), (1.03, 0), (1, 4.4), (0.72, 4.8))
    calf = ((0.45, 8), (0.25, 8.8), (0.08, 7.6), (-0.06, 5), (-0.1, 0), (-0.06, -5))
    return smooth([knee + along * part + behind * out for part, out in (*sides, *calf)])


def arm(shoulder: complex, hand: Mapping[str, Any], size: float) -> str:
    """An arm that reaches a point.

    Args:
        shoulder: where it starts.
        hand: ``at``: where the palm is; ``point``: which way the fingers point, otherwise as the
            arm does; ``bend``: -1 for an elbow behind, 1 before; the rest as in `held`.
        size: how large the figure is.
    """
    at = point(hand["at"])
    fingers = toward(hand["point"]) if "point" in hand else unit(at - shoulder)
    wrist = at - fingers * 5 * size
    bend = int(hand.get("bend", ELBOW_BACK))
    elbow = joint(shoulder, wrist, UPPER_ARM * size, FOREARM * size, bend)
    sleeve = capsule(shoulder, elbow, 8 * size, 6.2 * size)
    forearm = capsule(elbow, wrist, 5.2 * size, 3.8 * size)
    return _hand(at, fingers, size, hand, [forearm]) + "\n" + shape([sleeve], SHIRT)


def held(
    *,
    at: list[float],
    point: float,
    size: float = 1,
    thumb: int = 1,
    grip: bool = False,
    elbow: list[float] | None = None,
) -> str:
    """A hand by itself, over what it holds.

    Args:
        at: where the palm is.
        point: which way the fingers point.
        size: how large the figure is.
        thumb: on which side the thumb is, 1 or -1.
        grip: whether the fingers close round something.
        elbow: where the forearm comes from, if it is to be seen.
    """
    palm, fingers = complex(*at), toward(point)
    wrist = palm - fingers * 5 * size
    forearm = [capsule(complex(*elbow), wrist, 5.2 * size, 3.8 * size)] if elbow else []
    return _hand(palm, fingers, size, {"thumb": thumb, "grip": grip}, forearm)


def mitten(palm: complex, fingers: complex, size: float, thumb: int) -> list[str]:
    """A flat hand: palm, fingers together, and the thumb on the side ``thumb`` (1 or -1)."""
    wrist, side = palm - fingers * 5 * size, fingers * -1j * thumb
    return [
        capsule(wrist, palm, 4 * size, 5 * size),
        capsule(palm, palm + fingers * 7 * size, 4.8 * size, 3 * size),
        capsule(palm, palm + fingers * 4 * size + side * 7 * size, 2.6 * size, 2 * size),
    ]


def _hand(
    palm: complex, fingers: complex, size: float, how: Mapping[str, Any], more: list[str]
) -> str:
    thumb = int(how.get("thumb", 1))
    if not how.get("grip"):
        return shape([*more, *mitten(palm, fingers, size, thumb)], SKIN)
    side = fingers * -1j * thumb
    fist = [capsule(palm - fingers * 5 * size, palm, 4 * size, 5 * size)]
    fist.append(disc(palm + fingers * 2 * size, 6 * size))
    fist.append(capsule(palm, palm + fingers * 4 * size + side * 7 * size, 2.6 * size, 2 * size))
    lines = [
        line(straight([one, one - side * 4 * size]), DARK, max(1.5, 1.1 * size))
        for one in (palm + fingers * step * size - side * 1.5 * size for step in (-0.5, 2, 4.5))
    ]
    return "\n".join([shape([*more, *fist], SKIN), *lines])
