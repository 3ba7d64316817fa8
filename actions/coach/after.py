"""After the exercise: how it was, what may be remembered, and what next."""

from __future__ import annotations

from dataclasses import replace

from actions import memory
from actions.coach import buttons, ending
from actions.coach.turn import PATIENCE, Turn
from actions.exercises import course
from actions.exercises.feeling import MOST_SECONDS, felt, seconds
from actions.exercises.state import Limit, Stage, State
from actions.safety.values import Said
from content.coach.model import Feeling
from content.names import ActId, Command, Field, Kind, Spoken

SOME_PAIN, MUCH_PAIN = 4, 7
EASY, HARD = 3, 7
ANOTHER, PROGRESS, ENOUGH = "another", ActId.PROGRESS.value, "enough"
AGREEING = (Spoken.YES.value, Spoken.NO.value)


def ask(turn: Turn, state: State) -> memory.Events:
    """The question of the stage at which the visit stands after its last exercise."""
    if state.stage is Stage.SECONDS:
        exercise = course.to_time(turn.coach, state)
        if exercise is not None:
            turn.tell(exercise.ask_seconds, choices=_choices(turn, state))
            return turn.keep(state)
        state = replace(state, stage=Stage.EFFORT)
    if state.stage in (Stage.EFFORT, Stage.PAIN):
        turn.say(state.stage.value, choices=_choices(turn, state))
        return turn.keep(state)
    return what_next(turn, state)


def hear_seconds(turn: Turn, state: State) -> memory.Events:
    """The time that was reached; it may be left out."""
    exercise = course.to_time(turn.coach, state)
    told = seconds(turn.text, MOST_SECONDS)
    if told is not None and exercise is not None:
        return ask(turn, replace(course.timed(state, exercise.id, told), stage=Stage.EFFORT))
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
    """Whether the visit may be remembered: only a plain yes, and no more, is one."""
    late = turn.is_late(state)
    if turn.agrees and not late:
        return _remember(turn, state)
    refuses = turn.answered in (Said.NO, Said.UNSURE) or turn.ends
    events = turn.aside()
    unclear = state.unclear if events is not None else state.unclear + 1
    if (refuses and not late) or unclear >= PATIENCE:
        turn.say("not_remembered", Kind.NOTICE, extra={Field.REMEMBER: False})
        return what_next(turn, state)
    return [*(events or []), *_ask_consent(turn, replace(state, unclear=unclear), "consent_again")]


def what_next(turn: Turn, state: State) -> memory.Events:
    """The end of a visit: where to go from here."""
    over = ending.over(state)
    offered = [ActId.PROGRESS.value, ActId.GOODBYE.value]
    if over.may(Limit.NOT_TODAY):
        offered.insert(0, ActId.EXERCISE.value)
    titles = {
        ActId.EXERCISE.value: turn.coach.buttons[ANOTHER],
        ActId.PROGRESS.value: turn.coach.buttons[PROGRESS],
        ActId.GOODBYE.value: turn.coach.buttons[ENOUGH],
    }
    words = turn.coach.texts["what_next"]
    turn.speaker.say(words, Kind.QUESTION, buttons=offered, titles=titles)
    return turn.end(over, offered)


def _after_pain(turn: Turn, state: State) -> memory.Events:
    """What the numbers say, and then whether they may be kept."""
    turn.say(_praise(state), Kind.NOTICE)
    if state.pain is not None and state.pain >= MUCH_PAIN:
        state = course.limited(state, Limit.NOT_TODAY.value, turn.now)
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
    turn.say(name, choices=buttons.offers(turn.coach, state, AGREEING))
    return turn.keep(state)


def _remember(turn: Turn, state: State) -> memory.Events:
    if not turn.diary.agree(turn.at):
        turn.say("not_kept", Kind.NOTICE)
        return what_next(turn, state)
    turn.say("remembered", Kind.NOTICE, extra={Field.REMEMBER: True})
    return _keep(turn, state, quietly=True)


def _keep(turn: Turn, state: State, *, quietly: bool = False) -> memory.Events:
    kept = ending.keep(turn, state)
    if not kept or not quietly:
        turn.say("kept" if kept else "not_kept", Kind.NOTICE)
    return what_next(turn, state)


def _unheard(turn: Turn, state: State, name: str, without: State) -> memory.Events:
    """Ask again once; then go on without a number."""
    if turn.ends or turn.commands(Command.STOP):
        return ending.stop(turn, state)
    late = turn.is_late(state)
    events = turn.aside() if turn.pressed is None else None
    unclear = state.unclear if late or events is not None else state.unclear + 1
    if (turn.commands(Command.SKIP) and not late) or unclear >= PATIENCE:
        without = replace(without, unclear=0)
        return _after_pain(turn, without) if without.stage is Stage.CONSENT else ask(turn, without)
    again = replace(state, unclear=unclear)
    turn.say(name, choices=_choices(turn, again))
    return [*(events or []), *turn.keep(again)]


def _value(turn: Turn, state: State) -> int | None:
    if turn.pressed is None:
        return felt(turn.text, _feelings(turn, state))
    late = turn.is_late(state) or not turn.pressed.said.isdigit()
    return None if late else int(turn.pressed.said)


def _feelings(turn: Turn, state: State) -> tuple[Feeling, ...]:
    return turn.coach.feelings.get(state.stage.value, ())


def _choices(turn: Turn, state: State) -> list[dict[str, str]]:
    """The faces; where a time is asked for, leaving it out."""
    faces = _feelings(turn, state)
    if not faces:
        return buttons.offers(turn.coach, state, [Command.SKIP.value])
    return [buttons.offer(str(one.value), one.title, state) for one in faces]
