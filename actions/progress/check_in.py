"""The check-in: four questions, one at a time; each may be left out."""

from __future__ import annotations

from dataclasses import replace

from actions import elsewhere, memory
from actions.progress import counting, course, erasing, hearing, report
from actions.progress.buttons import Pressed
from actions.progress.course import State, Step
from actions.progress.turn import Turn
from actions.safety.values import ANSWERS, Said
from content.names import ActId, Kind
from content.progress import Asked
from diary.values import FUNCTIONS

COUNTED = (Step.TRIPS, Step.FALLS)


def begin(turn: Turn) -> memory.Events:
    """Ask the first question; say what the diary tells; or say that there is none."""
    if turn.is_flagged:
        turn.say("flagged")
        return turn.end()
    if not turn.diary.consented():
        turn.say("nothing_kept", Kind.QUESTION, acts=[ActId.EXERCISE.value])
        return turn.end([ActId.EXERCISE.value])
    history = turn.diary.history()
    if course.is_due(history, turn.at):
        return turn.ask(course.begin(history, turn.at), "intro")
    return report.tell(turn, history)


def hear(turn: Turn, state: State) -> memory.Events:
    """Take a message as an answer, or as what else it may be."""
    if turn.is_flagged:
        # The gateway has just told the patient to get help; nothing goes on beside that.
        turn.say("flagged")
        return _over(turn, state)
    if turn.is_late(state):
        return turn.ask(state, "late")
    if turn.pressed is not None:
        return _onwards(turn, state, _press(state, turn.pressed))
    answered = _read(turn, state)
    return _other(turn, state) if answered is None else _onwards(turn, state, answered)


def _press(state: State, pressed: Pressed) -> State:
    """The state after a button below its question."""
    said = pressed.said
    if state.at in COUNTED and said.isdecimal():
        return course.count(state, int(said))
    for one in FUNCTIONS:
        if state.at is Step.FUNCTION and said == one:
            return course.able(state, one)
    for sign in hearing.SIGNS:
        if state.at is Step.HEALING and said == sign:
            return course.add(state, [sign])
    return course.skip(state)


def _read(turn: Turn, state: State) -> State | None:
    """The state after a typed answer; None where the words are none."""
    said, words = turn.reading.said, turn.progress.words
    if said not in (*ANSWERS, Said.UNCLEAR) or (turn.asks and turn.is_aside):
        return None
    if state.at in COUNTED:
        times = counting.read(turn.text, words, state.days, real=state.at is Step.FALLS)
        if not times and said is Said.UNSURE:
            return None
        times = 0 if times is None and said is Said.NO else times
        return None if times is None else course.count(state, times)
    if state.at is Step.FUNCTION:
        able = hearing.function(turn.text, words)
        return None if able is None else course.able(state, able)
    better = hearing.healing(turn.text, words)
    better = frozenset() if better is None and said is Said.NO else better
    return None if better is None else course.better(state, better)


def _other(turn: Turn, state: State) -> memory.Events:
    """A message that answers nothing."""
    if turn.ends:
        return _stop(turn, state)
    said = turn.reading.said
    if said is Said.BACK:
        earlier = course.back(state)
        return turn.ask(state, "first") if earlier is None else turn.ask(earlier, "back")
    if said is Said.WHY:
        turn.speaker.say(_asked(turn, state).why, Kind.NOTICE)
        return turn.ask(state)
    if said is Said.MEANING:
        return turn.ask(state, again=True)
    if said is Said.UNSURE and not turn.asks:
        return _onwards(turn, state, course.skip(state), "skipped")
    if elsewhere.intent(turn.tracker) == ActId.FORGET_DIARY.value:
        return erasing.begin(turn)
    if elsewhere.intent(turn.tracker) == ActId.PROGRESS.value:
        return turn.ask(state, "again")
    if elsewhere.opens_a_conversation(turn.tracker) or turn.act == ActId.START_OVER.value:
        return [*_over(turn, state), *turn.leave()]
    if turn.is_aside:
        return [*turn.aside(), *turn.ask(state, "again")]
    return _unclear(turn, state, said)


def _onwards(turn: Turn, before: State, after: State, *first: str) -> memory.Events:
    """The next question, or what the diary says now; falls are heeded at once."""
    if before.at is Step.FALLS and after.falls:
        turn.say("fallen")
    if after.at is not None:
        return turn.ask(after, *first)
    if after.function == hearing.LESS:
        turn.say("less")
    told = course.check_in(after, turn.at)
    kept = turn.diary.keep(told)
    history = turn.diary.history()
    if kept:
        return report.tell(turn, history)
    turn.say("not_kept")
    return report.tell(turn, replace(history, check_ins=(*history.check_ins, told)))


def _unclear(turn: Turn, state: State, said: Said) -> memory.Events:
    """Asked again in other words; then left out."""
    fell = state.at is Step.FALLS and counting.tells_of_a_fall(turn.text, turn.progress.words)
    after = course.unclear(state, some=fell or said is Said.YES)
    if after.at is state.at:
        return turn.ask(after, "unclear", again=True)
    return _onwards(turn, state, after, "skipped")


def _stop(turn: Turn, state: State) -> memory.Events:
    turn.say("stopped", acts=[ActId.PROGRESS.value])
    return [*_over(turn, state), *memory.offering([ActId.PROGRESS.value])]


def _over(turn: Turn, state: State) -> memory.Events:
    """The check-in ends before its time: what was told is kept."""
    if course.has_answers(state):
        turn.diary.keep(course.check_in(state, turn.at))
    return turn.end()


def _asked(turn: Turn, state: State) -> Asked:
    assert state.at is not None, "only a question that waits is explained"
    return turn.progress.questions[state.at.value]
