"""What came of a run of the checks: it passes only where everything says so."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.publishing.checks import words
from desk.publishing.checks.child import Ended
from desk.publishing.report.shape import NoReport, loaded
from desk.settings import Settings
from records.words import CheckStatus

REPORT = "report.json"
PASSED, STOPPED = 0, 1


@dataclass(frozen=True)
class Outcome:
    """How it ended, what is to be told of that, and the report where there is one."""

    status: CheckStatus
    message: str = ""
    report: Any = None


def outcome(ended: Ended, folder: Path, settings: Settings, reason: str = "") -> Outcome:
    """What came of the checks whose process has ended.

    Args:
        ended: how it ended.
        folder: the check's folder, with the report.
        settings: how long it had, and which program it is that trained the model.
        reason: the change's, which they went by.
    """
    if not ended.in_time:
        return _broken(words.TOO_LONG.format(minutes=settings.desk_check_minutes))
    if ended.code < 0:
        return _broken(words.KILLED)
    if ended.code not in (PASSED, STOPPED):
        return Outcome(CheckStatus.BROKEN, words.TOOL_FAILED, _if_any(folder))
    if ended.result is None:
        return _broken(words.NO_REPORT)
    try:
        report = loaded(folder / REPORT)
    except NoReport as error:
        return _broken(f"{words.UNREADABLE} ({error})")
    said = {ended.code == PASSED, ended.result.passed, report["passed"]}
    if len(said) > 1:
        return _broken(words.UNREADABLE)
    status = CheckStatus.PASSED if True in said else CheckStatus.FAILED
    return Outcome(status, report={**report, "code": settings.dorsi_code, "reason": reason})


def _if_any(folder: Path) -> Any:
    """The report of checks that were broken: it says what was found up to there."""
    try:
        report = loaded(folder / REPORT)
    except NoReport:
        return None
    return None if report["passed"] else report


def _broken(message: str) -> Outcome:
    return Outcome(CheckStatus.BROKEN, message)
