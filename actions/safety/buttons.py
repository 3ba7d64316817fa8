"""The buttons of the check: each says which question it answers. Pure.

A button pressed late, a second time or in another window must not answer the question that is open
by then.
"""

from __future__ import annotations

from dataclasses import dataclass

from actions.safety import course
from actions.safety.course import State
from content.model import SafetyCheck
from content.names import ActId
from content.payload import ACT

BETWEEN = ":"
REST = "rest"

VALUES = {
    ActId.AFFIRM.value: course.YES,
    ActId.DENY.value: course.NO,
    ActId.NOT_SURE.value: course.UNSURE,
}


@dataclass(frozen=True)
class Pressed:
    """A button that was pressed.

    Attributes:
        value: yes, no or unsure.
        question: the question it stood below; None for a button that does not say.
        half: whether that asked for the graver half alone.
    """

    value: str
    question: str | None = None
    half: bool = False


def below(check: SafetyCheck, state: State) -> list[dict[str, str]]:
    """The buttons below the question at which the check stands."""
    asked = [str(state.at), *([REST] if state.half else [])]
    return [
        {"title": check.buttons[act], "payload": BETWEEN.join([ACT, act, *asked])} for act in VALUES
    ]


def read(check: SafetyCheck, said: str) -> Pressed | None:
    """What a pressed button answers; None for one that is no answer.

    Args:
        check: the questions.
        said: the button's payload without its first word.
    """
    act, _, asked = said.partition(BETWEEN)
    if act not in VALUES:
        return None
    name, _, rest = asked.partition(BETWEEN)
    known = any(question.id == name for question in check.questions)
    return Pressed(VALUES[act], name if known else None, known and rest == REST)
