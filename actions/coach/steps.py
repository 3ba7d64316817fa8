"""Showing a step: its words, its numbers, its picture and the buttons below it."""

from __future__ import annotations

from actions import memory
from actions.coach import buttons
from actions.coach.turn import Turn
from actions.exercises import showing
from actions.exercises.state import State
from content.names import Command, Field, Kind

HURTS = "pain"
"""The sign that a button tells of."""

BUTTONS = (
    Command.NEXT.value,
    Command.BACK.value,
    Command.EXPLAIN.value,
    HURTS,
    Command.STOP.value,
)


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
    choices = buttons.offers(turn.coach, state, BUTTONS)
    turn.tell(text, Kind.EXERCISE, choices, showing.data(turn.coach, state))
    return turn.keep(state)
