"""Lower legs and feet from the front, as somebody opposite sees them."""

from __future__ import annotations

from collections.abc import Sequence

from lab.pictures.geometry import capsule, disc, point, raised, smooth, straight
from lab.pictures.inks import TONES
from lab.pictures.svg import line, shape

# In foot widths; the middle of the sole at 0, the big toe on the right.
DOME = (
    *(0.45 - 0.03j, 0.49 - 0.18j, 0.38 - 0.43j, 0.26 - 0.64j, 0.225 - 0.80j, 0.15 - 1.04j),
    *(-0.15 - 1.04j, -0.24 - 0.78j, -0.28 - 0.60j, -0.42 - 0.34j, -0.51 - 0.12j, -0.45 - 0.03j),
)
TOES = (
    *((-0.45 - 0.085j, 0.085), (-0.30 - 0.095j, 0.095), (-0.13 - 0.105j, 0.105)),
    *((0.07 - 0.115j, 0.115), (0.34 - 0.15j, 0.15)),
)
GAPS = (-0.32, -0.16, 0.0, 0.18)
ANKLE = -0.95j
NEAR = 50.0


def front_leg(
    *,
    knee: Sequence[float],
    sole: Sequence[float],
    tone: str = "sound",
    width: float = 60,
    tilt: float = 0,
    big_toe: str = "right",
) -> str:
    """A lower leg from the front.

    Args:
        knee: where it comes from.
        sole: the middle of the sole while it lies flat.
        tone: one of `lab.pictures.inks.TONES`.
        width: of the foot.
        tilt: degrees the sole leans with the clock: then the right edge stays on the floor.
        big_toe: on which side it is, "right" or "left".
    """
    flat, ink = point(sole), TONES[tone]
    edge = flat + width * 0.48 * (1 if tilt > 0 else -1)

    def at(local: complex) -> complex:
        side = local if big_toe == "right" else -local.conjugate()
        return raised(flat + side * width, -tilt, edge)

    shin = capsule(point(knee), at(ANKLE), width * 0.36, width * 0.19)
    body = shape([smooth([at(one) for one in DOME]), shin], ink)
    # Toes that are far away would be but thick lines: then only the gaps between them are drawn.
    if width < NEAR:
        toes = [line(straight([at(x - 0.03j), at(x - 0.16j)]), ink.line, 2) for x in GAPS]
    else:
        toes = [shape([disc(at(centre), radius * width)], ink) for centre, radius in TOES]
    return "\n".join([body, *toes])
