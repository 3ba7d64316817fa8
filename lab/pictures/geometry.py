"""Points, joints and outlines. A point is a complex number: x to the right, y down."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence


def point(at: Sequence[float]) -> complex:
    """``[x, y]`` as a point."""
    x, y = at
    return complex(x, y)


def toward(degrees: float) -> complex:
    """The step of length one in a direction: 0 is right, 90 is down."""
    return cmath.rect(1, math.radians(degrees))


def raised(at: complex, degrees: float, about: complex = 0j) -> complex:
    """``at`` turned against the clock, as toes turn that lift when they point right."""
    return about + (at - about) * toward(-degrees)


def unit(step: complex) -> complex:
    """A step's direction; to the right for a step of no length."""
    return step / abs(step) if step else 1 + 0j


def joint(start: complex, end: complex, first: float, second: float, side: int) -> complex:
    """Where the knee or elbow is between two fixed ends.

    Args:
        start: hip or shoulder.
        end: ankle or wrist.
        first: length from ``start`` to the joint.
        second: length from the joint to ``end``.
        side: 1 bends the way a knee does of who looks right, -1 the way an elbow does.
    """
    apart = abs(end - start)
    along = unit(end - start)
    if apart >= first + second:
        return start + along * apart * first / (first + second)
    run = (first**2 - second**2 + apart**2) / (2 * apart)
    height = math.sqrt(max(0.0, first**2 - run**2))
    return start + along * run + along * -1j * height * side


def number(value: float) -> str:
    """A number as short as the picture needs it."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("0.", ".") if abs(value) < 1 else text


def spot(at: complex) -> str:
    """A point as a path writes it."""
    return f"{number(at.real)} {number(at.imag)}"


def capsule(start: complex, end: complex, wide: float, narrow: float) -> str:
    """The outline of a limb, round at both ends: ``wide`` and ``narrow`` are its half widths."""
    apart = abs(end - start)
    if apart <= abs(wide - narrow):
        return disc(start if wide >= narrow else end, max(wide, narrow))
    turn = cmath.rect(1, math.acos((wide - narrow) / apart))
    along = unit(end - start)
    a, b = along * turn, along / turn
    far_large, near_large = int(narrow > wide), int(wide > narrow)
    return (
        f"M{spot(start + wide * a)}L{spot(end + narrow * a)}"
        f"A{number(narrow)} {number(narrow)} 0 {far_large} 0 {spot(end + narrow * b)}"
        f"L{spot(start + wide * b)}"
        f"A{number(wide)} {number(wide)} 0 {near_large} 0 {spot(start + wide * a)}Z"
    )


def disc(centre: complex, radius: float) -> str:
    """A circle as a path, turning the same way as every other outline."""
    left, right = spot(centre - radius), spot(centre + radius)
    arc = f"A{number(radius)} {number(radius)} 0 1 0"
    return f"M{left}{arc} {right}{arc} {left}Z"


def smooth(points: Sequence[complex], closed: bool = True) -> str:
    """A curve through all points; a closed one turns the same way as every other outline."""
    ring = list(points)
    if closed and _clockwise(ring):
        ring.reverse()
    count = len(ring)

    def at(index: int) -> complex:
        return ring[index % count] if closed else ring[min(max(index, 0), count - 1)]

    parts = [f"M{spot(ring[0])}c"]
    for index in range(count if closed else count - 1):
        here, after = at(index), at(index + 1)
        leave = here + (after - at(index - 1)) / 6
        arrive = after - (at(index + 2) - here) / 6
        # From where the pen really is, so that what rounding takes away does not add up.
        pen = _rounded(here)
        parts.append(" ".join(spot(_rounded(one) - pen) for one in (leave, arrive, after)))
    text = parts[0] + " ".join(parts[1:]).replace(" -", "-")
    return text + ("Z" if closed else "")


def straight(points: Sequence[complex], closed: bool = False) -> str:
    """A line from point to point."""
    return "M" + "L".join(spot(one) for one in points) + ("Z" if closed else "")


def _rounded(at: complex) -> complex:
    return complex(round(at.real, 1), round(at.imag, 1))


def _clockwise(ring: Sequence[complex]) -> bool:
    following = [*ring[1:], ring[0]]
    return sum((a.conjugate() * b).imag for a, b in zip(ring, following, strict=True)) > 0
