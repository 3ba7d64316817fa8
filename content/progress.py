""" "How am I doing?": what ``data/progress.yml`` holds, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from content.files import DATA, naming, read_yaml, strings

FILE = DATA / "progress.yml"


@dataclass(frozen=True)
class Choice:
    """A button below a question: what it stands for, and its words."""

    value: str
    title: str


@dataclass(frozen=True)
class Asked:
    """One question of the check-in: as it is asked, in other words, why, and its buttons."""

    ask: str
    ask_again: str
    why: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Line:
    """What is said of one number; ``none`` is for 0, and "" leaves it unsaid."""

    some: str
    none: str = ""


@dataclass(frozen=True)
class Words:
    """How people answer.

    Attributes:
        counts: words that stand for a number.
        units: words for a length of time, in days.
        lists: all other lists, by name.
    """

    counts: Mapping[str, int]
    units: Mapping[str, int]
    lists: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Progress:
    """All that is asked and said about progress.

    Attributes:
        questions: by the step at which they are asked, in order.
        signs: the signs of healing as they are said back.
        times: how 0, 1, 2 … times are said; ``times_more`` is for all above.
        joint: the word before the last item of a list.
        lines: what is said of each number of a summary, in order.
        findings: what is said of each finding.
        chart: the words in the picture.
    """

    questions: Mapping[str, Asked]
    signs: Mapping[str, str]
    buttons: Mapping[str, str]
    texts: Mapping[str, str]
    times: tuple[str, ...]
    times_more: str
    joint: str
    lines: Mapping[str, Line]
    findings: Mapping[str, str]
    chart: Mapping[str, str]
    words: Words


@lru_cache(maxsize=1)
def the_progress() -> Progress:
    """The project's own, read once a process."""
    return load_progress()


def load_progress(path: Path = FILE) -> Progress:
    """Read the file.

    Raises:
        CatalogueError: it is missing, is not YAML, or lacks a field.
    """
    body = read_yaml(path)
    with naming(path):
        return Progress(
            questions={name: _asked(item) for name, item in body["questions"].items()},
            signs=dict(body["signs"]),
            buttons=dict(body["buttons"]),
            texts=dict(body["texts"]),
            times=strings(body["times"]),
            times_more=body["times_more"],
            joint=body["and"],
            lines={name: Line(**item) for name, item in body["lines"].items()},
            findings=dict(body["findings"]),
            chart=dict(body["chart"]),
            words=_words(body["words"]),
        )


def _asked(body: Mapping[str, Any]) -> Asked:
    choices = tuple(Choice(item["value"], item["title"]) for item in body["choices"])
    return Asked(body["ask"], body["ask_again"], body["why"], choices)


def _words(body: Mapping[str, Any]) -> Words:
    rest = {name: strings(found) for name, found in body.items() if isinstance(found, list)}
    counts = {word: int(n) for n, words in body["counts"].items() for word in strings(words)}
    return Words(counts, dict(body["units"]), rest)
