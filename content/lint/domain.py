"""Whether ``domain.yml``, ``content/names.py`` and the actions name the same things."""

from __future__ import annotations

from collections.abc import Iterator

from content.lint.entries import Entry
from content.lint.problems import Problem, error
from content.lint.project import Project

_PROGRAMMER = "Ask a programmer to"


def check(project: Project) -> Iterator[Problem]:
    """Intents, actions and slots that one side declares and the other does not know."""
    yield from project.code.problems
    if project.domain.readable:
        yield from _intents(project)
        yield from _actions(project)
        yield from _slots(project)


def _intents(project: Project) -> Iterator[Problem]:
    code = project.code
    known = {*project.families.content, *project.acts, *code.values("Intent")}
    for intent in _domain(project).texts("intents"):
        if intent.words not in known:
            wrong = f"the intent `{intent.words}` is neither a family nor an act"
            yield error(intent.place, wrong, "Delete it here: data/ adds the intents.")
    for member, (value, place) in code.members("Intent").items():
        if not code.uses("Intent", member):
            mend = f"{_PROGRAMMER} use it or delete it."
            yield error(place, f"no code uses the intent `{value}`", mend)


def _actions(project: Project) -> Iterator[Problem]:
    code = project.code
    declared = {action.words: action.place for action in _domain(project).texts("actions")}
    for name, place in declared.items():
        if name not in code.actions:
            mend = f"Delete it, or {_PROGRAMMER.lower()} write it."
            yield error(place, f"no class in actions/ is the action `{name}`", mend)
    for name, place in code.actions.items():
        if name not in declared:
            mend = f"Add `- {name}` to `actions:` in domain.yml, or delete the class."
            yield error(place, f"domain.yml does not list the action `{name}`", mend)
    for value, place in code.members("Action").values():
        if value not in declared:
            mend = f"Add `- {value}` to `actions:` in domain.yml, or delete this line."
            yield error(place, f"domain.yml does not list the action `{value}`", mend)


def _slots(project: Project) -> Iterator[Problem]:
    code = project.code
    slots = project.domain.content.get("slots")
    declared = slots if isinstance(slots, dict) else {}
    for slot in declared:
        if slot not in code.values("Slot"):
            mend = f"Delete it, or {_PROGRAMMER.lower()} add it to Slot in content/names.py."
            wrong = f"the slot `{slot}` is unknown to the code"
            yield error(project.domain.place("slots", slot), wrong, mend)
    for member, (value, place) in code.members("Slot").items():
        if value not in declared:
            mend = f"Add `{value}:` to `slots:` in domain.yml, or delete this line."
            yield error(place, f"domain.yml does not list the slot `{value}`", mend)
        elif not code.uses("Slot", member):
            mend = f"Delete it, or {_PROGRAMMER.lower()} use it as Slot.{member}."
            wrong = f"no code uses the slot `{value}`"
            yield error(project.domain.place("slots", value), wrong, mend)


def _domain(project: Project) -> Entry:
    return Entry("domain", project.domain)
