"""The coach's buttons: each says at what place it was offered.

A button pressed late, twice or in another window must not move the exercise on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from actions.elsewhere import BETWEEN
from actions.exercises.state import State
from content.coach import Coach
from content.names import ActId
from content.payload import ACT

DO = "do."
"""Before the id of an exercise that a button offers."""


class Pressed(NamedTuple):
    """A button that was pressed: what it says, and the place at which it was offered."""

    said: str
    place: str


def place(state: State) -> str:
    """Where the coach stands, as far as a button has to know."""
    at = (state.stage.value, state.exercise or "", str(state.step), state.check or state.sign or "")
    return ".".join([*at, str(len(state.done))])


def offer(said: str, title: str, state: State) -> dict[str, str]:
    """A button that says something at the place where ``state`` stands."""
    payload = BETWEEN.join([ACT, ActId.EXERCISE.value, said, place(state)])
    return {"title": title, "payload": payload}


def offers(coach: Coach, state: State, said: Iterable[str]) -> list[dict[str, str]]:
    """Buttons with the words of ``data/coach/texts.yml``."""
    return [offer(one, coach.buttons[one], state) for one in said]


def exercises(coach: Coach, state: State, ids: Iterable[str]) -> list[dict[str, str]]:
    """A button for each exercise."""
    return [offer(f"{DO}{one}", coach.exercises[one].title, state) for one in ids]


def read(payload: str | None) -> Pressed | None:
    """The coach's button of a payload without its first word; None for any other."""
    parts = (payload or "").split(BETWEEN)
    if len(parts) < 2 or parts[0] != ActId.EXERCISE.value:
        return None
    return Pressed(parts[1], parts[2] if len(parts) > 2 else "")
