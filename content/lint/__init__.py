"""The content lint: what is wrong in ``data/``, on which line, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from content.lint import (
    advice,
    dates,
    documents,
    domain,
    examples,
    exercises,
    guides,
    ids,
    reading,
    red_flags,
    references,
    regions,
    safety_check,
    schema,
    sources,
    unused,
    wording,
)
from content.lint.problems import Problem
from content.lint.project import Project

CHECKS = (
    documents.check,
    schema.check,
    ids.check,
    examples.check,
    references.check,
    sources.check,
    dates.check,
    reading.check,
    wording.check,
    red_flags.check,
    advice.check,
    safety_check.check,
    exercises.check,
    guides.check,
    regions.check,
    domain.check,
    unused.check,
)


def findings(project: Project) -> list[Problem]:
    """Everything that is wrong with a project, by path and line."""
    return sorted(set(_all(project)))


def _all(project: Project) -> Iterator[Problem]:
    for check in CHECKS:
        yield from check(project)
