"""A step as words and as data. Pure: every number comes from the exercise's dose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from actions.exercises.state import State
from content.coach import Coach, Dose, Exercise, Range
from content.coach.model import REPETITIONS, SECONDS
from content.names import Field

PARTING = "\n\n"
PICTURE = "/pictures/{exercise}/{step}.svg"


def step(coach: Coach, state: State) -> str:
    """The words of the step at which ``state`` stands."""
    exercise = current(coach, state)
    say = exercise.dose_of(state.variant).fill(exercise.steps[state.step].say)
    return fill(coach.texts["step"], step=state.step + 1, of=len(exercise.steps), say=say)


def explained(coach: Coach, state: State) -> str:
    """The same step in more words, and what often goes wrong in the exercise."""
    exercise = current(coach, state)
    more = exercise.dose_of(state.variant).fill(exercise.steps[state.step].explain)
    return PARTING.join([more, fill(coach.texts["mistakes"], list=listed(exercise.mistakes))])


def data(coach: Coach, state: State) -> dict[Field, Any]:
    """The step as structured data: which, of how many, what to count, and its picture."""
    exercise = current(coach, state)
    here = exercise.steps[state.step]
    dose = exercise.dose_of(state.variant)
    numbers = {Field.REPETITIONS: dose.repetitions, Field.SECONDS: dose.seconds}
    url = PICTURE.format(exercise=exercise.id, step=state.step + 1)
    return {
        Field.EXERCISE: exercise.id,
        Field.STEP: state.step + 1,
        Field.OF: len(exercise.steps),
        Field.IMAGE: {"url": url, "alt": here.shows},
        **{
            name: {"least": value.least, "most": value.most}
            for name, value in numbers.items()
            if value is not None and name.value in here.counts
        },
    }


def introduced(coach: Coach, exercise: Exercise, variant: str | None) -> str:
    """What an exercise is for, what it needs, and what to take care of."""
    texts = coach.texts
    parts = [
        fill(texts["intro"], name=exercise.name, purpose=exercise.purpose),
        fill(texts["need"], equipment=exercise.equipment),
        fill(texts["take_care"], cautions=" ".join([*exercise.cautions, exercise.stop_signs])),
    ]
    if variant is not None:
        parts.append(way(coach, exercise, variant))
    return PARTING.join(parts)


def way(coach: Coach, exercise: Exercise, variant: str | None) -> str:
    """What is different in the easier or the harder way."""
    if variant is None:
        return fill(coach.texts["usual_way"], list=amount(coach, exercise.dose))
    said = exercise.dose_of(variant).fill(exercise.variants[variant].say)
    return fill(coach.texts[variant], say=said)


def amount(coach: Coach, dose: Dose) -> str:
    """How many and how long: "Do it 10 to 15 times."."""
    named: Mapping[str, Range | None] = {"times": dose.repetitions, "hold": dose.seconds}
    parts = [fill(coach.texts[name], number=value) for name, value in named.items() if value]
    return " ".join(parts)


def how_many(coach: Coach, state: State) -> str:
    """The numbers of the step; where it has none, those of the exercise."""
    exercise = current(coach, state)
    dose = exercise.dose_of(state.variant)
    counts = exercise.steps[state.step].counts
    if not counts:
        return fill(coach.texts["no_dose"], list=amount(coach, dose))
    here = Dose(
        dose.repetitions if REPETITIONS in counts else None,
        dose.seconds if SECONDS in counts else None,
    )
    return f"{amount(coach, here)} {coach.texts['how_many_at_pace']}"


def listed(lines: Iterable[str]) -> str:
    """Lines with a dash before each."""
    return "\n".join(f"- {line}" for line in lines)


def current(coach: Coach, state: State) -> Exercise:
    """The exercise under way."""
    return coach.exercises[str(state.exercise)]


def fill(text: str, **values: object) -> str:
    """``text`` with ``{name}`` replaced by each value; other braces stay for the region."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
