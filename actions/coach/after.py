"""After the exercise: how it was, what may be remembered, and what next."""

from __future__ import annotations

from dataclasses import replace

from actions import memory
from actions.coach import buttons
from actions.coach.turn import Turn
from actions.exercises import course
from actions.exercises.feeling import MOST_SECONDS, felt, single
from actions.exercises.state import Limit, Stage, State
from actions.safety.values import ANSWERS, Said
from content.coach.model import Feeling
from content.names import ActId, Command, Field, Kind, Spoken
from diary.values import CheckIn, Done, Visit

PATIENCE = 2
SOME_PAIN, MUCH_PAIN = 4, 7
EASY, HARD = 3, 7
ANOTHER, ENOUGH = "another", "enough"


def ask(turn: Turn, state: State) -> memory.Events:
    """The question of the stage at which the visit stands after its last exercise."""
    if state.stage is Stage.SECONDS:
        exercise = course.to_time(turn.coach, state)
        if exercise is not None:
            choices = buttons.offers(turn.coach, state, [Command.SKIP.value])
            turn.tell(exercise.ask_seconds, choices=choices)
            return turn.keep(state)
        state = replace(state, stage=Stage.EFFORT)
    if state.stage in (Stage.EFFORT, Stage.PAIN):
        name = state.stage.value
        turn.say(name, choices=_faces(turn, state, turn.coach.feelings[name]))
        return turn.keep(state)
    return what_next(turn, state)


def hear_seconds(turn: Turn, state: State) -> memory.Events:
    """The time that was reached; it may be left out."""
    exercise = course.to_time(turn.coach, state)
    seconds = single(turn.text, MOST_SECONDS)
    if seconds is not None and exercise is not None:
        return ask(turn, replace(course.timed(state, exercise.id, seconds), stage=Stage.EFFORT))
    return _unheard(turn, state, "seconds_again", replace(state, stage=Stage.EFFORT))


def hear_effort(turn: Turn, state: State) -> memory.Events:
    """How hard it was."""
    value = _value(turn, state)
    if value is not None:
        return ask(turn, replace(state, stage=Stage.PAIN, effort=value, unclear=0))
    return _unheard(turn, state, "effort_again", replace(state, stage=Stage.PAIN))


def hear_pain(turn: Turn, state: State) -> memory.Events:
    """How much it hurt; then the visit is kept, if that is agreed."""
    value = _value(turn, state)
    if value is None:
        return _unheard(turn, state, "pain_again", replace(state, stage=Stage.CONSENT))
    return _after_pain(turn, replace(state, pain=value, unclear=0))


def hear_consent(turn: Turn, state: State) -> memory.Events:
    """Whether the visit may be remembered: only a plain yes is one."""
    said = turn.answered if not turn.is_late(state) else Said.UNCLEAR
    if said is Said.YES:
        return _remember(turn, state)
    if said in ANSWERS or turn.ends or state.unclear + 1 >= PATIENCE:
        turn.say("not_remembered", Kind.NOTICE, extra={Field.REMEMBER: False})
        return what_next(turn, state)
    events = turn.aside() or []
    again = replace(state, unclear=state.unclear + 1)
    return [*events, *_ask_consent(turn, again, "consent_again")]


def broken_off(turn: Turn, state: State) -> memory.Events:
    """The visit ended before its time: what was done is kept, and nothing more is asked."""
    if any(not one["skipped"] for one in state.done) and turn.diary.consented():
        _kept(turn, state)
    offered = [ActId.SAFETY_CHECK.value] if not state.may(Limit.NOT_TODAY) else []
    return turn.end(_over(state), offered)


def what_next(turn: Turn, state: State) -> memory.Events:
    """The end of a visit: where to go from here."""
    over = _over(state)
    offered = [ActId.PROGRESS.value, ActId.GOODBYE.value]
    if over.may(Limit.NOT_TODAY):
        offered.insert(0, ActId.EXERCISE.value)
    turn.speaker.say(
        turn.coach.texts["what_next"],
        Kind.QUESTION,
        buttons=offered,
        titles={
            ActId.EXERCISE.value: turn.coach.buttons[ANOTHER],
            ActId.PROGRESS.value: turn.coach.buttons[ActId.PROGRESS.value],
            ActId.GOODBYE.value: turn.coach.buttons[ENOUGH],
        },
    )
    return turn.end(over, offered)


