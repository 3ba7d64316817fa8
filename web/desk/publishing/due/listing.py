"""What is due for review, read from the content files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from editing.broken import BrokenYaml
from editing.kinds import Kind, kind_of
from editing.trees import Tree
from editing.values import load

REGIONS_AFTER = timedelta(days=183)
"""The numbers of a region are looked up again half a year after a page on them was last read."""
NOT_NAMED = "not yet named"
"""What the files say where nobody is a red flag's clinical owner yet."""
SOON = timedelta(days=30)
_DATED = (Kind.TOPIC, Kind.ACT, Kind.EXERCISE, Kind.RED_FLAG)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Due:
    """Something to review; `owner` is who answers for it by the file's own word, if anybody."""

    path: str
    part: str
    kind: Kind
    title: str
    day: date
    owner: str

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.day < today

    def is_soon(self, today: date) -> bool:
        """Whether its day is near."""
        return not self.is_overdue(today) and self.day <= today + SOON


def listed(commit: str, tree: Tree) -> Sequence[Due]:
    """All that has a day of review, what is due longest first; read once for each commit."""
    return _listed(commit, _Held(tree))


@dataclass(frozen=True, eq=False)
class _Held:
    """A tree that tells one cached list from another by nothing: its commit does."""

    tree: Tree

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


@lru_cache(maxsize=2)
def _listed(commit: str, held: _Held) -> Sequence[Due]:
    found = [due for path in held.tree.paths() for due in _of(path, held.tree.read(path) or "")]
    return sorted(found, key=lambda due: (due.day, due.path, due.part))


def _of(path: str, text: str) -> Iterator[Due]:
    kind = kind_of(path)
    if kind not in (*_DATED, Kind.REGIONS):
        return
    try:
        body = load(text)
    except BrokenYaml:
        return
    if not isinstance(body, Mapping):
        return
    if kind is Kind.REGIONS:
        yield from _regions(path, body)
    elif day := _day(body.get("review_due")):
        owner = str(body.get("clinical_owner") or "")
        title = str(body.get("title") or body.get("name") or body.get("id") or path)
        yield Due(path, "", kind, title, day, "" if owner == NOT_NAMED else owner)


def _regions(path: str, body: Mapping[Any, Any]) -> Iterator[Due]:
    for key, region in body.items():
        sources = region.get("sources") if isinstance(region, Mapping) else None
        days = [_day(each.get("opened")) for each in sources or [] if isinstance(each, Mapping)]
        read = [day for day in days if day]
        if read:
            title = f"Numbers to call: {region.get('name') or key}"
            yield Due(path, str(key), Kind.REGIONS, title, min(read) + REGIONS_AFTER, "")


def _day(value: object) -> date | None:
    text = str(value)
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
