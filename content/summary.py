"""The summary for the doctor: what ``data/summary.yml`` holds, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from content.files import DATA, naming, read_yaml, strings
from triage.model import Level, Status

FILE = DATA / "summary.yml"


class Heading(str, Enum):
    """The parts of the page, in their order."""

    SYMPTOMS = "symptoms"
    BEGAN = "began"
    SIDE = "side"
    FALLS = "falls"
    HEALTH = "health"
    CHECK = "check"
    EXERCISES = "exercises"
    MORE = "more"
    QUESTIONS = "questions"


class Cause(str, Enum):
    """What may be behind a foot drop, as far as it changes the questions to ask."""

    GENERAL = "general"
    MS = "ms"
    SLIPPED_DISC = "slipped_disc"
    PRESSED_NERVE = "pressed_nerve"
    AFTER_OPERATION = "after_operation"
    STROKE = "stroke"
    DIABETES = "diabetes"
    UNKNOWN = "unknown"


class Press(str, Enum):
    """The buttons below the draft."""

    MAKE = "make"
    ADD = "add"
    REMOVE = "remove"
    STOP = "stop"


@dataclass(frozen=True)
class Telling:
    """What to look for in typed words.

    Attributes:
        heading: where it goes on the page.
        patterns: in the notation of ``triage/pattern.py``.
        ignore: cues that say nothing of it.
        with_symptom: whether it counts only beside a symptom.
    """

    heading: Heading
    patterns: tuple[str, ...]
    ignore: frozenset[Status] = frozenset()
    with_symptom: bool = False


@dataclass(frozen=True)
class SummaryTexts:
    """All of ``data/summary.yml``.

    Attributes:
        told: what to look for, by name.
        causes: patterns that tell of a cause.
        questions: what to ask the doctor, by cause.
        asked: how many questions of the cause, and of the general ones, stand in a draft.
        people: words for the patient (``own``) and for others (``others``).
        asking: how a question begins; ``not_asking`` is what makes "can" none.
        aside: patterns of clauses that speak of help or facts.
        supposed: patterns of clauses that imagine.
        story: patterns that tell how it began, which stands for a symptom in its sentence.
        words: how people steer the draft.
    """

    title: str
    notice: str
    headings: Mapping[Heading, str]
    buttons: Mapping[Press, str]
    texts: Mapping[str, str]
    levels: Mapping[Level, str]
    told: Mapping[str, Telling]
    causes: Mapping[Cause, tuple[str, ...]]
    questions: Mapping[Cause, tuple[str, ...]]
    asked: Mapping[str, int]
    people: Mapping[str, frozenset[str]]
    asking: tuple[str, ...]
    not_asking: frozenset[str]
    aside: tuple[str, ...]
    supposed: tuple[str, ...]
    story: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]


def load_summary(path: Path = FILE) -> SummaryTexts:
    """Read the file.

    Raises:
        CatalogueError: it is missing, is not YAML, or lacks a field.
    """
    body = read_yaml(path)
    with naming(path):
        return SummaryTexts(
            title=body["title"],
            notice=body["notice"],
            headings={heading: body["headings"][heading.value] for heading in Heading},
            buttons={press: body["buttons"][press.value] for press in Press},
            texts={name: str(text) for name, text in body["texts"].items()},
            levels={Level(name): text for name, text in body["levels"].items()},
            told={name: _telling(name, item) for name, item in body["told"].items()},
            causes={Cause(name): strings(found) for name, found in body["causes"].items()},
            questions={cause: strings(body["questions"][cause.value]) for cause in Cause},
            asked={name: int(count) for name, count in body["asked"].items()},
            people={name: frozenset(strings(found)) for name, found in body["people"].items()},
            asking=strings(body["asking"]),
            not_asking=frozenset(strings(body["not_asking"])),
            aside=strings(body["aside"]),
            supposed=strings(body["supposed"]),
            story=strings(body["story"]),
            words={name: strings(found) for name, found in body["words"].items()},
        )


@lru_cache(maxsize=1)
def the_summary() -> SummaryTexts:
    """The project's own, read once a process."""
    return load_summary()


def _telling(name: str, body: Mapping[str, Any]) -> Telling:
    return Telling(
        heading=Heading(body.get("under", name)),
        patterns=strings(body["patterns"]),
        ignore=frozenset(Status(cue) for cue in body.get("ignore", ())),
        with_symptom=bool(body.get("with_symptom")),
    )
