"""A copy of the real content, in which a fault or a good change is planted."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from content.files import DATA
from content.lint.problems import Severity
from gate import steps
from gate.job import Job
from gate.report import Finding, Result, StepId

TODAY = date(2026, 11, 22)
QUICK = (StepId.LINT, StepId.ANSWERS, StepId.SAFETY)
"""The steps that need no model of the change."""


class Planted:
    """The copy, beside the live content."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        shutil.copytree(DATA, self.data)

    def read(self, name: str) -> str:
        return (self.data / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        file = self.data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Put ``new`` for the first ``old``."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def section(self, name: str, field: str) -> str:
        """A list of a topic's file, with the line that names it."""
        found = re.search(rf"^{field}:\n(?:[ -].*\n)+", self.read(name), re.MULTILINE)
        assert found, f"no {field}: in {name}"
        return found.group()

    def swap(self, one: str, other: str, field: str) -> None:
        """Put the lists of two topics in each other's place."""
        first, second = self.section(one, field), self.section(other, field)
        self.edit(one, first, second)
        self.edit(other, second, first)

    def job(self, reason: str = "") -> Job:
        return Job(self.data, DATA, self.data.parent, TODAY, reason)

    def checked(self, step: StepId, reason: str = "") -> Result:
        return steps.check(step, self.job(reason), lambda share, message: None)

    def errors(self, *wanted: StepId, reason: str = "") -> list[Finding]:
        """What stops the change in these steps; nothing after what the lint stops."""
        for step in wanted:
            stopped = [
                found
                for found in self.checked(step, reason).findings
                if found.severity is Severity.ERROR
            ]
            if stopped:
                return stopped
        return []
