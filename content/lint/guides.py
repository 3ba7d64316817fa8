"""Whether what the exercises, the coach and the other guided conversations say can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from content.lint.entries import Entry, Text
from content.lint.problems import Problem
from content.lint.project import Project
from content.lint.reading import EMERGENCY, EMERGENCY_GRADE, GRADE, hard
from content.lint.wording import unsafe

SAMPLES = {EMERGENCY: "999", "{same_day}": "call your doctor", "{advice_line}": ""}
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
FEW_WORDS = 6
"""A heading or a phrase of fewer words has no grade that means anything."""
SILENT = frozenset(
    {
        *("id", "facts", "goals", "position", "topic", "counts", "reviewed", "review_due"),
        *("patterns", "examples", "words", "sources", "also_known_as"),
        *("grade", "worse", "milder", "limit", "answers", "title", "buttons", "level", "chart"),
        *("starting", "aside", "yes", "no", "agreeing", "denying"),
    }
)
"""Fields that hold no sentence of Dorsi's: ids, patterns, what patients say, words on buttons."""


def check(project: Project) -> Iterator[Problem]:
    """Texts that are too hard or too long, and doses of medicines."""
    for entry in (*project.exercises.values(), *project.guides):
        if entry.document.readable:
            for text in spoken(entry):
                yield from _hard(text)


def spoken(entry: Entry) -> Iterator[Text]:
    """Everything in a file that Dorsi may say."""

    def walk(value: Any, steps: tuple[str | int, ...]) -> Iterator[Text]:
        if isinstance(value, str):
            yield Text(value, entry.place(*steps))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from walk(item, (*steps, index))
        elif isinstance(value, dict):
            for name, item in value.items():
                # Short words on buttons and in lists are no sentences to be measured.
                if str(name) not in SILENT:
                    yield from walk(item, (*steps, str(name)))

    yield from walk(entry.body, ())


def _hard(text: Text) -> Iterator[Problem]:
    # What a text's own placeholders stand for is measured where it is written.
    samples = {**dict.fromkeys(_PLACEHOLDER.findall(text.words), "10"), **SAMPLES}
    yield from unsafe(text, samples)
    limit = EMERGENCY_GRADE if EMERGENCY in text.words else GRADE
    yield from hard(text, samples, limit, FEW_WORDS)
