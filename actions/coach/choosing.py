"""Which exercise it shall be, among those that are safe today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import memory
from actions.coach import buttons, ending, planning, steps
from actions.coach.turn import PATIENCE, Turn
from actions.exercises import choosing, course, readiness
from actions.exercises.choosing import Wanted
from actions.exercises.state import Limit, Stage, State
from actions.safety.values import Said
from content.coach.model import SEATED as SEATED_POSITION
from content.coach.model import Check
from content.names import ActId, Kind

SUGGESTION, SEATED, MINUTES, ALL = "suggestion", "seated", "minutes", "all"
OPENING = (SUGGESTION, SEATED, MINUTES, ALL)
CHECK_BUTTONS = (readiness.YES, readiness.NO, readiness.UNSURE)
FIVE_MINUTES = 5
OFFERED = 4


def hear(turn: Turn, state: State) -> memory.Events:
    """The reply to "which exercise"."""
    if turn.is_late(state):
        return ask(turn, state)
    said = turn.said(OPENING)
    if said is not None:
        return _chosen(turn, state, said)
    wanted = turn.tools.chooser.wanted(turn.text)
    if not wanted.is_nothing:
        return pick(turn, replace(state, wanted=turn.text, unclear=0))
    if turn.ends or turn.answered is Said.NO:
        return ending.stop(turn, state)
    unclear = state.unclear + 1
    if turn.answered in (Said.YES, Said.UNSURE) or unclear >= PATIENCE:
        return _chosen(turn, replace(state, unclear=0), SUGGESTION)
    events = turn.aside()
    later = state if events is not None else replace(state, unclear=unclear)
    return [*(events or []), *ask(turn, later)]


def pick(turn: Turn, state: State) -> memory.Events:
    """Find the exercise that is wanted."""
    if not state.may(Limit.NOT_TODAY):
        return _not_today(turn, state)
    if state.queue:
        return go(turn, state, state.queue)
    direct = state.wanted.removeprefix(buttons.DO)
    if direct in turn.coach.exercises:
        return go(turn, state, [direct])
    wanted = turn.tools.chooser.wanted(state.wanted)
    if wanted.is_nothing:
        return ask(turn, state)
    if len(wanted.exercises) == 1:
        return go(turn, state, wanted.exercises)
    return _fitting(turn, state, wanted)


def go(turn: Turn, state: State, exercises: Sequence[str]) -> memory.Events:
    """Begin the first that is safe; before a standing one, ask for a firm hold."""
    safe = [
        one for one in exercises if course.is_safe(turn.coach.exercises[one], None, state.limits)
    ]
    unsafe = [turn.coach.exercises[one].name for one in exercises if one not in safe]
    if not safe:
        return _standing_not_safe(turn, state, unsafe[0])
    for name in unsafe:
        turn.say("left_out", Kind.NOTICE, name=name)
    first = turn.coach.exercises[safe[0]]
    check = readiness.next_check(turn.coach, state, standing=True) if first.hold else None
    if check is not None:
        waiting = replace(state, stage=Stage.CHECK, check=check.id, queue=tuple(safe))
        return ask_check(turn, waiting, check)
    if state.done:
        turn.say("next_one", Kind.NOTICE, name=first.name)
    if first.hold and not state.may(Limit.HELPER):
        turn.say("helper", Kind.NOTICE)
    return steps.introduce(turn, course.start(turn.coach, state, safe))


def ask_check(turn: Turn, state: State, check: Check) -> memory.Events:
    """Ask one question of the readiness check alone."""
    turn.tell(check.ask, choices=buttons.offers(turn.coach, state, CHECK_BUTTONS))
    return turn.keep(state)


def ask(turn: Turn, state: State) -> memory.Events:
    """Ask which exercise it shall be."""
    state = replace(state, stage=Stage.CHOICE, queue=())
    turn.say("choose", choices=buttons.offers(turn.coach, state, OPENING))
    return turn.keep(state)


def _not_today(turn: Turn, state: State) -> memory.Events:
    grave = readiness.results(turn.coach, state.answers)
    said = [one.say for one in grave if one.limit == Limit.NOT_TODAY.value]
    offered = [ActId.SAFETY_CHECK.value]
    turn.tell(said[0] if said else turn.coach.texts["rest_today"], Kind.NOTICE, acts=offered)
    return turn.end(ending.over(state), offered)


def _standing_not_safe(turn: Turn, state: State, name: str) -> memory.Events:
    state = replace(state, stage=Stage.CHOICE, queue=())
    open_ = course.allowed(turn.coach, state.limits)[:OFFERED]
    choices = buttons.exercises(turn.coach, state, open_)
    turn.say("standing_not_safe", choices=choices, name=name)
    return turn.keep(state)


def _fitting(turn: Turn, state: State, wanted: Wanted) -> memory.Events:
    """Offer what fits; where time is named, make a set of it."""
    open_ = course.allowed(turn.coach, state.limits)
    among = [one for one in open_ if one in wanted.exercises] if wanted.exercises else open_
    found = choosing.matching(turn.coach, wanted, among)
    if wanted.minutes is not None and found:
        return _set(turn, state, found, wanted.minutes)
    if len(found) == 1:
        return go(turn, state, found)
    state = replace(state, stage=Stage.CHOICE)
    choices = buttons.exercises(turn.coach, state, (found or open_)[:OFFERED])
    turn.say("choose_of" if found else "none_fit", choices=choices)
    return turn.keep(state)


def _chosen(turn: Turn, state: State, said: str) -> memory.Events:
    """A button below "which exercise"."""
    open_ = course.allowed(turn.coach, state.limits)
    if said.startswith(buttons.DO):
        return pick(turn, replace(state, wanted=said))
    if said == SEATED:
        return _fitting(turn, state, Wanted(positions=(SEATED_POSITION,)))
    if said == MINUTES:
        return _set(turn, state, open_, FIVE_MINUTES)
    if said == ALL:
        names = ", ".join(turn.coach.exercises[one].name for one in open_)
        turn.say("all", choices=buttons.exercises(turn.coach, state, open_), list=names)
        return turn.keep(state)
    return _set(turn, state, open_, None)


def _set(turn: Turn, state: State, among: Sequence[str], minutes: int | None) -> memory.Events:
    """A set of exercises for today, by what was done before."""
    if planning.is_worrying(turn):
        turn.say("see_someone_first", Kind.NOTICE)
        return ask(turn, state)
    suggested = planning.suggest(turn, state, among, minutes)
    for reason in suggested.reasons:
        # What is plain from the exercises themselves has no text.
        if reason in turn.coach.texts:
            turn.say(reason, Kind.NOTICE)
    if suggested.easier:
        state = course.limited(state, Limit.GENTLE.value, state.checked_at)
    chosen = [one for one in suggested.exercises if one in turn.coach.exercises]
    if not chosen:
        return ask(turn, state)
    if len(chosen) > 1:
        names = ", ".join(turn.coach.exercises[one].name for one in chosen)
        turn.say("routine", Kind.NOTICE, list=names)
    return go(turn, state, chosen)
