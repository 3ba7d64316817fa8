"""Whether every region has an emergency number, and every number a source that gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from content.lint.entries import Entry
from content.lint.problems import Place, Problem, error
from content.lint.project import Project
from content.lint.sources import unopened
from content.model import UNKNOWN_REGION

# A name that is dialled as letters, and what it is in figures.
LETTERS = {"1800MEDICARE": "1800633422"}

_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(r"\d+[A-Z]+|\d[\d -]*\d|\d")
_REGION = re.compile(r"^(\w+):\s*$")
_NOTE = re.compile(r"^ +# note: (.+)$")
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
    yield from _unsaid(project)


def numbers(text: str) -> set[str]:
    """The numbers in a text, without the spaces and hyphens in them."""
    found = (re.sub(r"[ -]", "", number) for number in _NUMBER.findall(text))
    return {LETTERS.get(number, number) for number in found}


def given(region: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a region that a patient may dial from, with the way to it."""
    for field in ("emergency", "same_day", "advice_line"):
        if isinstance(region.get(field), str):
            yield (field,), region[field]
    lines = region.get("crisis_lines")
    for index, line in enumerate(lines if isinstance(lines, list) else ()):
        if isinstance(line, dict) and line.get("number"):
            yield ("crisis_lines", index), str(line["number"])


def notes(text: str) -> dict[str, list[str]]:
    """What the pages say, by region: the notes are comments below the sources."""
    found: dict[str, list[str]] = {}
    region = ""
    for line in text.splitlines():
        if heading := _REGION.match(line):
            region = heading.group(1)
        elif note := _NOTE.match(line):
            found.setdefault(region, []).append(note.group(1))
    return found


def _unsaid(project: Project) -> Iterator[Problem]:
    """Numbers that no page gives for their region; the general one leans on all the others."""
    for region in project.regions.values():
        if not region.items("sources") and region.id != UNKNOWN_REGION:
            continue  # that is told of already
        noted = notes(region.document.text)
        codes = noted if region.id == UNKNOWN_REGION else [region.id]
        said = {
            number for code in codes for note in noted.get(code, ()) for number in numbers(note)
        }
        for steps, text in given(region.body):
            for number in sorted(numbers(text) - said):
                wrong = f"no page is noted to give the number {number} for {region.id}"
                mend = "Open a page that gives it, and say so below its source: `# note: …`."
                yield error(region.place(*steps), wrong, mend)


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
        if written and not set(_FIGURES.findall(written.words)) <= known:
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
            found.update(_FIGURES.findall(written.words))
    return found
