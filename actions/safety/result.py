"""The one message that a check ends with. Pure."""

from __future__ import annotations

from typing import NamedTuple

from actions.safety import course
from actions.safety.course import State
from content.model import SafetyCheck
from content.names import Kind
from triage.model import Level

PARTING = "\n\n"


class Result(NamedTuple):
    """What is said at the end."""

    text: str
    kind: Kind
    level: Level


def result(check: SafetyCheck, state: State) -> Result:
    """What to do, why, when to go sooner, and what to say on the phone."""
    outcomes = course.deciding(check, state.answers)
    level = course.level(check, state)
    # Nothing was named; yet a new foot drop should always be looked at.
    level = Level.SOON if level is Level.NONE else level
    advice = check.results[level]
    decided = bool(outcomes) and outcomes[0].level is level
    # What the patient was told of outside the check may be more urgent than every answer.
    reason = outcomes[0].reason if decided else advice.reason
    told = " ".join([*([] if decided else [advice.say]), *(one.say for one in outcomes)])
    phone = check.texts["phone"].replace("{say}", told)
    text = PARTING.join([f"{advice.do} {reason}", advice.sooner, phone])
    return Result(text, Kind.ANSWER if level is Level.SOON else Kind.ESCALATION, level)
