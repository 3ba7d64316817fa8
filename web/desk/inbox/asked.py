"""What an address of the inbox asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from desk.forms import clean
from desk.inbox.filters import FILTERS, Around, Condition, Unreadable
from desk.inbox.sorting import SORTS, USUAL, Sort

MAX_QUERY = 2000
_MAX_FIELDS = 60
_SHOWN = 40


@dataclass(frozen=True)
class Asked:
    """A search of the inbox.

    Attributes:
        typed: by filter, what stands in the address; those that can be read alone.
        values: by filter, what that means.
        sort: the order's name.
        after, before: the place that the page goes on from, one way or the other.
        problems: what could not be read, in plain words.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    sort: str = USUAL
    after: Sequence[Any] | None = None
    before: Sequence[Any] | None = None
    problems: Sequence[str] = ()

    @property
    def order(self) -> Sort:
        """The order."""
        return SORTS[self.sort]

    @property
    def query(self) -> str:
        """The search as an address has it, without a place."""
        return self.changed()

    def changed(self, **fields: str | None) -> str:
        """The search with other fields; None takes one out. A place is left out."""
        now: dict[str, str | None] = {**self.typed, "sort": self.sort, **fields}
        if now.get("sort") == USUAL:
            del now["sort"]
        return urlencode({name: value for name, value in now.items() if value})

    def conditions(self, around: Around) -> list[Condition]:
        """What all of the conversations have in common."""
        return [FILTERS[name].finds(value, around) for name, value in self.values.items()]


def asked(query: str) -> Asked:
    """Read an address; it never fails.

    Args:
        query: what stands behind the question mark. Empty fields, which forms send, are left out.
    """
    typed: dict[str, str] = {}
    values: dict[str, Any] = {}
    problems: list[str] = []
    places: dict[str, str] = {}
    sort = USUAL
    for name, value in _fields(query, problems):
        if name in ("after", "before"):
            places[name] = value
        elif name == "sort":
            sort = value if value in SORTS else USUAL
            if value not in SORTS:
                problems.append("There is no such order; these are the newest first.")
        elif name not in FILTERS:
            problems.append(f"There is no filter “{_short(name)}”; it was left out.")
        elif name in values:
            problems.append(f"“{FILTERS[name].title}” can be given once.")
        else:
            try:
                values[name] = FILTERS[name].read(value)
                typed[name] = value
            except Unreadable as error:
                problems.append(f"“{FILTERS[name].title}” was left out. {error}")
    found = {name: SORTS[sort].place(place) for name, place in places.items()}
    if None in found.values():
        problems.append("That page is not there any more; this is the first.")
    return Asked(typed, values, sort, found.get("after"), found.get("before"), problems)


def _fields(query: str, problems: list[str]) -> Iterable[tuple[str, str]]:
    try:
        fields = parse_qsl(query[:MAX_QUERY], max_num_fields=_MAX_FIELDS, errors="replace")
    except ValueError:
        problems.append("This address has too many parts; all of them were left out.")
        return []
    if len(query) > MAX_QUERY:
        problems.append("This address is too long; its end was left out.")
    return [(clean(name), value) for name, given in fields if (value := clean(given).strip())]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
