"""Whether every answer rests on a publication, and every publication was opened."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.lint.problems import Place, Problem, error, warning
from catalogue.lint.project import Project
from catalogue.lint.references import unknown

OPEN_IT = "Open the address, compare it with what we say, then write `verified: true`."


def check(project: Project) -> Iterator[Problem]:
    """Answers without a source; sources that are unknown, unused or unverified."""
    used: set[str] = set()
    for topic in project.topics.values():
        named = topic.texts("sources")
        used.update(name.words for name in named)
        if topic.document.readable and not named:
            mend = f"Add an id of {project.sources.path}."
            yield error(topic.place("sources"), "the answer has no source", mend)
        if project.sources.complete:
            for name in named:
                yield from unknown("source", name, project.sources)
    for source in project.sources.values():
        if source.id not in used and project.topics.complete:
            mend = "Name it in a topic's `sources:`, or delete it."
            yield warning(source.place(), f"no topic uses the source `{source.id}`", mend)
        if source.body.get("verified") is False:
            yield unopened(source.place("verified"), source.id)


def unopened(place: Place, name: str) -> Problem:
    """The warning that nobody opened a source's address."""
    return warning(place, f"nobody opened this address (`{name}`)", OPEN_IT)
