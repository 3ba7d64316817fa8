"""Writing SVG: attributes only, so that the strictest content policy lets a picture through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lab.pictures.geometry import number, straight

WIDTH, HEIGHT = 320, 240


@dataclass(frozen=True)
class Ink:
    """How a shape is drawn.

    Attributes:
        line: colour of the outline.
        fill: colour inside, or none.
        width: how thick the visible part of the outline is.
        dash: a pattern for a broken outline; empty for a whole one.
    """

    line: str
    fill: str
    width: float
    dash: str = ""


def shape(outlines: Iterable[str], ink: Ink) -> str:
    """Outlines that overlap, drawn as one body: `document` has lines painted before what fills."""
    dash = f' stroke-dasharray="{ink.dash}"' if ink.dash else ""
    return (
        f'<path d="{"".join(outlines)}" fill="{ink.fill}" stroke="{ink.line}"'
        f' stroke-width="{number(2 * ink.width)}"{dash}/>'
    )


def line(path: str, colour: str, width: float, dash: str = "") -> str:
    """An open line with round ends."""
    broken = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{number(width)}"{broken}/>'
    )


def banded(path: str, outer: str, inner: str, width: float, rim: float) -> str:
    """A band of cloth or wood along a line: ``inner`` with a rim of ``outer``."""
    return line(path, outer, width + 2 * rim) + line(path, inner, width)


def box(left: float, top: float, right: float, bottom: float, ink: Ink) -> str:
    """A rectangle."""
    corners: Sequence[complex] = (
        complex(left, top),
        complex(left, bottom),
        complex(right, bottom),
        complex(right, top),
    )
    return shape([straight(corners, closed=True)], ink)


def document(key: str, title: str, description: str, body: str) -> str:
    """A whole picture with its name and description.

    Args:
        key: what its ids begin with, so that several can stand in one page.
        title: the picture's name.
        description: what it shows, for those who do not see it.
        body: the parts, those behind first.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-labelledby="{key}-title {key}-desc">\n'
        f'<title id="{key}-title">{escape(title)}</title>\n'
        f'<desc id="{key}-desc">{escape(description)}</desc>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        '<g stroke-linejoin="round" stroke-linecap="round" paint-order="stroke">\n'
        f"{body}\n</g>\n</svg>\n"
    )
