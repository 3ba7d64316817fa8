"""Today's suggestion: the diary's plan over the exercises there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.coach.turn import Turn
from actions.exercises.state import Limit, State
from content.coach import Exercise
from diary.plan import FEW, Item, Suggestion
from diary.plan import Limit as PlanLimit
from diary.plan import suggest as plan
from diary.trends import WORRYING, findings

STRENGTH = "strength"
PLANNED: Mapping[Limit | None, PlanLimit] = {
    None: "none",
    Limit.NOT_TODAY: "not_today",
    Limit.SEATED: "seated",
    Limit.GENTLE: "gentle",
    Limit.HELPER: "helper",
}
STRICTEST: tuple[Limit, ...] = (Limit.NOT_TODAY, Limit.SEATED, Limit.GENTLE, Limit.HELPER)


def suggest(turn: Turn, state: State, among: Sequence[str], minutes: int | None) -> Suggestion:
    """What to do today, and why.

    Args:
        turn: whose diary is asked.
        state: what the readiness check allows.
        among: the ids of the exercises that fit.
        minutes: how long it may take; None for any time.
    """
    items = [_item(turn.coach.exercises[one]) for one in among]
    strict = next((one for one in STRICTEST if not state.may(one)), None)
    found = plan(turn.diary.history(), items, turn.at, PLANNED[strict], minutes)
    # A plan knows one limit: who has to sit and is tired besides gets a short set, too.
    short = found.exercises if state.may(Limit.GENTLE) else found.exercises[:FEW]
    return replace(found, exercises=short)


def is_worrying(turn: Turn) -> bool:
    """Whether the diary tells of something to show to a doctor or a physiotherapist first."""
    return any(one.level in WORRYING for one in findings(turn.diary.history(), turn.at))


def _item(exercise: Exercise) -> Item:
    return Item(
        exercise.id,
        exercise.position,
        exercise.hold,
        exercise.minutes,
        STRENGTH in exercise.goals,
    )
