"""What the body says comes before every command: stop, rest, take it easier, or ask how bad."""

from __future__ import annotations

from dataclasses import replace

from actions import memory
from actions.coach import buttons, ending, steps
from actions.coach.turn import PATIENCE, Turn
from actions.exercises import course, showing
from actions.exercises.hearing import Grade
from actions.exercises.state import Limit, Stage, State
from actions.safety.values import Said
from content.coach.model import Sign
from content.names import Command, Kind, Spoken

AWAY_BUTTONS = (Command.RESUME.value, Command.STOP.value)
ANSWERS = (Spoken.YES.value, Spoken.NO.value, Spoken.UNSURE.value)


def heed(turn: Turn, state: State, sign: Sign) -> memory.Events:
    """Do what a sign asks for."""
    if sign.grade == Grade.STOP:
        return end(turn, state, sign)
    if sign.grade == Grade.ASK:
        asked = replace(state, stage=Stage.SIGN, sign=sign.id, unclear=0, paused=False)
        return _ask(turn, asked, f"{sign.say} {sign.ask}")
    calm = replace(state, stage=Stage.STEP, sign=None, unclear=0)
    if sign.grade == Grade.WAIT or state.paused:
        away = replace(calm, paused=True)
        turn.tell(sign.say, Kind.NOTICE, buttons.offers(turn.coach, away, AWAY_BUTTONS))
        return turn.keep(away)
    milder = course.easier(turn.coach, calm)
    exercise = showing.current(turn.coach, state)
    words = [sign.say]
    if milder is not None:
        words.append(showing.way(turn.coach, exercise, milder.variant))
    return steps.show(turn, milder or calm, *words)


def end(turn: Turn, state: State, sign: Sign) -> memory.Events:
    """The visit ends with this sign, and so does what is allowed today."""
    turn.tell(f"{turn.coach.texts['stopped_by_sign']} {sign.say}", Kind.NOTICE)
    limited = course.limited(state, sign.limit or Limit.NOT_TODAY.value, turn.now)
    return ending.break_off(turn, course.leave_all(limited))


def doubt(turn: Turn, state: State) -> memory.Events:
    """Ask whether something is wrong, where a message sounded a little like it."""
    asked = replace(state, stage=Stage.DOUBT, unclear=0, paused=False)
    return _ask(turn, asked, turn.coach.texts["sign_in_doubt"])


def hear_doubt(turn: Turn, state: State) -> memory.Events:
    """The reply to whether something is wrong: only a no, or "next", goes on."""
    here = replace(state, stage=Stage.STEP)
    if turn.is_late(state):
        return doubt(turn, state)
    heard = turn.heard() if turn.pressed is None else None
    if heard and heard.sign:
        return heed(turn, here, heard.sign)
    if turn.answered is Said.NO or (heard and heard.command == Command.NEXT.value):
        return steps.show(turn, here)
    if turn.ends or (heard and heard.command == Command.STOP.value):
        return ending.stop(turn, here)
    return heed(turn, here, turn.coach.signs[steps.HURTS])


def hear_sign(turn: Turn, state: State) -> memory.Events:
    """The reply to the question how bad it is; what is not a plain no counts as bad."""
    sign = turn.coach.signs[str(state.sign)]
    worse, milder = turn.coach.signs[sign.worse], turn.coach.signs[sign.milder]
    if turn.is_late(state):
        return heed(turn, state, sign)
    said = turn.answered
    heard = turn.heard() if turn.pressed is None else None
    other = heard.sign if heard and heard.sign and heard.sign.id != sign.id else None
    if other is not None and other.grade == Grade.STOP:
        return heed(turn, state, other)
    if said in (Said.YES, Said.UNSURE):
        return heed(turn, state, worse)
    if other is not None:
        return heed(turn, state, other)
    if said is Said.NO:
        return heed(turn, state, milder)
    if turn.ends or (heard and heard.command == Command.STOP.value):
        return ending.stop(turn, state)
    events = turn.aside() if turn.asks else None
    if events is not None:
        return [*events, *_ask(turn, state, sign.ask)]
    if state.unclear + 1 >= PATIENCE:
        return heed(turn, state, worse)
    turn.say("sign_unclear", Kind.NOTICE)
    return _ask(turn, replace(state, unclear=state.unclear + 1), sign.ask)


def _ask(turn: Turn, state: State, text: str) -> memory.Events:
    turn.tell(text, Kind.QUESTION, buttons.offers(turn.coach, state, ANSWERS))
    return turn.keep(state)
