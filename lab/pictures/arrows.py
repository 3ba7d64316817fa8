"""Arrows: which way to move."""

from __future__ import annotations

from collections.abc import Sequence

from lab.pictures.geometry import point, spot, straight, unit
from lab.pictures.inks import MOVE
from lab.pictures.svg import line

THICK, HALO, HEAD = 5.0, 10.0, 13.0


def arrow(
    *, start: Sequence[float], end: Sequence[float], bend: float = 0, both: bool = False
) -> str:
    """An arrow.

    Args:
        start: where it begins.
        end: where its tip is.
        bend: how far its middle lies to the left of the straight way, in parts of its length.
        both: whether it has a tip at each end: to and fro.
    """
    first, last = point(start), point(end)
    middle = (first + last) / 2 + (last - first) * -1j * bend
    control = 2 * middle - (first + last) / 2
    return _drawn(first, control, last, both)


def _drawn(first: complex, control: complex, last: complex, both: bool) -> str:
    ahead, behind = unit(last - control), unit(first - control)
    stop = last - ahead * HEAD * 0.7
    begin = first - behind * HEAD * 0.7 if both else first
    heads = [_head(last, ahead)] + ([_head(first, behind)] if both else [])
    return _inked(f"M{spot(begin)}Q{spot(control)} {spot(stop)}", heads)


def _head(tip: complex, along: complex) -> str:
    base = tip - along * HEAD
    return straight([tip, base + along * 1j * HEAD * 0.62, base - along * 1j * HEAD * 0.62], True)


def _inked(path: str, heads: list[str]) -> str:
    """An arrow with a white rim, so that it stands out from what it crosses."""
    points = "".join(heads)
    return "\n".join(
        [
            line(path, "#ffffff", HALO),
            f'<path d="{points}" fill="{MOVE}" stroke="#ffffff" stroke-width="5"/>',
            line(path, MOVE, THICK),
        ]
    )
