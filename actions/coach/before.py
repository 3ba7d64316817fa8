"""Before the exercise: is today a day for it, and which one shall it be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import elsewhere, memory
from actions.coach import buttons, planning, walk
from actions.coach.turn import Turn
from actions.exercises import choosing, course, readiness
from actions.exercises.choosing import Wanted
from actions.exercises.state import Limit, Stage, State
from actions.safety.values import ANSWERS, Said
from content.coach.model import Check
from content.names import ActId, Kind
from triage.model import Level

NONE_OF_THESE, SOMETHING = "none_of_these", "something"
SUGGESTION, SEATED, MINUTES, ALL = "suggestion", "seated", "minutes", "all"
OPENING = (SUGGESTION, SEATED, MINUTES, ALL)
FIVE_MINUTES = 5
OFFERED = 4
PATIENCE = 2


def begin(turn: Turn, before: State | None) -> memory.Events:
    """Start, go on with what was paused, or say why not today."""
    if any(level.rank >= Level.URGENT.rank for level in elsewhere.raised(turn.tracker).values()):
        turn.say("flagged", Kind.NOTICE)
        return turn.end(None)
    resumes = elsewhere.intent(turn.tracker) == ActId.EXERCISE_RESUME.value
    if resumes and before is not None and before.exercise and before.paused:
        if readiness.is_valid(before, turn.now):
            return walk.resume(turn, before)
        # It was long ago: ask anew how today is, and take the exercise up from its start.
        left = (before.exercise, *before.queue)
        return ask(turn, State(Stage.READINESS, queue=left))
    if resumes:
        turn.say("nothing_to_resume", Kind.NOTICE)
    fresh = State(Stage.READINESS, wanted=_wish(turn))
    if before is None or not readiness.is_valid(before, turn.now):
        return ask(turn, fresh)
    known = replace(
        fresh,
        answers=before.answers,
        limits=before.limits,
        checked_at=before.checked_at,
        asked_consent=before.asked_consent,
    )
    return pick(turn, known)


def ask(turn: Turn, state: State) -> memory.Events:
    """The readiness questions as one list: most days none of it is true."""
    lines = "\n".join(f"- {check.short}" for check in readiness.general(turn.coach))
    state = replace(state, stage=Stage.READINESS)
    said = [NONE_OF_THESE, SOMETHING, readiness.UNSURE]
    turn.say("readiness", choices=buttons.offers(turn.coach, state, said), list=lines)
    return turn.keep(state)


def hear_list(turn: Turn, state: State) -> memory.Events:
    """The reply to the list."""
    if turn.pressed is not None and not turn.is_late(state):
        if turn.pressed.said == NONE_OF_THESE:
            return _settled(turn, readiness.none_of_these(turn.coach, state))
        return _one_by_one(turn, state)
    named = turn.tools.checks.find(turn.text).there
    if named:
        return _one_by_one(turn, readiness.told(state, named))
    said = turn.answered
    if said is Said.NO:
        return _settled(turn, readiness.none_of_these(turn.coach, state))
    if said in ANSWERS or said is Said.WHY:
        return _one_by_one(turn, state)
    choices = buttons.offers(turn.coach, state, [NONE_OF_THESE, SOMETHING, readiness.UNSURE])
    if turn.ends:
        return walk.stop(turn, state)
    events = turn.aside() or []
    turn.say("readiness_again", choices=choices)
    return [*events, *turn.keep(state)]


def hear_check(turn: Turn, state: State) -> memory.Events:
    """The reply to one question that was asked alone."""
    check = next(one for one in turn.coach.checks if one.id == state.check)
    if turn.is_late(state):
        return _ask_check(turn, state, check)
    said = turn.answered
    named = turn.tools.checks.find(turn.text)
    if check.id in named.there:
        said = Said.YES
    elif check.id in named.denied:
        said = Said.NO
    others = [one for one in named.there if one != check.id]
    state = readiness.told(state, others) if others else state
    if said in ANSWERS:
        return _checked(turn, readiness.answer(state, check.id, said.value))
    if turn.ends:
        return walk.stop(turn, state)
    if said is Said.WHY or said is Said.MEANING:
        turn.tell(check.why, Kind.NOTICE)
        return _ask_check(turn, state, check)
    events = turn.aside()
    if events is not None:
        return [*events, *_ask_check(turn, state, check)]
    if state.unclear + 1 >= PATIENCE:
        turn.say("as_unsure", Kind.NOTICE)
        return _checked(turn, readiness.answer(state, check.id, readiness.UNSURE))
    turn.say("unclear_check", Kind.NOTICE)
    return _ask_check(turn, replace(state, unclear=state.unclear + 1), check)


def hear_choice(turn: Turn, state: State) -> memory.Events:
    """The reply to "which exercise"."""
    if turn.is_late(state):
        return _ask_choice(turn, state)
    if turn.pressed is not None:
        return _chosen(turn, state, turn.pressed.said)
    wanted = turn.tools.chooser.wanted(turn.text)
    if not wanted.is_nothing:
        return pick(turn, replace(state, wanted=turn.text))
    if turn.ends or turn.answered is Said.NO:
        return walk.stop(turn, state)
    if turn.answered in (Said.YES, Said.UNSURE):
        return _chosen(turn, state, SUGGESTION)
    events = turn.aside() or []
    return [*events, *_ask_choice(turn, state)]


def pick(turn: Turn, state: State) -> memory.Events:
    """Find the exercise that is wanted, among those that are safe today."""
    if Limit.NOT_TODAY.value in state.limits:
        said = readiness.results(turn.coach, state.answers)
        turn.tell(said[0].say if said else turn.coach.texts["rest_today"], Kind.NOTICE)
        return turn.end(state)
    if state.queue:
        return _go(turn, state, state.queue)
    direct = state.wanted.removeprefix(buttons.DO)
    if direct in turn.coach.exercises:
        return _go(turn, state, [direct])
    wanted = turn.tools.chooser.wanted(state.wanted)
    if wanted.is_nothing:
        return _ask_choice(turn, state)
    if len(wanted.exercises) == 1:
        return _go(turn, state, wanted.exercises)
    return _fitting(turn, state, wanted)


def _fitting(turn: Turn, state: State, wanted: Wanted) -> memory.Events:
    """Offer what fits; where time is named, make a set of it."""
    open_ = course.allowed(turn.coach, state.limits)
    among = [one for one in open_ if one in wanted.exercises] if wanted.exercises else open_
    found = choosing.matching(turn.coach, wanted, among)
    if wanted.minutes is not None and found:
        return _routine(turn, state, found, wanted.minutes)
    if len(found) == 1:
        return _go(turn, state, found)
    state = replace(state, stage=Stage.CHOICE)
    offered = (found or open_)[:OFFERED]
    choices = buttons.exercises(turn.coach, state, offered)
    turn.say("choose_of" if found else "none_fit", choices=choices)
    return turn.keep(state)


def _chosen(turn: Turn, state: State, said: str) -> memory.Events:
    """A button below "which exercise"."""
    open_ = course.allowed(turn.coach, state.limits)
    if said.startswith(buttons.DO):
        return pick(turn, replace(state, wanted=said))
    if said == SEATED:
        return _fitting(turn, state, Wanted(positions=("seated",)))
    if said == MINUTES:
        return _routine(turn, state, open_, FIVE_MINUTES)
    if said == ALL:
        names = ", ".join(turn.coach.exercises[one].name for one in open_)
        choices = buttons.exercises(turn.coach, state, open_)
        turn.say("all", choices=choices, list=names)
        return turn.keep(state)
    return _routine(turn, state, open_, None)


def _routine(turn: Turn, state: State, among: Sequence[str], minutes: int | None) -> memory.Events:
    """A set of exercises for today, by what was done before."""
    if planning.is_worrying(turn):
        turn.say("see_someone_first", Kind.NOTICE)
        return _ask_choice(turn, state)
    suggested = planning.suggest(turn, state, among, minutes)
    for reason in suggested.reasons:
        # What is plain from the exercises themselves has no text.
        if reason in turn.coach.texts:
            turn.say(reason, Kind.NOTICE)
    if suggested.easier and state.may(Limit.GENTLE):
        state = replace(state, limits=(*state.limits, Limit.GENTLE.value))
    chosen = [one for one in suggested.exercises if one in turn.coach.exercises]
    if not chosen:
        return _ask_choice(turn, state)
    if len(chosen) > 1:
        names = ", ".join(turn.coach.exercises[one].name for one in chosen)
        turn.say("routine", Kind.NOTICE, list=names)
    return _go(turn, state, chosen)


def _go(turn: Turn, state: State, exercises: Sequence[str]) -> memory.Events:
    """Begin, unless the exercise is not safe today or a firm hold has to be asked for first."""
    first = turn.coach.exercises[exercises[0]]
    if not course.is_safe(first, None, state.limits):
        rest = [one for one in exercises[1:] if one != first.id]
        open_ = course.allowed(turn.coach, state.limits)
        state = replace(state, stage=Stage.CHOICE, queue=())
        if rest:
            return _go(turn, state, rest)
        choices = buttons.exercises(turn.coach, state, open_[:OFFERED])
        turn.say("standing_not_safe", choices=choices, name=first.name)
        return turn.keep(state)
    check = readiness.next_check(turn.coach, state, standing=True) if first.hold else None
    if check is not None:
        waiting = replace(state, stage=Stage.CHECK, check=check.id, queue=tuple(exercises))
        return _ask_check(turn, waiting, check)
    started = course.start(turn.coach, state, exercises)
    if first.hold and not state.may(Limit.HELPER):
        turn.say("helper", Kind.NOTICE)
    return walk.introduce(turn, started)


def _one_by_one(turn: Turn, state: State) -> memory.Events:
    turn.say("one_by_one", Kind.NOTICE)
    return _checked(turn, state)


def _checked(turn: Turn, state: State) -> memory.Events:
    """After an answer: the next question, or what all of them come to."""
    check = readiness.next_check(turn.coach, state)
    if check is not None:
        return _ask_check(turn, replace(state, stage=Stage.CHECK, check=check.id), check)
    return _settled(turn, state)


def _settled(turn: Turn, state: State) -> memory.Events:
    before = set(state.limits)
    state = readiness.settled(turn.coach, state, turn.now)
    found = readiness.results(turn.coach, state.answers)
    for result in found:
        if result.limit == Limit.NOT_TODAY.value:
            turn.tell(result.say, Kind.NOTICE, acts=[ActId.SAFETY_CHECK.value])
            return turn.end(state, [ActId.SAFETY_CHECK.value])
        if result.limit not in before:
            turn.tell(result.say, Kind.NOTICE)
    if not found:
        turn.say("ready", Kind.NOTICE)
    return pick(turn, state)


def _ask_check(turn: Turn, state: State, check: Check) -> memory.Events:
    said = [readiness.YES, readiness.NO, readiness.UNSURE]
    turn.tell(check.ask, Kind.QUESTION, buttons.offers(turn.coach, state, said))
    return turn.keep(state)


def _ask_choice(turn: Turn, state: State) -> memory.Events:
    state = replace(state, stage=Stage.CHOICE, queue=())
    turn.say("choose", choices=buttons.offers(turn.coach, state, OPENING))
    return turn.keep(state)


def _wish(turn: Turn) -> str:
    """What the patient asked for: in words, by a button, or by the topic they read."""
    if turn.pressed is not None:
        return turn.pressed.said
    if turn.text:
        return turn.text
    exercise = turn.coach.of_topic(memory.topic(turn.tracker))
    return f"{buttons.DO}{exercise.id}" if exercise else ""
