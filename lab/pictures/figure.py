"""A person from the side, looking right: joints and limbs from where hip, feet and hands are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lab.pictures.geometry import capsule, disc, point, raised, smooth, toward
from lab.pictures.inks import DARK, SHIRT, SKIN
from lab.pictures.limbs import arm, leg
from lab.pictures.svg import line, shape

# Lengths of a grown-up at size 1: about 200 from crown to sole.
TRUNK, HEAD = 60.0, 14.0


@dataclass(frozen=True)
class Body:
    """Hip, shoulder and head of a person.

    Attributes:
        lean: degrees the trunk leans forward.
        look: degrees the face looks down.
    """

    hip: complex
    lean: float
    look: float
    size: float

    @property
    def shoulder(self) -> complex:
        """The top of the trunk, where the arms hang."""
        return self.hip + toward(self.lean - 90) * TRUNK * self.size

    @property
    def head(self) -> complex:
        """The middle of the head."""
        neck = self.lean * 0.6 + self.look * 0.3 + 6
        return self.shoulder + toward(neck - 90) * (HEAD + 12) * self.size


def person(
    *,
    hip: list[float],
    near: Mapping[str, Any],
    far: Mapping[str, Any],
    hands: Mapping[str, Any],
    lean: float = 0,
    look: float = 0,
    size: float = 1,
) -> str:
    """A whole person.

    Args:
        hip: where the hip is.
        near: the leg on this side: ``foot`` (see `lab.pictures.foot`) and ``tone``.
        far: the leg on the other side.
        hands: ``near`` and ``far``, see `lab.pictures.limbs.arm`.
        lean: degrees the trunk leans forward.
        look: degrees the face looks down.
        size: 1 for a person of 200.
    """
    body = Body(point(hip), lean, look, size)
    parts = [arm(body.shoulder, hands["far"], size) if "far" in hands else ""]
    parts.append(leg(hip=hip, size=size, **far))
    parts.append(_trunk(body))
    parts.append(_head(body))
    parts.append(leg(hip=hip, size=size, **near))
    parts.append(arm(body.shoulder, hands["near"], size) if "near" in hands else "")
    return "\n".join(part for part in parts if part)


def _trunk(body: Body) -> str:
    size, back = body.size, toward(body.lean + 180)
    chest = body.shoulder + (body.hip - body.shoulder) * 0.25
    seat = capsule(body.hip, body.hip + back * 2 * size, 13 * size, 12 * size)
    trunk = capsule(body.hip, chest, 12 * size, 13 * size)
    return shape([trunk, capsule(chest, body.shoulder, 13 * size, 8 * size), seat], SHIRT)


def _head(body: Body) -> str:
    size, turn = body.size, body.lean * 0.5 + body.look
    radius = HEAD * size

    def at(x: float, y: float) -> complex:
        return raised(body.head + complex(x, y) * radius, -turn, body.head)

    neck = capsule(body.shoulder, body.head, 5.5 * size, 5.5 * size)
    nose = smooth([at(0.8, -0.25), at(1.28, 0.2), at(0.85, 0.32), at(0.5, 0.1)])
    back = [at(0.7, -0.72), at(0, -1.08), at(-0.8, -0.76), at(-1.1, 0), at(-0.86, 0.6)]
    hair = smooth([*back, at(-0.55, 0.35), at(-0.4, -0.3), at(0.2, -0.5)])
    eye = line(smooth([at(0.5, -0.1), at(0.52, 0.02)], closed=False), DARK, 3.5 * size)
    mouth = line(smooth([at(0.45, 0.55), at(0.6, 0.57), at(0.76, 0.5)], closed=False), DARK, 2)
    skin = shape([neck, disc(body.head, radius), nose], SKIN)
    return skin + f'\n<path d="{hair}" fill="{DARK}"/>' + eye + mouth
