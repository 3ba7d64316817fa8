"""Before the exercise: is today a day for it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import elsewhere, memory
from actions.coach import away, buttons, choosing, ending
from actions.coach.turn import NONE_OF_THESE, PATIENCE, Turn
from actions.exercises import readiness, showing
from actions.exercises.state import Limit, Stage, State
from actions.safety.values import ANSWERS, Said
from content.coach.model import Check
from content.names import ActId, Kind, TextId
from triage.model import Level

STAGES = frozenset({Stage.READINESS, Stage.CHECK})
SOMETHING = "something"
LIST_BUTTONS = (NONE_OF_THESE, SOMETHING, readiness.UNSURE)


def begin(turn: Turn, before: State | None) -> memory.Events:
    """Start, go on with what was paused, or say why not today."""
    if is_flagged(turn):
        turn.say("flagged", Kind.NOTICE)
        return turn.end(None)
    pressed = turn.pressed
    if pressed is not None and not pressed.said.startswith(buttons.DO):
        # A step's button of an exercise that has ended.
        turn.speaker.say_text(TextId.CHOICE_GONE)
        return turn.end(before)
    resumes = elsewhere.intent(turn.tracker) == ActId.EXERCISE_RESUME.value
    if resumes and before is not None and before.exercise and before.paused:
        return _resume(turn, before)
    if resumes:
        turn.say("nothing_to_resume", Kind.NOTICE)
    fresh = State(Stage.READINESS, wanted=_wish(turn))
    if before is None:
        return ask(turn, fresh)
    known = replace(ending.over(before), wanted=fresh.wanted)
    if readiness.is_valid(before, turn.now):
        return choosing.pick(turn, known)
    return ask(turn, replace(fresh, asked_consent=before.asked_consent))


def is_flagged(turn: Turn) -> bool:
    """Whether the patient was told to get help, which comes before any exercise."""
    levels = elsewhere.raised(turn.tracker).values()
    return any(level.rank >= Level.URGENT.rank for level in levels)


def ask(turn: Turn, state: State) -> memory.Events:
    """The questions as one list: most days none of it is true."""
    state = replace(state, stage=Stage.READINESS)
    lines = showing.listed(check.short for check in readiness.general(turn.coach))
    choices = buttons.offers(turn.coach, state, LIST_BUTTONS)
    turn.say("readiness", choices=choices, list=lines)
    return turn.keep(state)


def hear_list(turn: Turn, state: State) -> memory.Events:
    """The reply to the list."""
    if turn.is_late(state):
        return ask(turn, state)
    if turn.denies_all:
        return _settled(turn, readiness.none_of_these(turn.coach, state))
    if turn.said(LIST_BUTTONS) is not None:
        return _one_by_one(turn, state)
    found = turn.tools.checks.find(turn.text)
    there = readiness.in_passing(turn.coach, found.there)
    denied = [one for one in readiness.in_passing(turn.coach, found.denied) if one not in there]
    if there or denied:
        return _one_by_one(turn, readiness.told(state, there, denied))
    # "No pain" is a no to one point, if to that: the others are asked.
    if turn.answered in (*ANSWERS, Said.WHY):
        return _one_by_one(turn, state)
    if turn.ends:
        return ending.stop(turn, state)
    events = turn.aside()
    if events is None and state.unclear + 1 >= PATIENCE:
        return _one_by_one(turn, state)
    again = state if events is not None else replace(state, unclear=state.unclear + 1)
    choices = buttons.offers(turn.coach, again, LIST_BUTTONS)
    turn.say("readiness_again", choices=choices)
    return [*(events or []), *turn.keep(again)]


def hear_check(turn: Turn, state: State) -> memory.Events:
    """The reply to one question that was asked alone."""
    check = next(one for one in turn.coach.checks if one.id == state.check)
    if turn.is_late(state):
        return choosing.ask_check(turn, state, check)
    said = turn.answered
    found = turn.tools.checks.find(turn.text)
    if check.id in found.there and not (check.standing and turn.asks):
        said = Said.YES
    elif check.id in found.denied and said not in (Said.YES, Said.UNSURE):
        said = Said.NO
    others = [one for one in readiness.in_passing(turn.coach, found.there) if one != check.id]
    state = readiness.told(state, others) if others else state
    if said in ANSWERS:
        return _checked(turn, readiness.answer(state, check.id, said.value))
    if turn.ends:
        return ending.stop(turn, state)
    if said is Said.BACK:
        return _back(turn, state, check)
    if said is Said.WHY or said is Said.MEANING:
        turn.tell(check.why, Kind.NOTICE)
        return choosing.ask_check(turn, state, check)
    events = turn.aside()
    if events is not None:
        return [*events, *choosing.ask_check(turn, state, check)]
    if state.unclear + 1 >= PATIENCE:
        turn.say("as_unsure", Kind.NOTICE)
        return _checked(turn, readiness.answer(state, check.id, readiness.UNSURE))
    turn.say("unclear_check", Kind.NOTICE)
    return choosing.ask_check(turn, replace(state, unclear=state.unclear + 1), check)


def told_later(turn: Turn, state: State, checks: Sequence[str]) -> memory.Events:
    """Something of the list was told after it: it still counts."""
    return _settled(turn, readiness.told(state, checks))


def _resume(turn: Turn, before: State) -> memory.Events:
    if readiness.is_valid(before, turn.now):
        return away.resume(turn, before)
    # It was long ago: ask anew how today is, and take the exercise up from its start.
    left = (str(before.exercise), *before.queue)
    anew = replace(ending.over(before), answers={}, limits=(), queue=left, done=before.done)
    return ask(turn, anew)


def _back(turn: Turn, state: State, check: Check) -> memory.Events:
    """To the question before; at the first one it stays."""
    earlier = readiness.without_last(state)
    if earlier is None:
        return choosing.ask_check(turn, state, check)
    before = readiness.next_check(turn.coach, earlier) or check
    return choosing.ask_check(turn, replace(earlier, check=before.id), before)


def _one_by_one(turn: Turn, state: State) -> memory.Events:
    turn.say("one_by_one", Kind.NOTICE)
    return _checked(turn, replace(state, unclear=0))


def _checked(turn: Turn, state: State) -> memory.Events:
    """After an answer: the next question, or what all of them come to."""
    check = readiness.next_check(turn.coach, state)
    if check is not None:
        return choosing.ask_check(turn, replace(state, stage=Stage.CHECK, check=check.id), check)
    return _settled(turn, state)


def _settled(turn: Turn, state: State) -> memory.Events:
    before, asked_alone = set(state.limits), state.check
    state = readiness.settled(turn.coach, state, turn.now)
    found = readiness.results(turn.coach, state.answers)
    if any(result.limit == Limit.NOT_TODAY.value for result in found):
        turn.tell(found[0].say, Kind.NOTICE, acts=[ActId.SAFETY_CHECK.value])
        return turn.end(ending.over(state), [ActId.SAFETY_CHECK.value])
    for result in found:
        if result.limit not in before:
            turn.tell(result.say, Kind.NOTICE)
    standing = any(one.standing and one.id == asked_alone for one in turn.coach.checks)
    if not found and not standing:
        turn.say("ready", Kind.NOTICE)
    return choosing.pick(turn, state)


def _wish(turn: Turn) -> str:
    """What the patient asked for: in words, by a button, or by the topic they read."""
    if turn.pressed is not None:
        return turn.pressed.said
    if turn.text:
        return turn.text
    exercise = turn.coach.of_topic(memory.topic(turn.tracker))
    return f"{buttons.DO}{exercise.id}" if exercise else ""
