"""Erasing the diary: asked once, and done only after a plain yes."""

from __future__ import annotations

from dataclasses import replace

from actions import elsewhere, memory
from actions.progress import course, hearing
from actions.progress.course import PATIENCE, State
from actions.progress.turn import Turn
from actions.safety.values import Said
from content.names import ActId, Field, Kind, Spoken

QUESTION_MARK = "?"
ERASE, KEEP = "erase", "keep"
"""The lists of words that say so."""


def begin(turn: Turn) -> memory.Events:
    """Ask whether everything shall be erased, if there is anything."""
    if not turn.diary.consented():
        # The diary's key is left alone: it may only be that the diary cannot be read now.
        turn.say("nothing_to_erase")
        return turn.end()
    return turn.ask(course.erasing(turn.at))


def hear(turn: Turn, state: State) -> memory.Events:
    """Take a message as a yes or a no; what is neither erases nothing."""
    if turn.is_late(state):
        return turn.ask(state, "late")
    if turn.pressed is not None:
        return _erase(turn) if turn.pressed.said == Spoken.YES.value else _kept(turn)
    if _agrees(turn):
        return _erase(turn)
    keeps = hearing.is_only(turn.text, turn.progress.words, KEEP)
    if keeps or turn.ends or turn.reading.said in (Said.NO, Said.UNSURE):
        return _kept(turn)
    again = elsewhere.intent(turn.tracker) == ActId.FORGET_DIARY.value
    if elsewhere.opens_a_conversation(turn.tracker) and not again:
        return turn.leave()
    if turn.is_aside and not again:
        return [*turn.aside(), *turn.ask(state, "again")]
    if state.unclear + 1 >= PATIENCE:
        return _kept(turn)
    return turn.ask(replace(state, unclear=state.unclear + 1), again=True)


def _agrees(turn: Turn) -> bool:
    """Whether it is a yes without a but, a question or a time beside it."""
    words, reading = turn.progress.words, turn.reading
    if hearing.is_only(turn.text, words, ERASE):
        return not turn.text.rstrip().endswith(QUESTION_MARK)
    plain = reading.said is Said.YES and not reading.onset
    return plain and not turn.asks and hearing.is_plain_yes(turn.text, words)


def _erase(turn: Turn) -> memory.Events:
    if turn.diary.forget():
        turn.say("erased", extra={Field.REMEMBER: False})
        return turn.end()
    # Two offers, so that a yes asks which: a yes to this one alone would not come back here.
    offered = [ActId.FORGET_DIARY.value, ActId.PROGRESS.value]
    turn.say("not_erased", acts=offered)
    return turn.end(offered)


def _kept(turn: Turn) -> memory.Events:
    turn.say("kept", Kind.NOTICE, acts=[ActId.PROGRESS.value])
    return turn.end([ActId.PROGRESS.value])
