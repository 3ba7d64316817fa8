"""What an editor is told of a report first: one sentence, then its figures in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk.publishing.report.shape import Figure, Report, Side, State, Step

MAY = "This change may be published, once it is approved."
UNKNOWN = "It is not known whether this change may be published: a check could not be made."
GROUPS = {
    "accuracy": "How well questions are understood",
    "safety": "Emergencies",
    "dialogues": "Conversations",
    "speed": "Speed",
    "sizes": "Sizes",
}
_KILO = 1000
_ROUNDED = 0.00005
"""The report has four places."""


@dataclass(frozen=True)
class Row:
    """A figure as it is shown: of what is live, of the change, and the difference in words."""

    name: str
    before: str
    after: str
    difference: str
    of: str


@dataclass(frozen=True)
class Table:
    """The figures of one group."""

    id: str
    title: str
    rows: list[Row]


def headline(report: Report) -> str:
    """Whether the change may be published, and else what stops it, in one sentence."""
    if report.passed:
        return MAY
    if report.broken:
        return UNKNOWN
    stopping = [step for step in report.steps if step.state is State.STOPPED and not step.passed]
    return f"This change is stopped by {_listed(_told(step) for step in stopping)}."


def tables(figures: Mapping[str, Mapping[str, Figure]]) -> list[Table]:
    """All figures by their groups, the groups that matter most first."""
    known = [group for group in GROUPS if group in figures]
    others = [group for group in figures if group not in GROUPS]
    return [
        Table(
            group,
            GROUPS.get(group, group.replace("_", " ").capitalize()),
            [_row(name, figure) for name, figure in figures[group].items()],
        )
        for group in [*known, *others]
    ]


def sides(report: Report) -> dict[str, list[Side]]:
    """The sentences that are understood in another way, what got worse first."""
    found: dict[str, list[Side]] = {
        "Right before, wrong now": [],
        "Wrong before, right now": [],
        "Wrong in another way": [],
        "Right in another way": [],
    }
    names = list(found)
    for side in report.sides:
        place = {(True, False): 0, (False, True): 1, (False, False): 2, (True, True): 3}
        found[names[place[side.right_before, side.right_after]]].append(side)
    return {name: listed for name, listed in found.items() if listed}


def written(value: float | None, unit: str) -> str:
    """A figure as people read it."""
    if value is None:
        return "none"
    if unit == "share":
        return f"{100 * value:.1f} %"
    if unit == "bytes":
        return _bytes(value)
    number = (
        f"{value:,.0f}" if float(value).is_integer() or abs(value) >= _KILO else f"{value:,.2f}"
    )
    return f"{number} {unit}".strip()


def _row(name: str, figure: Figure) -> Row:
    return Row(
        name=name.replace("_", " "),
        before=written(figure.before, figure.unit),
        after=written(figure.after, figure.unit),
        difference=_difference(figure),
        of="" if figure.of is None else f"{figure.of:,}",
    )


def _difference(figure: Figure) -> str:
    if figure.before is None or figure.after is None:
        return "new" if figure.before is None else "gone"
    gap = figure.after - figure.before
    if abs(gap) < _ROUNDED:
        return "the same"
    sign = "+" if gap > 0 else "\N{MINUS SIGN}"
    if figure.unit == "share":
        return f"{sign}{100 * abs(gap):.1f} points"
    return f"{sign}{written(abs(gap), figure.unit)}"


def _bytes(value: float) -> str:
    units = ["bytes", "kB", "MB", "GB"]
    while abs(value) >= _KILO and len(units) > 1:
        value /= _KILO
        units.pop(0)
    return f"{value:.{0 if units[0] == 'bytes' else 1}f} {units[0]}"


def _told(step: Step) -> str:
    count = len(step.stopping)
    faults = f" ({count} {'fault' if count == 1 else 'faults'})" if count else ""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{step.title}\N{RIGHT DOUBLE QUOTATION MARK}{faults}"


def _listed(parts: Iterable[str]) -> str:
    *most, last = list(parts) or ["its checks"]
    return f"{', '.join(most)} and {last}" if most else last
