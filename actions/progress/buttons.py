"""The buttons of the talk: each says which question of which talk it answers. Pure."""

from __future__ import annotations

from typing import NamedTuple

from actions.elsewhere import BETWEEN
from actions.progress.course import State, Step
from content.names import ActId, Command, Spoken
from content.payload import ACT
from content.progress import Progress

NONE, DONE = "none", "done"
DOT = "."
Button = dict[str, str]


class Pressed(NamedTuple):
    """A button that was pressed: what it says, and the question it stood below."""

    said: str
    place: str


def place(state: State) -> str:
    """The question that waits, and the talk it belongs to."""
    return DOT.join([state.at.value if state.at else "", str(state.begun)])


def below(progress: Progress, state: State) -> list[Button]:
    """The buttons below the question at which the talk stands."""
    if state.at is Step.ERASE:
        named = [Spoken.YES.value, Spoken.NO.value]
        return [_button(one, progress.buttons[one], state, ActId.FORGET_DIARY) for one in named]
    choices = progress.questions[state.at.value].choices if state.at else ()
    left = [(one.value, one.title) for one in choices if one.value not in state.healing]
    more = [Command.SKIP.value]
    if state.at is Step.HEALING:
        more = [DONE] if state.healing else [NONE, *more]
    rest = [(one, progress.buttons[one]) for one in more]
    return [_button(said, title, state, ActId.PROGRESS) for said, title in [*left, *rest]]


def read(payload: str | None) -> Pressed | None:
    """The talk's own button of a payload without its first word; None for any other."""
    act, said, where = (*(payload or "").split(BETWEEN), "", "")[:3]
    own = act in (ActId.PROGRESS.value, ActId.FORGET_DIARY.value)
    return Pressed(said, where) if own and said else None


def _button(said: str, title: str, state: State, act: ActId) -> Button:
    return {"title": title, "payload": BETWEEN.join([ACT, act.value, said, place(state)])}
