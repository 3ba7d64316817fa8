"""Where the coach stands, as a slot keeps it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from enum import Enum
from typing import Any

from content.coach import Coach, Exercise


class Stage(str, Enum):
    """What the coach waits for."""

    READINESS = "readiness"
    CHECK = "check"
    CHOICE = "choice"
    STEP = "step"
    SIGN = "sign"
    DOUBT = "doubt"
    SECONDS = "seconds"
    EFFORT = "effort"
    PAIN = "pain"
    CONSENT = "consent"


class Limit(str, Enum):
    """What the readiness check allows."""

    NOT_TODAY = "not_today"
    SEATED = "seated"
    HELPER = "helper"
    GENTLE = "gentle"


EASIER, HARDER = "easier", "harder"


@dataclass(frozen=True)
class State:
    """Where a visit with the coach stands.

    Attributes:
        stage: what is waited for.
        exercise: the exercise under way.
        variant: easier or harder; None for the exercise itself.
        step: the step, from 0.
        queue: the exercises to come.
        wanted: what the patient asked for, in their words, before the readiness check.
        check: the readiness question that was asked alone.
        answers: the answers to the readiness check.
        checked_at: when it was answered, in seconds since 1970.
        limits: what it allows, and what signs of the body and pain have set since.
        counted: how many repetitions the patient told of this exercise.
        paused: whether the patient is away.
        sign: the sign of the body that is asked about.
        done: the exercises of this visit: id, variant, repetitions, seconds, skipped.
        effort: how hard it was, 0 to 10.
        pain: how much it hurt, 0 to 10.
        asked_consent: whether the patient was asked to be remembered.
        unclear: how many replies in a row were unclear.
    """

    stage: Stage
    exercise: str | None = None
    variant: str | None = None
    step: int = 0
    queue: tuple[str, ...] = ()
    wanted: str = ""
    check: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    checked_at: float = 0.0
    limits: tuple[str, ...] = ()
    counted: int | None = None
    paused: bool = False
    sign: str | None = None
    done: tuple[dict[str, Any], ...] = ()
    effort: int | None = None
    pain: int | None = None
    asked_consent: bool = False
    unclear: int = 0

    def as_json(self) -> dict[str, Any]:
        """The state as a slot keeps it."""
        lists = {name: list(getattr(self, name)) for name in ("queue", "limits", "done")}
        return {**asdict(self), **lists, "stage": self.stage.value}

    def may(self, limit: Limit) -> bool:
        """Whether neither the readiness check nor the body set such a limit."""
        return limit.value not in self.limits


def read(value: Any, coach: Coach) -> State | None:
    """The state that a slot kept.

    Args:
        value: anything at all.
        coach: the exercises there are.

    Returns:
        None for no state, or for one of an older release that this one cannot go on with.
    """
    if not isinstance(value, dict):
        return None
    known = {one.name for one in fields(State)}
    kept = {name: item for name, item in value.items() if name in known}
    try:
        kept["stage"] = Stage(kept.get("stage"))
        for name in ("queue", "limits", "done"):
            kept[name] = tuple(kept.get(name) or ())
        kept["answers"] = dict(kept.get("answers") or {})
        # JSON knows no whole numbers: a tracker gives 2.0 for 2.
        kept["step"], kept["unclear"] = int(kept.get("step") or 0), int(kept.get("unclear") or 0)
        state = State(**kept)
        return state if _is_known(state, coach) else None
    except (AttributeError, OverflowError, TypeError, ValueError):
        return None


def barred(now: float) -> dict[str, Any]:
    """A slot's value that allows no exercise for a while: something graver came between."""
    return State(Stage.CHOICE, limits=(Limit.NOT_TODAY.value,), checked_at=now).as_json()


def _is_known(state: State, coach: Coach) -> bool:
    """Whether all that a state names is there, and all that its stage needs."""
    named = {*state.queue, *([state.exercise] if state.exercise else [])}
    checks = {check.id for check in coach.checks}
    if not named <= coach.exercises.keys():
        return False
    if state.check not in (None, *checks) or (state.stage is Stage.CHECK and not state.check):
        return False
    if state.sign not in (None, *coach.signs) or (state.stage is Stage.SIGN and not state.sign):
        return False
    if state.exercise is None:
        return state.stage not in (Stage.STEP, Stage.SIGN, Stage.DOUBT)
    exercise = coach.exercises[state.exercise]
    return 0 <= state.step < len(exercise.steps) and _has(exercise, state.variant)


def _has(exercise: Exercise, variant: str | None) -> bool:
    return variant is None or variant in exercise.variants
