"""The lists of content: what stands on them, and in what state each item is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desk.content.shelf import Item, Shelf
from editing.shapes import Kind

SOON_DAYS = 30


@dataclass(frozen=True)
class Mark:
    """A word on an item's state; `bad` where somebody should act on it."""

    text: str
    href: str = ""
    bad: bool = False


@dataclass(frozen=True)
class Touched:
    """That a change request which is not finished yet changes an item."""

    change: int
    title: str


@dataclass(frozen=True)
class Row:
    """One item on a list."""

    item: Item
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Group:
    """Items under one heading; without a title where there is one group alone."""

    id: str
    title: str
    rows: Sequence[Row]


type Changes = Mapping[tuple[Kind, str], Sequence[Touched]]


def groups(
    shelf: Shelf, kind: Kind, *, live: Shelf | None, changes: Changes, today: date
) -> list[Group]:
    """The items of a kind, topics by family.

    Args:
        shelf: the content.
        kind: what is listed.
        live: what patients get; None where that is not known.
        changes: by item, the change requests that are not finished.
        today: the day by which reviews are due.
    """
    rows = [Row(item, marks(item, live, changes, today)) for item in shelf.of(kind)]
    if kind is not Kind.TOPIC:
        return [Group(str(kind), "", rows)]
    families = [*shelf.families, *(row.item.family for row in rows)]
    found = [
        Group(family, shelf.families.get(family, family), _of_family(rows, family))
        for family in dict.fromkeys(families)
    ]
    return [group for group in found if group.rows]


def marks(item: Item, live: Shelf | None, changes: Changes, today: date) -> list[Mark]:
    """What there is to say on an item's state; the arguments are those of `groups`."""
    found = [*_review(item.review_due, today)]
    if live is not None:
        served = live.items.get((item.kind, item.id))
        if served is None:
            found.append(Mark("not live yet"))
        elif served.body != item.body:
            found.append(Mark("newer than what is live"))
    if item.body.get("verified") is False:
        found.append(Mark("not opened yet", bad=True))
    if item.body.get("clinically_reviewed") is False:
        found.append(Mark("no clinician reviewed it", bad=True))
    found += [
        Mark(f"in change {one.change}: {one.title}", f"/changes/{one.change}")
        for one in changes.get((item.kind, item.id), ())
    ]
    return found


def _review(due: str, today: date) -> Iterable[Mark]:
    try:
        days = (date.fromisoformat(due) - today).days
    except ValueError:
        return
    if days < 0:
        yield Mark("review overdue", bad=True)
    elif days <= SOON_DAYS:
        yield Mark("review due soon", bad=True)


def _of_family(rows: Sequence[Row], family: str) -> list[Row]:
    return [row for row in rows if row.item.family == family]
