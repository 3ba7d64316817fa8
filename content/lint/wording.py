"""Words that must not stand in what Dorsi says: unknown placeholders and doses of medicines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from content.lint.entries import Text
from content.lint.problems import Problem, error
from content.lint.project import Project
from content.lint.reading import SAMPLES, said

_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")
_DOSE = re.compile(
    r"\b(?:\d+(?:[.,]\d+)?|one|two|three|four|half an?)[\s-]*"
    r"(?:mg|mcg|µg|μg|ml|milligrams?|micrograms?|millilit(?:re|er)s?|tablets?|capsules?|pills?)\b",
    re.IGNORECASE,
)


def check(project: Project) -> Iterator[Problem]:
    """Placeholders that nobody fills; doses, which only a prescriber may name."""
    for _, messages in said(project):
        for message in messages:
            yield from unsafe(message, SAMPLES)


def unsafe(message: Text, placeholders: Collection[str]) -> Iterator[Problem]:
    """What must not stand in one message, of which ``placeholders`` are filled in."""
    for found in _PLACEHOLDER.findall(message.words):
        if found not in placeholders:
            mend = f"Write {' or '.join(placeholders)}, or the words themselves."
            yield error(message.place, f"the placeholder `{found}` is unknown", mend)
    dose = _DOSE.search(message.words)
    if dose:
        mend = "Delete it and send the reader to a doctor or pharmacist."
        yield error(message.place, f'"{dose.group()}" is a dose of a medicine', mend)
