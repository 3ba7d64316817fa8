"""The content lint: what is wrong in ``data/``, on which line, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from content.lint import (
    advice,
    dates,
    documents,
    domain,
    examples,
    exercises,
    guides,
    ids,
    markup,
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

Check = Callable[[Project], Iterator[Problem]]

# What these find in a file depends on that file alone, and on the day.
OF_ONE_FILE: tuple[Check, ...] = (
    documents.check,
    schema.check,
    dates.check,
    reading.check,
    wording.check,
    markup.check,
    red_flags.check,
    guides.check,
)
# What these find may depend on every file. So may examples, which are compared with all others.
OF_ALL: tuple[Check, ...] = (
    ids.check,
    references.check,
    sources.check,
    advice.check,
    safety_check.check,
    exercises.check,
    regions.check,
    domain.check,
    unused.check,
)

CHECKS: tuple[Check, ...] = (*OF_ONE_FILE, *OF_ALL, examples.check)


def findings(project: Project) -> list[Problem]:
    """Everything that is wrong with a project, by path and line."""
    return sorted(set(_all(project)))


def _all(project: Project) -> Iterator[Problem]:
    for check in CHECKS:
        yield from check(project)
