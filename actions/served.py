"""The content that the actions speak of: that which is served, and for a preview a draft's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from content.files import DATA
from content.progress import Progress, load_progress
from content.recovery import Recovery, load_recovery
from content.summary import SummaryTexts, load_summary

T = TypeVar("T")

KEPT = 3
"""Of so many folders what was made is kept."""

_folder: ContextVar[Path] = ContextVar("folder", default=DATA)


@contextmanager
def speaking_of(folder: Path) -> Iterator[None]:
    """Speak of another folder's content, in this thread and for as long as the context lasts."""
    before = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(before)


def once(make: Callable[[Path], T]) -> Callable[[], T]:
    """Turn what makes something of a folder's content into what gives it, made once a folder."""
    made = lru_cache(maxsize=KEPT)(make)

    def of_what_is_served() -> T:
        return made(_folder.get())

    of_what_is_served.__doc__ = make.__doc__
    return of_what_is_served


@once
def the_progress(folder: Path) -> Progress:
    """What is said and asked of progress."""
    return load_progress(folder / "progress.yml")


@once
def the_recovery(folder: Path) -> Recovery:
    """What is said and asked of recovery."""
    return load_recovery(folder)


@once
def the_summary(folder: Path) -> SummaryTexts:
    """What is said and read of the summary for the doctor."""
    return load_summary(folder / "summary.yml")
