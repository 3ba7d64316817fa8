"""Whether every region has an emergency number, and every number a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.lint.problems import Place, Problem, error
from content.lint.project import Entry, Project
from content.lint.sources import unopened
from content.model import UNKNOWN_REGION

_NUMBER = re.compile(r"\d+")
_ADD_SOURCE = "Add the page it was read on to the region's `sources:`."


def check(project: Project) -> Iterator[Problem]:
    """Regions without an emergency number; numbers nobody can trace."""
    if project.regions.complete and UNKNOWN_REGION not in project.regions:
        place = Place(project.regions.path, 1)
        mend = f"Add `{UNKNOWN_REGION}:`, for people who name no region."
        yield error(place, f"the region `{UNKNOWN_REGION}` is missing", mend)
    for region in project.regions.values():
        if region.body.get("emergency") in (None, ""):
            mend = 'Add it in quotes, such as `emergency: "112"`.'
            wrong = f"the region `{region.id}` has no emergency number (`emergency:`)"
            yield error(region.place("emergency"), wrong, mend)
        yield from _sources(project, region)


def _sources(project: Project, region: Entry) -> Iterator[Problem]:
    for index, source in enumerate(region.items("sources")):
        if isinstance(source, dict) and source.get("verified") is False:
            place = region.place("sources", index, "verified")
            yield unopened(place, str(source.get("title")))
    if region.items("sources"):
        return
    # The general region may repeat, without a source, what a region with sources says.
    known = _emergency_numbers(project) if region.id == UNKNOWN_REGION else set()
    for field in ("emergency", "advice_line"):
        written = region.text(field)
        if written and not set(_NUMBER.findall(written.words)) <= known:
            yield error(written.place, f"the number `{written.words}` has no source", _ADD_SOURCE)
    for index, line in enumerate(region.items("crisis_lines")):
        number = line.get("number") if isinstance(line, dict) else None
        if number:
            place = region.place("crisis_lines", index)
            yield error(place, f"the number `{number}` has no source", _ADD_SOURCE)


def _emergency_numbers(project: Project) -> set[str]:
    found: set[str] = set()
    for region in project.regions.values():
        written = region.text("emergency")
        if written and region.items("sources"):
            found.update(_NUMBER.findall(written.words))
    return found
