"""Whether a file's id is where the file is, and its folder a family that exists."""

from __future__ import annotations

from collections.abc import Iterator

from content.lint.entries import Entry
from content.lint.problems import Problem, error
from content.lint.project import Project
from content.model import family_of


def check(project: Project) -> Iterator[Problem]:
    """Ids that differ from the path, families nobody declared, families without a topic."""
    red_flags = project.red_flags.values()
    exercises = project.exercises.values()
    for entry in (*project.topics.values(), *project.acts.values(), *red_flags, *exercises):
        yield from _id(entry)
    if project.families.readable:
        yield from _families(project)


def _id(entry: Entry) -> Iterator[Problem]:
    written = entry.text("id")
    if written and written.words != entry.id:
        wrong = f"the id `{written.words}` is not the file's path"
        yield error(written.place, wrong, f"Write `id: {entry.id}`, or move the file.")


def _families(project: Project) -> Iterator[Problem]:
    known = project.families.content
    for topic in project.topics.values():
        if topic.id.count("/") != 1:
            mend = "Move it to data/topics/<family>/<name>.yml."
            yield error(topic.place(), "the file is not in a family's folder", mend)
        elif family_of(topic.id) not in known:
            wrong = f"the family `{family_of(topic.id)}` is unknown"
            mend = f"Move the file to one of {', '.join(known)}; or add the family to"
            yield error(topic.place("id"), wrong, f"{mend} {project.families.path}.")
    used = {family_of(topic) for topic in project.topics}
    for family in known:
        if family not in used:
            wrong = f"the family `{family}` has no topic"
            yield error(project.families.place(family), wrong, "Add a topic, or delete this line.")
