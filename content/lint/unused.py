"""Whether every text and act is said somewhere, and every one the code says exists."""

from __future__ import annotations

from collections.abc import Iterator

from content.lint.code import SPEAKERS
from content.lint.problems import Problem, error
from content.lint.project import Project

_DELETE = "Delete it, or ask a programmer to"


def check(project: Project) -> Iterator[Problem]:
    """Texts and acts that lack on one side, or that nothing uses."""
    yield from _missing(project)
    yield from _dead_texts(project)
    yield from _dead_acts(project)


def _missing(project: Project) -> Iterator[Problem]:
    members = project.code.members
    if project.texts.complete:
        for value, place in members("TextId").values():
            if value not in project.texts:
                mend = "Add it to data/conversation/texts.yml, or delete this line."
                yield error(place, f"the text `{value}` is not in data/", mend)
    for value, place in members("ActId").values():
        if value not in project.acts:
            mend = f"Add data/conversation/{value}.yml, or delete this line."
            yield error(place, f"the act `{value}` has no file", mend)


def _dead_texts(project: Project) -> Iterator[Problem]:
    code = project.code
    known = code.values("TextId")
    for text in project.texts.values():
        if text.id not in known:
            mend = f"{_DELETE} add it to TextId in content/names.py."
            yield error(text.place(), f"no code knows the text `{text.id}`", mend)
    for member, (value, place) in code.members("TextId").items():
        said = code.uses("TextId", member, SPEAKERS) or code.quoted_in_gateway(value)
        if not said:
            wrong = f"no code says the text `{value}`"
            yield error(place, wrong, f"Ask a programmer to say TextId.{member} or to delete it.")


def _dead_acts(project: Project) -> Iterator[Problem]:
    """An act is reached by its examples, by a button, or by code that names it."""
    code = project.code
    offered = {
        button.words
        for entry in (*project.acts.values(), *project.texts.values())
        for button in entry.texts("buttons")
    }
    named = {
        value for member, (value, _) in code.members("ActId").items() if code.uses("ActId", member)
    }
    for act in project.acts.values():
        has_examples = any(isinstance(item, str) for item in act.items("examples"))
        reached = has_examples or act.id in offered | named
        if act.document.readable and not reached:
            mend = "Add examples or a button that leads to it, or delete the file."
            yield error(act.place(), f"nothing leads to the act `{act.id}`", mend)
