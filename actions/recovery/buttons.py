"""The buttons of the talk: each says which question it answers. Pure.

A button may be pressed late, twice, or when the talk is over. So it also says which cause it was
about: it must not tell the time of another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.recovery import course
from actions.recovery.course import State, Step
from actions.recovery.since import Since
from content.names import ActId
from content.payload import ACT
from content.recovery import Recovery

BETWEEN = ":"
GO_ON = "go_on"
Button = dict[str, str]


@dataclass(frozen=True)
class Pressed:
    """A button that was pressed.

    Attributes:
        step: the question it stood below.
        value: what it answers: the id of a cause or of a time, or to go on.
        cause: the cause it was asked about; "" below the question for the cause itself.
    """

    step: Step
    value: str
    cause: str = ""


def below(recovery: Recovery, state: State) -> list[Button]:
    """The buttons below the question at which the talk stands."""
    if state.at is Step.CAUSE:
        offered = [*state.named, recovery.unknown.id] if state.named else list(recovery.causes)
        return [_button(recovery.causes[one].title, Step.CAUSE, one) for one in offered]
    if state.at is Step.SINCE:
        times = recovery.times.values()
        return [_button(time.title, Step.SINCE, time.id, state.cause) for time in times]
    return [_button(recovery.buttons[GO_ON], Step.NEW, GO_ON, state.cause)]


def read(recovery: Recovery, said: str) -> Pressed | None:
    """What a pressed button answers; None for one that is none of these.

    Args:
        recovery: the causes and times there are.
        said: the button's payload without its first word.
    """
    act, step, value, cause = (*said.split(BETWEEN), "", "", "")[:4]
    if act != ActId.RECOVERY.value:
        return None
    known = {
        Step.CAUSE.value: recovery.causes.keys(),
        Step.SINCE.value: recovery.times.keys(),
        Step.NEW.value: {GO_ON},
    }
    fits = value in known.get(step, ()) and (step == Step.CAUSE.value or cause in recovery.causes)
    return Pressed(Step(step), value, cause) if fits else None


def take(recovery: Recovery, state: State | None, pressed: Pressed) -> State | None:
    """The state after a button; None for one of another question, which changes nothing.

    Args:
        recovery: the causes and times there are.
        state: where the talk stands; None when it is over, and is taken up by the button.
        pressed: the button.
    """
    now = state or State(cause=pressed.cause)
    if pressed.step is Step.CAUSE:
        return now if now.cause == pressed.value else course.tell(recovery, now, [pressed.value])
    if now.cause != pressed.cause:
        return None
    if pressed.step is Step.SINCE:
        return course.press(recovery, now, pressed.value)
    if state is None:
        # The button stands only where it is new.
        now = replace(now, dated=True, since=Since(0, recovery.new_weeks))
    elif state.at is not Step.NEW:
        return None
    return course.go_on(recovery, now)


def _button(title: str, *told: str) -> Button:
    payload = BETWEEN.join(
        [ACT, ActId.RECOVERY.value, *(one.value if isinstance(one, Step) else one for one in told)]
    )
    return {"title": title, "payload": payload}
