"""What the gate found: values that become ``report.json``, in words for people who edit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from content.lint.problems import Severity

VERSION = 1
FILE = "report.json"


class StepId(str, Enum):
    """The steps, in the order in which they run: what is quick comes first."""

    LINT = "lint"
    ANSWERS = "answers"
    SAFETY = "safety"
    VALIDATE = "validate"
    TRAIN = "train"
    UNDERSTANDING = "understanding"
    DIALOGUES = "dialogues"
    SPEED = "speed"


class State(str, Enum):
    """What became of a step."""

    PASSED = "passed"
    STOPPED = "stopped"
    BROKEN = "broken"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Finding:
    """One thing that an editor has to know; an error stops the change.

    Attributes:
        path: the file, as ``data/…`` or ``tests/…``.
        line: where it stands there, from 1.
        key: the field, as steps from the top of the file; None where no one field is meant.
        severity: error or warning.
        wrong: what is wrong, one sentence.
        mend: what to do about it.
        known: whether what patients get today has the same fault; as a rule it stops nothing.
    """

    path: str
    line: int
    wrong: str
    mend: str
    severity: Severity = Severity.ERROR
    key: tuple[str, ...] | None = None
    known: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure of the change beside that of what is live.

    Attributes:
        before: of what is live; None for what is new.
        after: of the change; None for what is gone.
        of: how many things were counted or timed, if any.
        unit: "share" (0 to 1), "ms", "s", "bytes" or "" for a count.
    """

    before: float | None
    after: float | None
    of: int | None = None
    unit: str = ""


@dataclass(frozen=True)
class Change:
    """Something that got better or worse, with the sentences that show it."""

    step: StepId
    said: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Side:
    """A sentence that is now understood, or judged, in another way.

    Attributes:
        text: the sentence.
        label: what it is about: a topic's or act's id, a red flag's, or a class of near misses.
        before: what it is taken for by what is live.
        after: what it is taken for by the change.
        right_before: whether that was right.
        right_after: whether that is right.
        step: the step that asked: understanding or safety.
    """

    text: str
    label: str
    before: str
    after: str
    right_before: bool
    right_after: bool
    step: StepId = StepId.UNDERSTANDING


@dataclass(frozen=True)
class Confusion:
    """How often examples of one label are taken for another; ``as`` in JSON."""

    label: str
    as_: str
    count: int
    before: int
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suspect:
    """An example that looks as if it belonged to another label.

    Attributes:
        text: the example.
        label: where it stands.
        likely: where it seems to belong.
        probability: how likely that is, 0 to 1.
        new: whether the change brought it.
        path: its file.
        line: its line there.
    """

    text: str
    label: str
    likely: str
    probability: float
    new: bool
    path: str
    line: int


@dataclass(frozen=True)
class Model:
    """The trained model of the change."""

    path: str
    checksum: str


Figures = Mapping[str, Mapping[str, Figure]]
"""By group (accuracy, safety, dialogues, speed, sizes), then by name."""


@dataclass(frozen=True)
class Result:
    """What one step found."""

    said: str
    findings: tuple[Finding, ...] = ()
    figures: Figures = field(default_factory=dict)
    better: tuple[Change, ...] = ()
    worse: tuple[Change, ...] = ()
    sides: tuple[Side, ...] = ()
    confusion: tuple[Confusion, ...] = ()
    suspect: tuple[Suspect, ...] = ()
    model: Model | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing stops the change."""
        return not any(found.severity is Severity.ERROR for found in self.findings)


@dataclass(frozen=True)
class Step:
    """One step of the gate as the report tells of it."""

    id: StepId
    title: str
    state: State
    seconds: float
    said: str
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it ran and nothing stops the change."""
        return self.state is State.PASSED


@dataclass(frozen=True)
class Report:
    """All that the gate found.

    Attributes:
        steps: every step that was asked for, those left out too.
        results: of the steps that ran to their end.
        seconds: how long all took.
        made: when it was finished, as ISO 8601.
    """

    steps: tuple[Step, ...]
    results: tuple[Result, ...]
    seconds: float
    made: str

    @property
    def passed(self) -> bool:
        """Whether every step passed."""
        return all(step.passed for step in self.steps)

    @property
    def broken(self) -> StepId | None:
        """The step whose tool failed, if one did: then nothing is known of the change."""
        return next((step.id for step in self.steps if step.state is State.BROKEN), None)

    def as_json(self) -> dict[str, Any]:
        """The report as ``report.json`` holds it."""
        figures: dict[str, dict[str, Figure]] = {}
        for result in self.results:
            for group, named in result.figures.items():
                figures.setdefault(group, {}).update(named)
        found = {
            "version": VERSION,
            "passed": self.passed,
            "broken": self.broken,
            "seconds": self.seconds,
            "made": self.made,
            "steps": [{**asdict(step), "passed": step.passed} for step in self.steps],
            "figures": {
                group: {name: asdict(one) for name, one in named.items()}
                for group, named in figures.items()
            },
            "compare": {
                "better": [asdict(one) for result in self.results for one in result.better],
                "worse": [asdict(one) for result in self.results for one in result.worse],
            },
            "sides": [asdict(one) for result in self.results for one in result.sides],
            "confusion": [_confusion(one) for result in self.results for one in result.confusion],
            "suspect": [asdict(one) for result in self.results for one in result.suspect],
            "model": next((asdict(r.model) for r in self.results if r.model), None),
        }
        return dict(_rounded(found))

    def write(self, folder: Path) -> Path:
        """Write ``report.json`` whole or not at all, and say where it is."""
        file, part = folder / FILE, folder / f"part-{FILE}"
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1)
        part.write_text(text + "\n", encoding="utf-8")
        return part.replace(file)


def _confusion(one: Confusion) -> dict[str, Any]:
    return {name.rstrip("_"): value for name, value in asdict(one).items()}


def _rounded(value: Any) -> Any:
    """Figures with as many places as they deserve."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value
