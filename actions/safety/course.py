"""The course of the safety check: which question comes next, and what the answers come to.

Pure: a state and an answer give the next state. The check is over as soon as no question that is
left could make it more urgent; so a plain yes to an emergency ends it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from content.model import Outcome, Question, SafetyCheck
from triage.model import Level

YES, NO, UNSURE, MILDER = "yes", "no", "unsure", "milder"
PATIENCE = 2
ASIDES = 6

RANKS = {Level.NONE: 0, Level.SOON: 1, Level.URGENT: 2, Level.EMERGENCY: 3}


@dataclass(frozen=True)
class State:
    """Where a check stands; small enough for a slot.

    Attributes:
        at: the id of the question that was asked; None when the check is over.
        answers: the answers so far, by question.
        asked: the questions that the patient answered, in order.
        settled: questions whose graver half was asked after a milder answer.
        unclear: how many replies to this question were unclear.
        asides: how many were about something else.
    """

    at: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    unclear: int = 0
    asides: int = 0

    def as_json(self) -> dict[str, Any]:
        """The state as a slot keeps it."""
        lists = {"asked": list(self.asked), "settled": list(self.settled)}
        return {**asdict(self), **lists, "answers": dict(self.answers)}

    @property
    def half(self) -> bool:
        """Whether only the graver half of the question is left to be asked."""
        return self.at is not None and self.answers.get(self.at) == MILDER


def read(value: Any, check: SafetyCheck) -> State | None:
    """The state that a slot kept; None for none, or one that these questions cannot go on with."""
    if not isinstance(value, dict):
        return None
    known = {question.id: question for question in check.questions}
    answers, asked, at = value.get("answers"), value.get("asked"), value.get("at")
    if not isinstance(answers, dict) or not isinstance(asked, list):
        return None
    if at not in (None, *known) or not {*answers, *asked} <= known.keys():
        return None
    if any(name != NO and name not in known[one].outcomes for one, name in answers.items()):
        return None
    unclear, asides = (_count(value.get(name)) for name in ("unclear", "asides"))
    settled = tuple(value.get("settled") or ())
    return State(at, answers, tuple(asked), settled, unclear, asides)


def begin(check: SafetyCheck, told: Mapping[str, str]) -> State:
    """A new check, with what was ``told`` before."""
    return _next(check, State(answers=dict(told)))


def answer(check: SafetyCheck, state: State, value: str) -> State:
    """Take an answer to the question that was asked."""
    at = state.at
    if at is None:
        return state
    # No to the graver half leaves what was told before.
    kept = MILDER if state.half and value == NO else value
    asked = (*(one for one in state.asked if one != at), at)
    settled = (*state.settled, at) if state.half else state.settled
    answered = replace(state, answers={**state.answers, at: kept}, asked=asked, settled=settled)
    return _next(check, answered)


def add(check: SafetyCheck, state: State, told: Mapping[str, str]) -> State:
    """Take what a reply told of other questions; it never makes an answer milder."""
    grown = replace(state, answers=merged(check, state.answers, told))
    following = _next(check, grown)
    # The question that was asked stands, unless what was told ends the check.
    return following if following.at is None else replace(grown, at=state.at)


def merged(
    check: SafetyCheck, answers: Mapping[str, str], told: Mapping[str, str]
) -> dict[str, str]:
    """``answers`` with what was ``told`` where that is more urgent."""
    more = {
        one: name
        for one, name in told.items()
        if _rank(check, one, name) > _rank(check, one, answers.get(one, NO))
    }
    return {**answers, **more}


def unclear(check: SafetyCheck, state: State) -> State:
    """Take a reply that could not be read; after the second, the answer is "not sure"."""
    times = state.unclear + 1
    if times < PATIENCE:
        return replace(state, unclear=times)
    return answer(check, state, UNSURE)


def aside(state: State) -> State | None:
    """Take something else that was said; None when there was too much of it to go on."""
    return replace(state, asides=state.asides + 1) if state.asides < ASIDES else None


def back(state: State) -> State | None:
    """Go back to the last question the patient answered; None when there is none."""
    if not state.asked:
        return None
    *before, last = state.asked
    answers = {one: name for one, name in state.answers.items() if one != last}
    return State(last, answers, tuple(before), tuple(one for one in state.settled if one != last))


def correct(check: SafetyCheck, state: State, value: str) -> State:
    """Change the last answer and go on from there; with none before, take it for this question."""
    earlier = back(state)
    return answer(check, earlier or state, value)


def level(check: SafetyCheck, answers: Mapping[str, str]) -> Level:
    """The most urgent level of the answers."""
    levels = [one.level for one in _outcomes(check, answers)]
    return max(levels, key=RANKS.__getitem__, default=Level.NONE)


def deciding(check: SafetyCheck, answers: Mapping[str, str]) -> list[Outcome]:
    """The outcomes that were not "no", the most urgent first; of equals, in order of asking."""
    return sorted(_outcomes(check, answers), key=lambda one: -RANKS[one.level])


def takes_onset(check: SafetyCheck, state: State) -> bool:
    """Whether "since Tuesday" is a milder answer to the question as it stands."""
    if state.at is None or state.half:
        return False
    milder = question(check, state.at).outcomes.get(MILDER)
    return milder is not None and milder.onset


def question(check: SafetyCheck, identifier: str) -> Question:
    """The question of that id."""
    return next(one for one in check.questions if one.id == identifier)


def _outcomes(check: SafetyCheck, answers: Mapping[str, str]) -> list[Outcome]:
    return [
        one.outcomes[answers[one.id]]
        for one in check.questions
        if answers.get(one.id, NO) in one.outcomes
    ]


def _next(check: SafetyCheck, state: State) -> State:
    """On to the first question that could still make it more urgent."""
    so_far = RANKS[level(check, state.answers)]
    left = (
        one.id
        for one in check.questions
        if RANKS[one.outcomes[YES].level] > so_far and _is_open(state, one.id)
    )
    return replace(state, at=next(left, None), unclear=0, asides=0)


def _is_open(state: State, identifier: str) -> bool:
    """Whether a question has no answer, or a milder one whose graver half was not asked."""
    answered = state.answers.get(identifier)
    return answered is None or (answered == MILDER and identifier not in state.settled)


def _rank(check: SafetyCheck, identifier: str, name: str) -> int:
    outcome = question(check, identifier).outcomes.get(name)
    return RANKS[outcome.level] if outcome else -1


def _count(value: Any) -> int:
    """A whole number that a JSON document may hold as 1.0."""
    return int(value) if isinstance(value, (int, float)) else 0
