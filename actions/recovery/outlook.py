"""What is asked and said in the talk, and how a time is said back. Pure. No promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.recovery import course
from actions.recovery.course import State, Step
from actions.recovery.since import Since
from content.model import Source
from content.names import ActId
from content.recovery import Cause, Recovery

PARTING = "\n\n"
MONTH, YEAR = 4.345, 52.18  # weeks
WEEK_AT_MOST, WEEKS_AT_MOST, MONTHS_AT_MOST, YEARS_AT_MOST = 1.5, 9.0, 22.0, 25.0


def question(recovery: Recovery, state: State, *, other_words: bool = False) -> str:
    """The question at which the talk stands."""
    step = state.at or Step.CAUSE
    asked = recovery.questions[step.value]
    if other_words:
        return asked.ask_again
    if step is Step.CAUSE and state.named:
        return recovery.texts["which"]
    own = course.cause(recovery, state).ask if step is Step.SINCE else ""
    return own or asked.ask


def outlook(recovery: Recovery, state: State) -> list[str]:
    """The messages: the usual range and its doubt, signs of healing, when slow is too slow."""
    cause = course.cause(recovery, state)
    sure = " ".join(part for part in (cause.range, _stage(recovery, cause, state)) if part)
    return [PARTING.join([told(recovery, state), sure]), recovery.texts["signs"], cause.slow]


def told(recovery: Recovery, state: State) -> str:
    """What the patient told, said back."""
    cause = course.cause(recovery, state)
    if state.since is None:
        return recovery.texts["told_cause"].replace("{cause}", cause.named)
    button = recovery.times.get(state.time)
    since = button.said if button else spoken(recovery, state.since)
    return recovery.texts["told"].replace("{cause}", cause.named).replace("{since}", since)


def spoken(recovery: Recovery, since: Since) -> str:
    """A time in words, as roughly as patients tell it."""
    weeks = since.weeks
    months, years = weeks / MONTH, weeks / YEAR
    if weeks < 1:
        name, count = "days", 0.0
    elif weeks <= WEEK_AT_MOST:
        name, count = "week", weeks
    elif weeks <= WEEKS_AT_MOST:
        name, count = "weeks", weeks
    elif months <= MONTHS_AT_MOST:
        name, count = "months", months
    else:
        name, count = ("years", years) if years <= YEARS_AT_MOST else ("long", years)
    return recovery.spans[name].replace("{n}", str(round(count)))


def warning(recovery: Recovery, state: State) -> str:
    """What is said first where it is new."""
    also = course.cause(recovery, state).new
    return PARTING.join(part for part in (recovery.texts["new"], also) if part)


def offers(recovery: Recovery, state: State) -> list[str]:
    """Ids of topics and acts to offer at the end; nothing to exercise before it was looked at."""
    cause = course.cause(recovery, state)
    first = course.is_new(recovery, state) or cause.unknown or state.since is None
    check = [ActId.SAFETY_CHECK.value] if first else []
    exercise = [] if course.is_new(recovery, state) else [ActId.EXERCISE.value]
    room = 2 - len(check)
    return [*check, *cause.next[:room], *exercise, ActId.SUMMARY.value]


def _stage(recovery: Recovery, cause: Cause, state: State) -> str:
    """How the time so far compares with the usual; what to do if it may be new."""
    if state.since is None:
        return "" if cause.unknown else recovery.texts["undated"]
    if cause.usual is None:
        return ""
    months = state.since.weeks / MONTH
    if months <= cause.usual:
        return recovery.texts["within"]
    if cause.longest is None or months <= cause.longest:
        return cause.later
    return recovery.texts["past"]


def cited(recovery: Recovery, cause: Cause, sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """The sources of a cause as the patient sees them, with the date of the last review."""
    return [
        {
            "title": sources[one].title,
            "publisher": sources[one].publisher,
            "url": sources[one].url,
            "reviewed": recovery.reviewed,
        }
        for one in cause.sources
    ]