def _after_pain(turn: Turn, state: State) -> memory.Events:
    """What the numbers say, and then whether they may be kept."""
    turn.say(_praise(state), Kind.NOTICE)
    if state.pain is not None and state.pain >= MUCH_PAIN:
        state = replace(state, limits=(*state.limits, Limit.NOT_TODAY.value))
    diary = turn.diary
    if not diary.possible:
        return what_next(turn, state)
    if diary.consented():
        return _keep(turn, state)
    if state.asked_consent:
        return what_next(turn, state)
    asked = replace(state, stage=Stage.CONSENT, asked_consent=True, unclear=0)
    return _ask_consent(turn, asked, "consent")


def _praise(state: State) -> str:
    """Pain comes before praise; praise is for the effort."""
    pain, effort = state.pain or 0, state.effort
    if pain >= MUCH_PAIN:
        return "pain_much"
    if pain >= SOME_PAIN:
        return "pain_some"
    if effort is None or EASY < effort < HARD:
        return "praise_right"
    return "praise_easy" if effort <= EASY else "praise_hard"


def _ask_consent(turn: Turn, state: State, name: str) -> memory.Events:
    said = [Spoken.YES.value, Spoken.NO.value]
    turn.say(name, choices=buttons.offers(turn.coach, state, said))
    return turn.keep(state)


def _remember(turn: Turn, state: State) -> memory.Events:
    if not turn.diary.agree(turn.at):
        turn.say("not_kept", Kind.NOTICE)
        return what_next(turn, state)
    turn.say("remembered", Kind.NOTICE, extra={Field.REMEMBER: True})
    return _keep(turn, state, quietly=True)


def _keep(turn: Turn, state: State, *, quietly: bool = False) -> memory.Events:
    kept = _kept(turn, state)
    if not kept or not quietly:
        turn.say("kept" if kept else "not_kept", Kind.NOTICE)
    return what_next(turn, state)


def _kept(turn: Turn, state: State) -> bool:
    """Keep the visit, and the time that was reached; False where that failed."""
    diary = turn.diary
    told = [_whole(one["seconds"]) for one in state.done]
    seconds = max((one for one in told if one is not None), default=None)
    timed = seconds is None or diary.keep(CheckIn(turn.at, single_leg_seconds=seconds))
    return diary.keep(_visit(turn, state)) and timed


def _visit(turn: Turn, state: State) -> Visit:
    """What is kept: pain and effort of the visit stand with each exercise that was done."""
    return Visit(
        turn.at,
        tuple(
            Done(
                exercise=one["exercise"],
                variant=one["variant"],
                repetitions=_whole(one["repetitions"]),
                seconds=_whole(one["seconds"]),
                pain=None if one["skipped"] else state.pain,
                effort=None if one["skipped"] else state.effort,
                skipped=one["skipped"],
            )
            for one in state.done
        ),
    )


def _over(state: State) -> State:
    """What the rest of the session still has to know."""
    return State(
        Stage.CHOICE,
        answers=state.answers,
        checked_at=state.checked_at,
        limits=state.limits,
        asked_consent=state.asked_consent,
    )


def _unheard(turn: Turn, state: State, name: str, without: State) -> memory.Events:
    """Ask again once; then go on without a number."""
    pressed = turn.pressed.said if turn.pressed and not turn.is_late(state) else ""
    if pressed == Command.STOP.value or turn.ends:
        return broken_off(turn, state)
    events = turn.aside() if turn.pressed is None else None
    skips = pressed == Command.SKIP.value or turn.skips
    if skips or (events is None and state.unclear + 1 >= PATIENCE):
        without = replace(without, unclear=0)
        return _after_pain(turn, without) if without.stage is Stage.CONSENT else ask(turn, without)
    again = replace(state, unclear=state.unclear + (events is None))
    feelings = turn.coach.feelings.get(state.stage.value, ())
    turn.say(name, choices=_faces(turn, again, feelings))
    return [*(events or []), *turn.keep(again)]


def _value(turn: Turn, state: State) -> int | None:
    feelings = turn.coach.feelings[state.stage.value]
    if turn.pressed is None:
        return felt(turn.text, feelings)
    late = turn.is_late(state) or not turn.pressed.said.isdigit()
    return None if late else int(turn.pressed.said)


def _faces(turn: Turn, state: State, feelings: tuple[Feeling, ...]) -> list[dict[str, str]]:
    return [buttons.offer(str(one.value), one.title, state) for one in feelings]


def _whole(value: object) -> int | None:
    """A number as JSON may give it back."""
    return int(value) if isinstance(value, (int, float)) else None
