"""Whether an exercise names what there is, and every number stands in its dose alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from content.lint.entries import Entry, Text
from content.lint.problems import Problem, error
from content.lint.project import Project
from content.lint.references import unknown

NUMBERS = ("repetitions", "seconds")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)"
    r"\s+(?:times|seconds|repetitions)\b",
    re.IGNORECASE,
)


def check(project: Project) -> Iterator[Problem]:
    """Goals, topics and facts that do not exist; numbers written out; doses nobody counts."""
    goals = _keys(project, "goals", "goals")
    facts = _facts(project)
    for exercise in project.exercises.values():
        if not exercise.document.readable:
            continue
        for named in exercise.texts("goals"):
            yield from unknown("goal", named, goals)
        for named in exercise.texts("facts"):
            yield from unknown("fact", named, facts)
        topic = exercise.text("topic")
        if topic:
            yield from unknown("topic", topic, project.topics)
        yield from _steps(exercise)
        yield from _variants(exercise)
    yield from _signs(project)
    yield from _results(project)


def _steps(exercise: Entry) -> Iterator[Problem]:
    dose = set(_mapping(exercise.body.get("dose")))
    counted: set[str] = set()
    for index, step in enumerate(exercise.items("steps")):
        body = _mapping(step)
        counts = {str(name) for name in body.get("counts") or ()}
        counted |= counts
        place = exercise.place("steps", index)
        for name in counts - dose:
            yield error(place, f"the dose has no `{name}:`", "Add it to `dose:`, or count less.")
        for field in ("say", "explain"):
            text = Text(str(body.get(field) or ""), exercise.place("steps", index, field))
            yield from _numbers(text, counts)
    for name in sorted(dose - counted):
        mend = f"Write `counts: [{name}]` at the step it is for."
        yield error(exercise.place("dose"), f"no step counts the `{name}:`", mend)


def _numbers(text: Text, counts: set[str]) -> Iterator[Problem]:
    if _NUMBER.search(text.words):
        mend = "Write {repetitions} or {seconds}; the number stands in `dose:`."
        yield error(text.place, "a number is written into the step", mend)
    for name in NUMBERS:
        if f"{{{name}}}" in text.words and name not in counts:
            mend = f"Add `counts: [{name}]` to the step."
            yield error(text.place, f"the step says {{{name}}} and does not count it", mend)


def _variants(exercise: Entry) -> Iterator[Problem]:
    dose = set(_mapping(exercise.body.get("dose")))
    for name, variant in _mapping(exercise.body.get("variants")).items():
        own = _mapping(_mapping(variant).get("dose"))
        # The steps name the same numbers whichever way is taken.
        if own and set(own) != dose:
            mend = f"Give it {' and '.join(sorted(dose))}."
            yield error(exercise.place("variants", str(name)), "its dose lacks a number", mend)


def _signs(project: Project) -> Iterator[Problem]:
    signs = {entry.id: entry for entry in project.guides if entry.document.schema == "coach_sign"}
    for sign in signs.values():
        for field in ("worse", "milder"):
            named = sign.text(field)
            if named:
                yield from unknown("sign", named, signs)
            elif sign.body.get("grade") == "ask":
                yield error(sign.place(), f"a sign that asks needs `{field}:`", "Name a sign.")


def _results(project: Project) -> Iterator[Problem]:
    known = _keys(project, "readiness", "results")
    for entry in project.guides:
        if entry.document.schema != "coach_readiness":
            continue
        for index, item in enumerate(entry.items("checks")):
            for name, result in _mapping(_mapping(item).get("answers")).items():
                place = entry.place("checks", index, "answers", str(name))
                yield from unknown("result", Text(str(result), place), known)


def _keys(project: Project, guide: str, field: str) -> list[str]:
    found = (entry for entry in project.guides if entry.id == guide)
    return [key for entry in found for key in _mapping(entry.body.get(field))]


def _facts(project: Project) -> list[str]:
    groups = project.facts.content if project.facts.readable else {}
    return [fact for group in groups.values() if isinstance(group, dict) for fact in group]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
