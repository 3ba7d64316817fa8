"""Whether a text holds markup, which no page shows as anything but a fault or a danger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from content.lint.documents import Document
from content.lint.problems import Problem, error
from content.lint.project import Project

WORDS_OF_PATIENTS = {"examples", "must_fire", "must_not_fire"}
"""Fields with what people type, which may be anything."""

_TAG = re.compile(r"<[a-z/!][^>]{0,40}>?|&#?\w{1,8};|\bjavascript:", re.IGNORECASE)


def check(project: Project) -> Iterator[Problem]:
    """Tags, entities and addresses that run something, in any text but what people type."""
    for document in project.documents:
        yield from _tags(document, document.content)


def _tags(document: Document, value: Any, *steps: str | int) -> Iterator[Problem]:
    if isinstance(value, str):
        found = _TAG.search(value)
        if found:
            wrong = f"the text holds markup: `{found.group()}`"
            yield error(document.place(*steps), wrong, "Write words alone; delete the tag.")
    inner = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        inner = dict(enumerate(value))
    for step, item in inner.items():
        if step not in WORDS_OF_PATIENTS:
            yield from _tags(document, item, *steps, step)
