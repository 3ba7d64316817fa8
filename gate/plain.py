"""The report as a person reads it in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from gate.report import Change, Finding, Report, State, Step
from gate.running import Progress

MARKS = {
    State.PASSED: "passed",
    State.STOPPED: "STOPPED",
    State.BROKEN: "BROKEN",
    State.LEFT_OUT: "left out",
}
SHOWN = 5
"""How many sentences stand below a change."""


def tell(progress: Progress) -> None:
    """Print how far the gate is: over the same line where somebody watches."""
    text = f"{progress.percent:3} %  {progress.title}: {progress.message}"
    end = "\r" if sys.stdout.isatty() else "\n"
    print(f"{text[:110]:110}" if end == "\r" else text, end=end, flush=True)


def summary(report: Report, file: Path) -> str:
    """What was found, step by step, and what got better or worse."""
    return "\n".join([*_lines(report), "", f"The whole report: {file}"])


def _lines(report: Report) -> Iterator[str]:
    yield ""
    for step in report.steps:
        yield f"{MARKS[step.state]:9} {step.title} ({step.seconds:.0f} s): {step.said}"
        yield from _findings(step)
    changes = [
        (word, change)
        for result in report.results
        for word, some in (("better", result.better), ("worse", result.worse))
        for change in some
    ]
    if changes:
        yield ""
    for word, change in changes:
        yield from _change(word, change)
    yield ""
    if report.broken:
        yield f"BROKEN after {report.seconds:.0f} s: nothing is known of this change."
    elif report.passed:
        yield f"PASSED in {report.seconds:.0f} s."
    else:
        yield f"STOPPED after {report.seconds:.0f} s: mend what is marked as an error."


def _findings(step: Step) -> Iterator[str]:
    for found in step.findings:
        yield f"          {_finding(found)}"


def _finding(found: Finding) -> str:
    known = " (live already)" if found.known else ""
    where = f"{found.path}:{found.line}"
    return f"{where}: {found.severity.value}: {found.wrong}{known}. {found.mend}"


def _change(word: str, change: Change) -> Iterator[str]:
    yield f"{word}: {change.said}"
    for sentence in change.sentences[:SHOWN]:
        yield f"    {sentence}"
    if len(change.sentences) > SHOWN:
        yield f"    … and {len(change.sentences) - SHOWN} more"
