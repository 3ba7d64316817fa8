"""Charts with a column for each day or week: stacked bars, and a line to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.figures.charts.scale import ticks, written

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 12, 28
LABELS = 8
GAP = 0.2
"""Of a column's width."""


@dataclass(frozen=True)
class Series:
    """Values, one for each column; `look` is the class that the page's stylesheet knows."""

    name: str
    look: str
    values: Sequence[float]


@dataclass(frozen=True)
class Bar:
    """A part of a column; `title` says what it stands for."""

    x: float
    y: float
    width: float
    height: float
    look: str
    title: str


@dataclass(frozen=True)
class Label:
    """A word or number beside an axis."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """All that is drawn; `line` are the points of the line, as SVG has them."""

    id: str
    title: str
    description: str
    bars: Sequence[Bar]
    line: str
    line_name: str
    across: Sequence[Label]
    up: Sequence[Label]
    legend: Sequence[tuple[str, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def chart(
    id: str,
    title: str,
    names: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    beside: Series | None = None,
) -> Chart:
    """A chart of columns.

    Args:
        id: of the element, unique on its page.
        title: what is counted.
        names: of the columns.
        series: what each column is made of, from below.
        unit: what is written behind each number.
        beside: values of a line across the columns.
    """
    totals = [sum(values) for values in zip(*(one.values for one in series), strict=True)]
    axis = ticks(max([*totals, *(beside.values if beside else ()), 0]))
    wide = (WIDTH - LEFT - RIGHT) / max(len(names), 1)

    def height(value: float) -> float:
        return value / axis[-1] * (HEIGHT - TOP - BOTTOM)

    bars = []
    for at, name in enumerate(names):
        base = float(HEIGHT - BOTTOM)
        for one in series:
            tall = height(one.values[at])
            if tall > 0:
                base -= tall
                told = f"{name}: {written(one.values[at])}{unit} {one.name}".strip()
                x, width = LEFT + wide * (at + GAP / 2), wide * (1 - GAP)
                bars.append(Bar(_(x), _(base), _(width), _(tall), one.look, told))
    line = ""
    if beside:
        line = " ".join(
            f"{_(LEFT + wide * (at + 0.5))},{_(HEIGHT - BOTTOM - height(value))}"
            for at, value in enumerate(beside.values)
        )
    every = -(-len(names) // LABELS)
    return Chart(
        id=id,
        title=title,
        description=_description(names, totals, unit),
        bars=bars,
        line=line,
        line_name=beside.name if beside else "",
        across=[
            Label(_(LEFT + wide * (at + 0.5)), HEIGHT - 8, name)
            for at, name in enumerate(names)
            if at % every == 0
        ],
        up=[
            Label(LEFT - 8, _(HEIGHT - BOTTOM - height(value)), written(value) + unit)
            for value in axis
        ],
        legend=[(one.look, one.name) for one in series] if len(series) > 1 or beside else [],
    )


def _description(names: Sequence[str], totals: Sequence[float], unit: str) -> str:
    """What somebody who does not see it is told; the table below it has all numbers."""
    if not any(totals):
        return "Nothing in all columns."
    highest, lowest = max(totals), min(totals)
    most, least = names[totals.index(highest)], names[totals.index(lowest)]
    return (
        f"{len(names)} columns from {names[0]} to {names[-1]}. The highest is {written(highest)}"
        f"{unit} ({most}), the lowest {written(lowest)}{unit} ({least})."
    )


def _(place: float) -> float:
    """A place in the picture; more than a tenth of a point nobody sees."""
    return round(place, 1)
