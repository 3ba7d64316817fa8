"""A small picture of six weeks: bars for practices a week, a line for pain, and the same in words.

Pure. Bars and line are told apart by their shape, so that no colour is needed: the picture takes
the colour of the text around it. All words come in from outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from diary.values import WORST, History, days_ago

WEEKS = 6
DAYS = 7 * WEEKS
WORDS: Final = ("title", "visits", "pain", "oldest", "newest", "and", "alt", "alt_no_pain")
"""The keys that ``words`` needs. ``alt`` is for {visits} and {pain}, ``alt_no_pain`` for {visits}:
lists of numbers, the oldest first, with ``and`` before the last."""

WIDTH, HEIGHT = 320, 160
LEFT, RIGHT, TOP, BOTTOM = 26, 294, 30, 132
BAR = 26
LEAST_TOP = 3
"""The axis of practices goes up to this at least, so that one practice is not a full bar."""


@dataclass(frozen=True)
class Chart:
    """A picture and, for those who do not see it, one or two sentences with the same numbers."""

    svg: str
    alt: str


def chart(history: History, today: datetime, words: Mapping[str, str]) -> Chart:
    """The picture of the last six weeks.

    Args:
        history: the diary.
        today: now, in the patient's time zone.
        words: all that is written in it, see ``WORDS``.

    Returns:
        The SVG, without scripts, styles and references, and its text.

    Raises:
        KeyError: a word is missing.
        ValueError: ``today`` has no time zone.
    """
    weeks = _visits_a_week(history, today)
    pains = _pains(history, today)
    alt = _alt(weeks, [pain for _, pain in pains], words)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' font-family="sans-serif" font-size="11" fill="currentColor">',
        f"<title>{escape(words['title'])}</title><desc>{escape(alt)}</desc>",
        *_legend(words),
        *_axes(max(LEAST_TOP, *weeks), words),
        *_bars(weeks),
        *_line(pains),
        "</svg>",
    ]
    return Chart("".join(parts), alt)


def _visits_a_week(history: History, today: datetime) -> list[int]:
    """How often the patient practised in each of the weeks that end today, the oldest first."""
    weeks = [0] * WEEKS
    for visit in history.visits:
        ago = days_ago(visit.at, today)
        if visit.practised and 0 <= ago < DAYS:
            weeks[WEEKS - 1 - ago // 7] += 1
    return weeks


def _pains(history: History, today: datetime) -> list[tuple[int, int]]:
    """The highest pain of each visit, with how many days ago it was."""
    told = [(days_ago(one.at, today), one.pain) for one in history.visits]
    return [(ago, pain) for ago, pain in told if pain is not None and 0 <= ago < DAYS]


def _alt(weeks: Sequence[int], pains: Sequence[int], words: Mapping[str, str]) -> str:
    text = words["alt"] if pains else words["alt_no_pain"]
    listed = text.replace("{visits}", _list(weeks, words["and"]))
    return listed.replace("{pain}", _list(pains, words["and"]))


def _list(numbers: Sequence[int], last: str) -> str:
    """1, 2 and 3."""
    *first, end = map(str, numbers or ("",))
    return f"{', '.join(first)} {last} {end}" if first else end


def _legend(words: Mapping[str, str]) -> list[str]:
    return [
        f'<rect x="{LEFT}" y="6" width="10" height="9" {_BAR_LOOK}/>',
        _text(LEFT + 14, 14, "start", words["visits"]),
        f'<path d="M{RIGHT - 16} 10h16" {_LINE_LOOK}/>',
        f'<circle cx="{RIGHT - 8}" cy="10" r="3"/>',
        _text(RIGHT - 20, 14, "end", words["pain"]),
    ]


def _axes(most: int, words: Mapping[str, str]) -> list[str]:
    return [
        f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}V{TOP}" fill="none" stroke="currentColor"/>',
        *(_text(LEFT - 5, _y(at, most) + 4, "end", str(at)) for at in (0, most)),
        *(_text(RIGHT + 5, _y(at, WORST) + 4, "start", str(at)) for at in (0, WORST // 2, WORST)),
        _text(LEFT, BOTTOM + 17, "start", words["oldest"]),
        _text(RIGHT, BOTTOM + 17, "end", words["newest"]),
    ]


def _bars(weeks: Sequence[int]) -> list[str]:
    most, step = max(LEAST_TOP, *weeks), (RIGHT - LEFT) / WEEKS
    drawn = []
    for number, visits in enumerate(weeks):
        if visits:
            x, y = LEFT + step * (number + 0.5) - BAR / 2, _y(visits, most)
            size = f'width="{BAR}" height="{BOTTOM - y:.1f}"'
            drawn.append(f'<rect x="{x:.1f}" y="{y:.1f}" {size} {_BAR_LOOK}/>')
    return drawn


def _line(pains: Sequence[tuple[int, int]]) -> list[str]:
    points = [
        (LEFT + (RIGHT - LEFT) * (DAYS - ago - 0.5) / DAYS, _y(pain, WORST)) for ago, pain in pains
    ]
    if not points:
        return []
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    return [f'<polyline points="{path}" {_LINE_LOOK}/>', *dots]


def _y(value: int, most: int) -> float:
    """How far down ``value`` is on an axis from 0 to ``most``."""
    return BOTTOM - (BOTTOM - TOP) * value / most


def _text(x: float, y: float, anchor: str, words: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'


_BAR_LOOK = 'fill-opacity="0.2" stroke="currentColor"'
_LINE_LOOK = 'fill="none" stroke="currentColor" stroke-width="2"'
