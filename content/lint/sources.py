"""Whether every answer and red flag rests on a publication, and every publication was opened."""

from __future__ import annotations

from collections.abc import Iterator

from content.lint.problems import Place, Problem, error, warning
from content.lint.project import Project
from content.lint.references import unknown

OPEN_IT = "Open the address, compare it with what we say, then write `verified: true`."


def check(project: Project) -> Iterator[Problem]:
    """Answers and red flags without a source; sources that are unknown, unused or unverified."""
    used: set[str] = set()
    answers = [("answer", topic) for topic in project.topics.values()]
    flags = [("red flag", flag) for flag in project.red_flags.values()]
    for what, entry in (*answers, *flags):
        named = entry.texts("sources")
        used.update(name.words for name in named)
        if entry.document.readable and not named:
            mend = f"Add an id of {project.sources.path}."
            yield error(entry.place("sources"), f"the {what} has no source", mend)
        if project.sources.complete:
            for name in named:
                yield from unknown("source", name, project.sources)
    complete = project.topics.complete and project.red_flags.complete
    for source in project.sources.values():
        if source.id not in used and complete:
            mend = "Name it in a topic's or a red flag's `sources:`, or delete it."
            yield warning(source.place(), f"nothing uses the source `{source.id}`", mend)
        if source.body.get("verified") is False:
            yield unopened(source.place("verified"), source.id)


def unopened(place: Place, name: str) -> Problem:
    """The warning that nobody opened a source's address."""
    return warning(place, f"nobody opened this address (`{name}`)", OPEN_IT)
