"""A foot from the side (toes to the right), hung on the ankle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lab.pictures.geometry import point, raised, smooth

LENGTH = 42.0  # of a foot at size 1

# In foot lengths, the ankle at 0.
BEHIND = (-0.09 - 0.12j, -0.16 + 0.02j, -0.27 + 0.16j, -0.23 + 0.27j, -0.12 + 0.30j)
ARCH = (0.02 + 0.295j, 0.15 + 0.28j, 0.28 + 0.295j, 0.42 + 0.30j)
TOES = (0.60 + 0.30j, 0.69 + 0.285j, 0.72 + 0.235j, 0.68 + 0.19j, 0.58 + 0.17j)
INSTEP = (0.42 + 0.115j, 0.26 + 0.02j, 0.14 - 0.06j, 0.08 - 0.12j)
KNUCKLE = 0.45 + 0.23j
REST = {"ankle": 0j, "heel": -0.14 + 0.30j, "ball": 0.42 + 0.30j, "tip": 0.66 + 0.30j}


@dataclass(frozen=True)
class Foot:
    """A foot in its place.

    Attributes:
        ankle: the joint that the shin ends in.
        up: degrees the toes stand higher than the heel; below 0 the heel is the higher.
        toes: degrees the toes are bent up at their knuckles; below 0 they curl.
        size: 1 for a foot of ``LENGTH``.
    """

    ankle: complex
    up: float
    toes: float
    size: float

    def place(self, local: complex) -> complex:
        """A point of the foot, given in foot lengths from the ankle, on the picture."""
        return raised(self.ankle + local * LENGTH * self.size, self.up, self.ankle)

    def outline(self) -> str:
        """The skin of the foot."""
        toes = [raised(one, self.toes, KNUCKLE) for one in TOES]
        return smooth([self.place(one) for one in (*BEHIND, *ARCH, *toes, *INSTEP)])

    def bone(self) -> str:
        """The ankle bone, a mark that shows where the foot turns."""
        marks = (-0.075 - 0.01j, -0.05 + 0.06j, 0.02 + 0.07j, 0.06 + 0.01j)
        return smooth([self.place(one) for one in marks], closed=False)


def foot(spec: Mapping[str, Any], size: float) -> Foot:
    """A foot that stands on a point.

    Args:
        spec: one of ``REST``'s names with where it is as ``[x, y]``, and ``up`` and ``toes``.
        size: how large the figure is.

    Raises:
        KeyError: no point of the foot is placed.
    """
    name = next((one for one in REST if one in spec), "")
    up = float(spec.get("up", 0))
    held = raised(REST[name] * LENGTH * size, up)
    return Foot(point(spec[name]) - held, up, float(spec.get("toes", 0)), size)
