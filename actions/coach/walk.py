"""During the exercise: one step at a time, at the patient's pace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import elsewhere, memory
from actions.coach import after, buttons
from actions.coach.turn import Turn
from actions.exercises import course, showing
from actions.exercises.state import Limit, Stage, State
from actions.safety.values import Said
from content.coach.model import Sign
from content.names import Command, Field, Kind, Spoken

HURTS = "pain"
STEP_BUTTONS = (Command.NEXT.value, Command.BACK.value, Command.EXPLAIN.value, HURTS)
AWAY_BUTTONS = (Command.RESUME.value, Command.STOP.value)
STOP, ASK, WAIT = "stop", "ask", "wait"
PATIENCE = 2


def introduce(turn: Turn, state: State) -> memory.Events:
    """What the exercise is for, and its first step."""
    exercise = showing.current(turn.coach, state)
    told = showing.introduced(turn.coach, exercise, state.variant)
    turn.tell(told, Kind.EXERCISE, extra={Field.EXERCISE: exercise.id})
    if not state.done:
        turn.say("how_it_works", Kind.NOTICE)
    return show(turn, state)


def show(turn: Turn, state: State, *before: str) -> memory.Events:
    """The step at which ``state`` stands, after the words ``before``."""
    text = showing.PARTING.join([*before, showing.step(turn.coach, state)])
    choices = buttons.offers(turn.coach, state, [*STEP_BUTTONS, Command.STOP.value])
    turn.tell(text, Kind.EXERCISE, choices, showing.data(turn.coach, state))
    return turn.keep(state)


def go_on(turn: Turn, state: State) -> memory.Events:
    """Take a message during a step."""
    texts = turn.coach.texts
    if turn.pressed is not None:
        if turn.is_late(state):
            return show(turn, state, texts["again"])
        if turn.pressed.said in turn.coach.signs:
            return body(turn, state, turn.coach.signs[turn.pressed.said])
        return obey(turn, state, turn.pressed.said)
    heard = turn.heard()
    if heard.sign is not None:
        return body(turn, state, heard.sign)
    if heard.doubt:
        return show(turn, state, texts["sign_in_doubt"])
    if heard.command == Command.COUNT.value and heard.number is not None:
        counted = texts["counted"].replace("{number}", str(heard.number))
        return show(turn, course.counted(state, heard.number), counted)
    if heard.command in COMMANDS:
        return obey(turn, state, str(heard.command))
    if turn.ends:
        return stop(turn, state)
    return _aside(turn, state)


def obey(turn: Turn, state: State, command: str) -> memory.Events:
    """Do what a command says."""
    return COMMANDS.get(command, _unclear)(turn, state)


def body(turn: Turn, state: State, sign: Sign) -> memory.Events:
    """Heed what the body says: stop, rest, take it easier, or ask how bad it is."""
    if sign.grade == STOP:
        turn.tell(f"{turn.coach.texts['stopped_by_sign']} {sign.say}", Kind.NOTICE)
        limit = sign.limit or Limit.NOT_TODAY.value
        limited = replace(state, limits=tuple(dict.fromkeys((*state.limits, limit))))
        return after.broken_off(turn, course.leave_all(limited))
    if sign.grade == ASK:
        asked = replace(state, stage=Stage.SIGN, sign=sign.id, unclear=0)
        said = [Spoken.YES.value, Spoken.NO.value, Spoken.UNSURE.value]
        turn.tell(f"{sign.say} {sign.ask}", choices=buttons.offers(turn.coach, asked, said))
        return turn.keep(asked)
    calm = replace(state, stage=Stage.STEP, sign=None, unclear=0)
    if sign.grade == WAIT:
        away = replace(calm, paused=True)
        turn.tell(sign.say, Kind.NOTICE, buttons.offers(turn.coach, away, AWAY_BUTTONS))
        return turn.keep(away)
    milder = course.easier(turn.coach, calm)
    exercise = showing.current(turn.coach, state)
    words = [sign.say]
    if milder is not None:
        words.append(showing.way(turn.coach, exercise, milder.variant))
    return show(turn, milder or calm, *words)


def hear_sign(turn: Turn, state: State) -> memory.Events:
    """The reply to the question how bad it is; what is not a plain no counts as bad."""
    sign = turn.coach.signs[str(state.sign)]
    worse, milder = turn.coach.signs[sign.worse], turn.coach.signs[sign.milder]
    if turn.is_late(state):
        return body(turn, state, sign)
    said = turn.answered
    heard = turn.heard() if turn.pressed is None else None
    if heard and heard.sign and heard.sign.id != sign.id:
        return body(turn, state, heard.sign)
    if said is Said.NO:
        return body(turn, state, milder)
    if said in (Said.YES, Said.UNSURE) or state.unclear + 1 >= PATIENCE:
        return body(turn, state, worse)
    if turn.ends:
        return stop(turn, state)
    turn.say("sign_unclear", Kind.NOTICE)
    again = replace(state, unclear=state.unclear + 1)
    choices = buttons.offers(turn.coach, again, [Spoken.YES.value, Spoken.NO.value])
    turn.tell(sign.ask, choices=choices)
    return turn.keep(again)


def away(turn: Turn, state: State) -> memory.Events:
    """A message while the exercise is paused: it goes on when the patient says so."""
    said = turn.pressed.said if turn.pressed else turn.heard().command
    if turn.pressed is not None and turn.is_late(state):
        return _still_paused(turn, state)
    heard = turn.heard() if turn.pressed is None else None
    if heard and heard.sign and heard.sign.grade == STOP:
        return body(turn, state, heard.sign)
    if said in (Command.RESUME.value, Command.NEXT.value, Command.REPEAT.value, Spoken.YES.value):
        return resume(turn, state)
    if said == Command.STOP.value or turn.ends:
        return stop(turn, state)
    if turn.pressed is not None or said in (Command.PAUSE.value, Spoken.NO.value):
        return _still_paused(turn, state)
    # Anything else is answered as it would be without an exercise, which waits.
    return [*turn.keep(state), *turn.elsewhere()]


def resume(turn: Turn, state: State) -> memory.Events:
    """Take the exercise up where it was left."""
    here = replace(state, stage=Stage.STEP, paused=False, unclear=0)
    return show(turn, here, turn.coach.texts["resumed"])


def stop(turn: Turn, state: State) -> memory.Events:
    """End the visit because the patient wants to."""
    turn.say("stopped", Kind.NOTICE)
    return after.broken_off(turn, course.leave_all(state))


def _aside(turn: Turn, state: State) -> memory.Events:
    """Something else: it is answered, and the step taken up again."""
    if elsewhere.opens_a_conversation(turn.tracker):
        return [*turn.keep(replace(state, paused=True)), *turn.elsewhere()]
    events = turn.aside()
    if events is None:
        return _unclear(turn, state)
    return [*events, *show(turn, state, turn.coach.texts["again"])]


def _unclear(turn: Turn, state: State) -> memory.Events:
    return show(turn, state, turn.coach.texts["unclear"])


def _next(turn: Turn, state: State) -> memory.Events:
    following = course.forward(turn.coach, state)
    if following.exercise == state.exercise and following.stage is Stage.STEP:
        return show(turn, following)
    return _left(turn, state, following, "finished")


def _skip(turn: Turn, state: State) -> memory.Events:
    return _left(turn, state, course.leave(turn.coach, state, skipped=True), "skipped")


def _left(turn: Turn, before: State, following: State, said: str) -> memory.Events:
    """An exercise is over: the next of the set, or how it was."""
    turn.say(said, Kind.NOTICE, name=showing.current(turn.coach, before).name)
    if following.exercise is not None:
        turn.say("next_one", Kind.NOTICE, name=showing.current(turn.coach, following).name)
        return introduce(turn, following)
    return after.ask(turn, following)


def _back(turn: Turn, state: State) -> memory.Events:
    before = [] if state.step else [turn.coach.texts["first"]]
    return show(turn, course.back(state), *before)


def _again(*names: str) -> Callable[[Turn, State], memory.Events]:
    """The step once more, after these texts."""

    def shown(turn: Turn, state: State) -> memory.Events:
        return show(turn, replace(state, unclear=0), *(turn.coach.texts[name] for name in names))

    return shown


def _explain(turn: Turn, state: State) -> memory.Events:
    return show(turn, state, showing.explained(turn.coach, state))


def _picture(turn: Turn, state: State) -> memory.Events:
    shows = showing.current(turn.coach, state).steps[state.step].shows
    return show(turn, state, showing.fill(turn.coach.texts["picture"], shows=shows))


def _how_many(turn: Turn, state: State) -> memory.Events:
    return show(turn, state, showing.how_many(turn.coach, state))


def _pause(turn: Turn, state: State) -> memory.Events:
    paused = replace(state, paused=True)
    turn.say("paused", Kind.NOTICE, choices=buttons.offers(turn.coach, paused, AWAY_BUTTONS))
    return turn.keep(paused)


def _still_paused(turn: Turn, state: State) -> memory.Events:
    choices = buttons.offers(turn.coach, state, AWAY_BUTTONS)
    turn.say("still_paused", Kind.NOTICE, choices=choices)
    return turn.keep(state)


def _easier(turn: Turn, state: State) -> memory.Events:
    milder = course.easier(turn.coach, state)
    if milder is None:
        return show(turn, state, turn.coach.texts["no_easier"])
    exercise = showing.current(turn.coach, state)
    return show(turn, milder, showing.way(turn.coach, exercise, milder.variant))


def _harder(turn: Turn, state: State) -> memory.Events:
    harder = course.harder(turn.coach, state)
    if harder is None:
        held = state.may(Limit.GENTLE)
        return show(turn, state, turn.coach.texts["no_harder" if held else "harder_not_today"])
    exercise = showing.current(turn.coach, state)
    return show(turn, harder, showing.way(turn.coach, exercise, harder.variant))


COMMANDS: Mapping[str, Callable[[Turn, State], memory.Events]] = {
    Command.NEXT.value: _next,
    Spoken.YES.value: _next,
    Command.BACK.value: _back,
    Command.REPEAT.value: _again(),
    Command.SLOWER.value: _again("slower"),
    Command.EXPLAIN.value: _explain,
    Spoken.UNSURE.value: _explain,
    Command.HOW_MANY.value: _how_many,
    Command.PICTURE.value: _picture,
    Command.PAUSE.value: _pause,
    Command.RESUME.value: _again(),
    Command.SKIP.value: _skip,
    Command.STOP.value: stop,
    Command.EASIER.value: _easier,
    Command.HARDER.value: _harder,
    Command.COUNT.value: _again("no_hurry"),
    Spoken.NO.value: _again("no_hurry"),
}
