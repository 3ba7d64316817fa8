"""The report of the checks as `gate/report.py` writes it, read strictly where it decides."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

VERSION = 1
STEPS = (
    *("lint", "answers", "safety", "validate"),
    *("train", "understanding", "dialogues", "speed"),
)
"""The steps that a change has to pass, in their order, as `gate/` names them."""
LARGEST = 20_000_000


class NoReport(Exception):
    """There is no report, or none that can be read."""


class Part(BaseModel):
    """A part of the report; what is not known here is left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class State(StrEnum):
    """What became of a step."""

    PASSED = "passed"
    STOPPED = "stopped"
    BROKEN = "broken"
    LEFT_OUT = "left out"


class Finding(Part):
    """Something that a step found, and its mend; `known` where patients have it today already."""

    path: str = ""
    line: int | None = None
    key: tuple[str, ...] | None = None
    severity: str = "error"
    wrong: str
    mend: str = ""
    known: bool = False

    @property
    def stops(self) -> bool:
        """Whether it stops the change."""
        return self.severity == "error"


class Step(Part):
    """One step of the checks."""

    id: str
    title: str = ""
    state: State = State.STOPPED
    passed: bool
    seconds: float = 0
    said: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def stopping(self) -> list[Finding]:
        """The findings that stop the change."""
        return [finding for finding in self.findings if finding.stops]


class Figure(Part):
    """A figure of the change beside that of what is live; None where there is none."""

    before: float | None = None
    after: float | None = None
    of: int | None = None
    unit: str = ""


class Said(Part):
    """Something that got better or worse, with the sentences that prove it."""

    said: str
    sentences: tuple[str, ...] = ()


class Compare(Part):
    """What got better and what got worse."""

    better: tuple[Said, ...] = ()
    worse: tuple[Said, ...] = ()


class Side(Part):
    """A sentence that is understood in another way than before."""

    text: str
    label: str = ""
    before: str | None = None
    after: str | None = None
    right_before: bool = False
    right_after: bool = False


class Confused(Part):
    """How often what is meant as one thing is taken for another."""

    label: str
    taken_as: str = Field(alias="as")
    count: int
    before: int = 0
    sentences: tuple[str, ...] = ()


class Suspect(Part):
    """An example that may stand in the wrong place; `new` where the change brought it."""

    text: str
    label: str
    likely: str
    probability: float
    new: bool = False
    path: str = ""
    line: int | None = None


class Model(Part):
    """The model that was checked."""

    path: str
    checksum: str


class Report(Part):
    """The whole report.

    The desk adds `code`, what the model was trained by, and `reason`, what the checks went by.
    """

    version: int
    code: str = ""
    reason: str = ""
    passed: bool
    broken: str | None = None
    seconds: float = 0
    steps: tuple[Step, ...]
    figures: dict[str, dict[str, Figure]] = Field(default_factory=dict)
    compare: Compare = Compare()
    sides: tuple[Side, ...] = ()
    confusion: tuple[Confused, ...] = ()
    suspect: tuple[Suspect, ...] = ()
    model: Model | None = None


def loaded(file: Path) -> Any:
    """What a report's file holds, fit to be kept in a database.

    Raises:
        NoReport: there is none, or it is no report.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise NoReport("it is too large")
        text = file.read_text(encoding="utf-8")
        raw = json.loads(text, parse_constant=_no_number)
        # PostgreSQL takes no NUL.
        clean = json.loads(json.dumps(raw).replace("\\u0000", ""))
    except (OSError, ValueError, RecursionError) as error:
        raise NoReport(str(error)) from None
    read(clean)
    return clean


def read(raw: object) -> Report:
    """The report that was kept.

    Raises:
        NoReport: it is none, of another version, or at odds with itself.
    """
    try:
        report = Report.model_validate(raw)
    except ValidationError as error:
        raise NoReport(f"{error.error_count()} parts of it are not as they should be") from None
    if report.version != VERSION:
        raise NoReport(f"it is of version {report.version}")
    passed = {step.id for step in report.steps if step.passed}
    if report.passed and (len(passed) < len(report.steps) or not passed.issuperset(STEPS)):
        raise NoReport("it says that all passed, and its steps say otherwise")
    if report.passed and report.model is None:
        raise NoReport("it names no model")
    return report


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
