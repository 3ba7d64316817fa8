"""Whether every answer and red flag rests on a publication, and every publication was opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.lint.entries import Entry, Text
from content.lint.problems import Place, Problem, error, warning
from content.lint.project import Project
from content.lint.references import unknown

KEY = "sources"
OPEN_IT = "Open the address, compare it with what we say, then write `verified: true`."


def check(project: Project) -> Iterator[Problem]:
    """What lacks a source; sources that are unknown, unused or unverified."""
    used: set[str] = set()
    answers = [("answer", topic) for topic in project.topics.values()]
    flags = [("red flag", flag) for flag in project.red_flags.values()]
    exercises = [("exercise", exercise) for exercise in project.exercises.values()]
    for what, entry in (*answers, *flags, *exercises):
        named = entry.texts("sources")
        used.update(name.words for name in named)
        if entry.document.readable and not named:
            mend = f"Add an id of {project.sources.path}."
            yield error(entry.place("sources"), f"the {what} has no source", mend)
        if project.sources.complete:
            for name in named:
                yield from unknown("source", name, project.sources)
    for guide in project.guides:
        for cited in named_in(guide, KEY):
            used.add(cited.words)
            yield from unknown("source", cited, project.sources)
    complete = all(one.complete for one in (project.topics, project.red_flags, project.exercises))
    for source in project.sources.values():
        if source.id not in used and complete:
            mend = "Name it under some `sources:`, or delete it."
            yield warning(source.place(), f"nothing uses the source `{source.id}`", mend)
        if source.body.get("verified") is False:
            yield unopened(source.place("verified"), source.id)


def named_in(entry: Entry, key: str) -> Iterator[Text]:
    """The texts of every list of that name in a file, however deep it stands."""

    def walk(value: Any, steps: tuple[str | int, ...]) -> Iterator[Text]:
        listed = dict(enumerate(value)) if isinstance(value, list) else value
        for step, item in listed.items() if isinstance(listed, dict) else ():
            here = (*steps, step)
            if isinstance(item, str) and key in steps[-1:]:
                yield Text(item, entry.place(*here))
            else:
                yield from walk(item, here)

    yield from walk(entry.body, ())


def unopened(place: Place, name: str) -> Problem:
    """The warning that nobody opened a source's address."""
    return warning(place, f"nobody opened this address (`{name}`)", OPEN_IT)
