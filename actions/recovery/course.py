"""The course of the talk about recovery: which question comes next. Pure.

A state and an answer give the next state. Where it is new, the warning signs are offered before
anything is said of recovery (as data/topics/seriousness/when_to_see_doctor.yml has it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

from actions.recovery.since import Since
from content.recovery import Cause, Recovery

PATIENCE = 2
ASIDES = 6
ROUGHLY = 1.0  # weeks by which the middle of a rough time may lie beyond what is new


class Step(str, Enum):
    """What is asked."""

    CAUSE = "cause"
    SINCE = "since"
    NEW = "new"


@dataclass(frozen=True)
class State:
    """Where a talk stands; small enough for a slot.

    Attributes:
        at: what was asked; None when all is known.
        cause: the id of the cause; "" until it is told.
        named: causes that were named together, of which one is to be chosen.
        dated: whether the time was told, be it "not sure".
        time: the id of the button it was told by.
        since: the weeks it was told in words.
        warned: whether the warning signs were offered.
        unclear: how many replies to this question were unclear.
        asides: how many were about something else.
    """

    at: Step | None = Step.CAUSE
    cause: str = ""
    named: tuple[str, ...] = ()
    dated: bool = False
    time: str = ""
    since: Since | None = None
    warned: bool = False
    unclear: int = 0
    asides: int = 0

    def as_json(self) -> dict[str, Any]:
        """The state as a slot keeps it."""
        at = None if self.at is None else self.at.value
        since = None if self.since is None else list(self.since)
        return {**asdict(self), "at": at, "named": list(self.named), "since": since}


def read(value: Any, recovery: Recovery) -> State | None:
    """The state that a slot kept; None for none, or one that these questions cannot go on with."""
    try:
        state = State(**value)
        since = None if state.since is None else Since(*map(float, state.since))
        kept = replace(
            state, at=Step(str(state.at)), named=tuple(state.named), since=since,
            unclear=int(state.unclear), asides=int(state.asides),
        )  # fmt: skip
    except (TypeError, ValueError):
        return None
    causes = {"", *recovery.causes}
    known = {kept.cause, *kept.named} <= causes and kept.time in {"", *recovery.times}
    return kept if known else None


def tell(
    recovery: Recovery, state: State, causes: Sequence[str] = (), since: Since | None = None
) -> State:
    """Take what a reply told of the cause, of the time, or of both."""
    if len(causes) == 1:
        state = replace(state, cause=causes[0], named=())
    elif causes:
        state = replace(state, cause="", named=tuple(causes))
    if since is not None:
        state = replace(state, dated=True, time="", since=since)
    return onwards(recovery, state)


def press(recovery: Recovery, state: State, time: str) -> State:
    """Take a button that tells the time."""
    chosen = recovery.times[time]
    bounds = chosen.least is not None and chosen.most is not None
    since = Since(chosen.least or 0, chosen.most or 0) if bounds else None
    return onwards(recovery, replace(state, dated=True, time=time, since=since))


def unsure(recovery: Recovery, state: State) -> State:
    """Take "I do not know" for what was asked."""
    if state.at is Step.CAUSE:
        return tell(recovery, state, [recovery.unknown.id])
    if state.at is Step.SINCE:
        return onwards(recovery, replace(state, dated=True, time="", since=None))
    return go_on(recovery, state)


def go_on(recovery: Recovery, state: State) -> State:
    """On to recovery, though it is new."""
    return onwards(recovery, replace(state, warned=True))


def unclear(recovery: Recovery, state: State) -> State:
    """Take a reply that could not be read; after the second it counts as not known."""
    times = state.unclear + 1
    return replace(state, unclear=times) if times < PATIENCE else unsure(recovery, state)


def aside(state: State) -> State | None:
    """Take something else that was said; None when there was too much of it to go on."""
    return replace(state, asides=state.asides + 1) if state.asides < ASIDES else None


def back(state: State) -> State | None:
    """One question back; None at the first."""
    if state.at is Step.NEW:
        return State(at=Step.SINCE, cause=state.cause)
    if state.at is Step.SINCE:
        return State(at=Step.CAUSE)
    return State() if state.named else None


def is_new(recovery: Recovery, state: State) -> bool:
    """Whether it may have begun within the last days: "less than a month" may be new too."""
    if state.since is None:
        return False
    near = state.since.weeks <= recovery.new_weeks + ROUGHLY
    return near and state.since.least <= recovery.new_weeks


def cause(recovery: Recovery, state: State) -> Cause:
    """The cause that was told."""
    return recovery.causes[state.cause]


def onwards(recovery: Recovery, state: State) -> State:
    """The state at the first question that is still open."""
    if not state.cause:
        step: Step | None = Step.CAUSE
    elif not state.dated:
        step = Step.SINCE
    else:
        step = Step.NEW if is_new(recovery, state) and not state.warned else None
    # An answer renews the patience with unclear replies.
    return replace(state, at=step, unclear=0, asides=0)
