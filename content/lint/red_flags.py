"""Whether a red flag has examples enough, and words for every level at which it alarms."""

from __future__ import annotations

from collections.abc import Iterator

from content.lint.entries import Entry
from content.lint.problems import Problem, error
from content.lint.project import Project
from triage.model import Level

LEAST_FIRE = 30
LEAST_NOT_FIRE = 20
ALARMS = (Level.EMERGENCY.value, Level.URGENT.value)


def check(project: Project) -> Iterator[Problem]:
    """Too few examples; levels that a rule gives and that have no words."""
    for flag in project.red_flags.values():
        if flag.document.readable:
            yield from _too_few(flag, "must_fire", LEAST_FIRE)
            yield from _too_few(flag, "must_not_fire", LEAST_NOT_FIRE)
            yield from _unsaid(flag)


def _too_few(flag: Entry, field: str, least: int) -> Iterator[Problem]:
    groups = Entry(flag.id, flag.document, (field,))
    count = sum(len(groups.items(name)) for name in groups.body)
    if count < least:
        wrong = f"`{field}:` has {count} examples; a red flag needs {least}"
        yield error(flag.place(field), wrong, f"Add {least - count} more.")


def _unsaid(flag: Entry) -> Iterator[Problem]:
    said = Entry(flag.id, flag.document, ("say",)).body
    for index, rule in enumerate(flag.items("rules")):
        level = rule.get("level", flag.body.get("level")) if isinstance(rule, dict) else None
        if level in ALARMS and level not in said:
            place = flag.place("rules", index)
            wrong = f"the rule gives the level `{level}`, of which `say:` has no words"
            yield error(place, wrong, f"Add `{level}:` with its advice under `say:`.")
