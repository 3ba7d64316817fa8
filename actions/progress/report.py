"""What the diary says: numbers, findings, a picture, and where to go from here."""

from __future__ import annotations

from actions import memory
from actions.exercises import readiness
from actions.exercises import state as exercises
from actions.exercises.showing import PARTING
from actions.exercises.state import Limit
from actions.progress import telling
from actions.progress.turn import Turn
from content.names import ActId, Field, Kind, Slot
from diary.chart import DAYS, chart
from diary.trends import WORRYING, findings
from diary.trends import summary as counts
from diary.values import History, days_ago
from triage.model import Level


def tell(turn: Turn, history: History) -> memory.Events:
    """Say it all; where anything worries, nothing invites to exercise."""
    found = findings(history, turn.at)
    told = telling.told(turn.progress, history, counts(history, turn.at), found)
    for text in told.counts:
        turn.speaker.say(text, Kind.ANSWER)
    for text in told.worries:
        turn.speaker.say(text, Kind.ANSWER, level=Level.SOON)
    for text in told.rest:
        turn.speaker.say(text, Kind.ANSWER)
    offered = [ActId.SUMMARY.value, ActId.FORGET_DIARY.value]
    if any(one.id == telling.LESS_FUNCTION for one in found):
        offered.insert(0, ActId.SAFETY_CHECK.value)
    if not any(one.level in WORRYING for one in found) and _may_exercise(turn):
        offered.insert(0, ActId.EXERCISE.value)
    _picture(turn, history, offered)
    return turn.end(offered)


def _picture(turn: Turn, history: History, offered: list[str]) -> None:
    """The last six weeks, if there was a visit in them; and what next."""
    texts, extra = [turn.progress.texts["next"]], {}
    if any(one.practised and 0 <= days_ago(one.at, turn.at) < DAYS for one in history.visits):
        drawn = chart(history, turn.at, turn.progress.chart)
        texts.insert(0, turn.progress.texts["picture"])
        extra = {Field.CHART: {"svg": drawn.svg, "alt": drawn.alt}}
    turn.speaker.say(
        PARTING.join(texts),
        Kind.QUESTION,
        buttons=offered,
        titles={ActId.EXERCISE.value: turn.progress.buttons[ActId.EXERCISE.value]},
        extra=extra,
    )


def _may_exercise(turn: Turn) -> bool:
    """Whether the coach has not just said that today is no day for it."""
    coach = turn.speaker.catalogue.coach
    visit = exercises.read(turn.tracker.get_slot(Slot.EXERCISE.value), coach) if coach else None
    held = visit is not None and readiness.is_valid(visit, turn.at.timestamp())
    return visit is None or not held or visit.may(Limit.NOT_TODAY)
