"""What the checks print while they run: a JSON object a line, and anything else into the log."""

import json
from dataclasses import dataclass

MAX_MESSAGE = 500


@dataclass(frozen=True)
class Progress:
    """How far the checks are: the step by its title, all of them in percent."""

    step: str = ""
    percent: int = 0
    message: str = ""


@dataclass(frozen=True)
class Result:
    """The last line: where the report is, and whether all passed."""

    report: str
    passed: bool


def read(line: str) -> Progress | Result | None:
    """What a line says; None for whatever is no line of the checks' protocol."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    report, passed = said.get("report"), said.get("passed")
    if isinstance(report, str) and isinstance(passed, bool):
        return Result(report, passed)
    step, percent = said.get("title") or said.get("step"), said.get("percent", 0)
    if not isinstance(step, str) or not isinstance(percent, int | float) or percent != percent:
        return None
    message = said.get("message")
    tidy = message.replace("\0", "")[:MAX_MESSAGE] if isinstance(message, str) else ""
    return Progress(step.replace("\0", ""), int(max(0, min(percent, 100))), tidy)
