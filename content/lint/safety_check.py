"""Whether the safety check can be read, and what it names is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.lint.entries import Entry, Text
from content.lint.problems import Problem
from content.lint.project import Project
from content.lint.reading import EMERGENCY, EMERGENCY_GRADE, GRADE, hard
from content.lint.references import unknown
from content.lint.wording import unsafe

SAMPLES = {EMERGENCY: "999", "{same_day}": "call your doctor", "{say}": ""}
SPOKEN = ("ask", "ask_again", "ask_rest", "why", "reason", "say", "do", "sooner")
LEVEL = "level"


def check(project: Project) -> Iterator[Problem]:
    """Texts that are too hard or too long; topics and red flags that do not exist."""
    entry = project.safety_check
    if entry is None or not entry.document.readable:
        return
    for text, limit in _said(entry, (), entry.body):
        yield from unsafe(text, SAMPLES)
        yield from hard(text, SAMPLES, limit)
    for named in entry.texts("offer_after"):
        yield from unknown("topic", named, project.topics)
    for named in _flags(entry):
        yield from unknown("red flag", named, project.red_flags)


def _said(entry: Entry, steps: tuple[str | int, ...], value: Any) -> Iterator[tuple[Text, float]]:
    """What Dorsi says, with the hardest grade it may have."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _said(entry, (*steps, index), item)
    if not isinstance(value, dict) or steps[:1] == ("words",):
        return
    urgent = value.get(LEVEL) == "emergency"
    for name, item in value.items():
        here = (*steps, name)
        if isinstance(item, str) and (name in SPOKEN or steps == ("texts",)):
            hard = EMERGENCY in item or (urgent and name == "reason")
            yield Text(item, entry.place(*here)), EMERGENCY_GRADE if hard else GRADE
        else:
            yield from _said(entry, here, item)


def _flags(entry: Entry) -> Iterator[Text]:
    """The red flags that answer a question."""
    for number, question in enumerate(entry.items("questions")):
        answers = question.get("answers") if isinstance(question, dict) else None
        for name, outcome in answers.items() if isinstance(answers, dict) else ():
            flags = outcome.get("flags") if isinstance(outcome, dict) else None
            for index, flag in enumerate(flags or ()):
                place = entry.place("questions", number, "answers", name, "flags", index)
                yield Text(str(flag), place)
