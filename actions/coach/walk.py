"""During the exercise: one step at a time, at the patient's pace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import elsewhere, memory
from actions.coach import after, away, body, choosing, ending, steps
from actions.coach.turn import Turn
from actions.exercises import course, showing
from actions.exercises.state import Limit, State
from content.names import ActId, Command, Kind, Spoken


def go_on(turn: Turn, state: State) -> memory.Events:
    """Take a message during a step."""
    if turn.pressed is not None:
        if turn.is_late(state):
            return steps.show(turn, state, turn.coach.texts["again"])
        return obey(turn, state, turn.pressed.said)
    heard = turn.heard()
    if heard.sign is not None:
        return body.heed(turn, state, heard.sign)
    if heard.doubt:
        return body.doubt(turn, state)
    if heard.command == Command.COUNT.value and heard.number:
        counted = showing.fill(turn.coach.texts["counted"], number=heard.number)
        return steps.show(turn, course.counted(state, heard.number), counted)
    if heard.command in COMMANDS:
        return obey(turn, state, str(heard.command))
    return ending.stop(turn, state) if turn.ends else _aside(turn, state)


def obey(turn: Turn, state: State, command: str) -> memory.Events:
    """Do what a command says."""
    return COMMANDS.get(command, _unclear)(turn, state)


def _aside(turn: Turn, state: State) -> memory.Events:
    """Something else: it is answered, and the step taken up again."""
    again = turn.coach.texts["again"]
    if elsewhere.intent(turn.tracker) in (ActId.EXERCISE.value, ActId.EXERCISE_RESUME.value):
        return _another(turn, state)
    if elsewhere.opens_a_conversation(turn.tracker):
        return [*turn.keep(replace(state, paused=True)), *turn.elsewhere()]
    events = turn.aside()
    if events is None:
        return _unclear(turn, state)
    return [*events, *steps.show(turn, state, again)]


def _another(turn: Turn, state: State) -> memory.Events:
    """Another exercise is asked for by its name; else this one goes on."""
    named = [one for one in turn.tools.chooser.wanted(turn.text).exercises if one != state.exercise]
    if len(named) != 1:
        return steps.show(turn, state, turn.coach.texts["again"])
    left = course.leave(turn.coach, replace(state, queue=()), skipped=True)
    return choosing.go(turn, left, named)


def _unclear(turn: Turn, state: State) -> memory.Events:
    return steps.show(turn, state, turn.coach.texts["unclear"])


def _next(turn: Turn, state: State) -> memory.Events:
    if not course.is_last(turn.coach, state):
        return steps.show(turn, course.forward(state))
    return _left(turn, state, skipped=False)


def _skip(turn: Turn, state: State) -> memory.Events:
    return _left(turn, state, skipped=True)


def _left(turn: Turn, state: State, *, skipped: bool) -> memory.Events:
    """An exercise is over: the next of the set, or how it was."""
    name = showing.current(turn.coach, state).name
    turn.say("skipped" if skipped else "finished", Kind.NOTICE, name=name)
    following = course.leave(turn.coach, state, skipped=skipped)
    if following.queue:
        return choosing.go(turn, following, following.queue)
    return after.ask(turn, following)


def _back(turn: Turn, state: State) -> memory.Events:
    before = [] if state.step else [turn.coach.texts["first"]]
    return steps.show(turn, course.back(state), *before)


def _again(*names: str) -> Callable[[Turn, State], memory.Events]:
    """The step once more, after these texts."""

    def shown(turn: Turn, state: State) -> memory.Events:
        words = [turn.coach.texts[name] for name in names]
        return steps.show(turn, replace(state, unclear=0), *words)

    return shown


def _explain(turn: Turn, state: State) -> memory.Events:
    return steps.show(turn, state, showing.explained(turn.coach, state))


def _picture(turn: Turn, state: State) -> memory.Events:
    shows = showing.current(turn.coach, state).steps[state.step].shows
    return steps.show(turn, state, showing.fill(turn.coach.texts["picture"], shows=shows))


def _how_many(turn: Turn, state: State) -> memory.Events:
    return steps.show(turn, state, showing.how_many(turn.coach, state))


def _easier(turn: Turn, state: State) -> memory.Events:
    return _other_way(turn, state, course.easier(turn.coach, state), "no_easier")


def _harder(turn: Turn, state: State) -> memory.Events:
    none = "no_harder" if state.may(Limit.GENTLE) else "harder_not_today"
    return _other_way(turn, state, course.harder(turn.coach, state), none)


def _other_way(turn: Turn, state: State, other: State | None, none: str) -> memory.Events:
    if other is None:
        return steps.show(turn, state, turn.coach.texts[none])
    exercise = showing.current(turn.coach, state)
    return steps.show(turn, other, showing.way(turn.coach, exercise, other.variant))


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
    Command.PAUSE.value: away.pause,
    Command.RESUME.value: _again(),
    Command.SKIP.value: _skip,
    Command.STOP.value: ending.stop,
    Command.EASIER.value: _easier,
    Command.HARDER.value: _harder,
    Command.COUNT.value: _again("no_hurry"),
    Spoken.NO.value: _again("no_hurry"),
}
