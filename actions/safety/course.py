"""The course of the safety check: which question comes next, and what the answers come to.

Pure: a state and an answer give the next state. The check is over as soon as no question that is
left could make it more urgent; so a plain yes to an emergency ends it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from content.model import Outcome, Question, SafetyCheck
from triage.model import Level, highest

YES, NO, UNSURE = "yes", "no", "unsure"
MILDER, GRAVER = "milder", "graver"
PATIENCE = 2
ASIDES = 6


@dataclass(frozen=True)
class State:
    """Where a check stands; small enough for a slot.

    Attributes:
        at: the id of the question that was asked; None when the check is over.
        answers: the answers so far, by question.
        asked: the questions that the patient answered, in order.
        settled: questions whose graver half was asked after the milder one was told.
        unclear: how many replies to this question were unclear.
        asides: how many were about something else.
        floor: the level of what the patient was told of outside the check; never less is said.
    """

    at: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    unclear: int = 0
    asides: int = 0
    floor: Level = Level.NONE

    def as_json(self) -> dict[str, Any]:
        """The state as a slot keeps it."""
        lists = {"asked": list(self.asked), "settled": list(self.settled)}
        kept = {"answers": dict(self.answers), "floor": self.floor.value}
        return {**asdict(self), **lists, **kept}

    @property
    def half(self) -> bool:
        """Whether only the graver half of the question is left to be asked."""
        return self.at is not None and self.answers.get(self.at) in (MILDER, YES)


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
    floor = _level(value.get("floor"))
    return State(at, answers, tuple(asked), settled, unclear, asides, floor)


def begin(
    check: SafetyCheck, told: Mapping[str, str], raised: Mapping[str, Level] | None = None
) -> State:
    """A new check.

    Args:
        check: the questions.
        told: the answers that were told before.
        raised: the red flags that the patient was told of, with their levels.
    """
    flags = raised or {}
    known = merged(check, told, answers_of(check, flags))
    return _next(check, State(answers=known, floor=highest(flags.values())))


def warned(check: SafetyCheck, state: State, raised: Mapping[str, Level]) -> State:
    """Take the red flags that the patient was told of; an emergency ends the check."""
    state = replace(state, floor=highest([state.floor, *raised.values()]))
    if state.at is None:
        return state
    # What is urgent may come from the very reply that is still to be read for the open question.
    told = {
        one: name
        for one, name in answers_of(check, raised).items()
        if one != state.at or question(check, one).outcomes[name].level is Level.EMERGENCY
    }
    grown = replace(state, answers=merged(check, state.answers, told))
    return _next(check, grown) if level(check, grown) is Level.EMERGENCY else grown


def answers_of(check: SafetyCheck, raised: Mapping[str, Level]) -> dict[str, str]:
    """The answers that red flags give, none graver than the patient was told."""
    found: dict[str, str] = {}
    for one in check.questions:
        for name, outcome in one.outcomes.items():
            levels = [level for flag, level in raised.items() if flag in outcome.flags]
            if highest(levels).rank >= outcome.level.rank:
                found = merged(check, found, {one.id: name})
    return found


def answer(check: SafetyCheck, state: State, value: str) -> State:
    """Take an answer to the question that was asked."""
    at = state.at
    if at is None:
        return state
    kept = _of_half(state.answers[at], value) if state.half else value
    asked = (*(one for one in state.asked if one != at), at)
    settled = (*state.settled, at) if state.half else state.settled
    answered = replace(state, answers={**state.answers, at: kept}, asked=asked, settled=settled)
    return _next(check, answered)


def add(check: SafetyCheck, state: State, told: Mapping[str, str]) -> State:
    """Take what a reply told of other questions; it never makes an answer milder."""
    grown = replace(state, answers=merged(check, state.answers, told))
    following = _next(check, grown)
    # The question that was asked stands, unless what was told ends the check.
    return following if None in (following.at, state.at) else replace(grown, at=state.at)


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


def anew(state: State, found: Mapping[str, str]) -> dict[str, str]:
    """What a reply tells beyond what is known.

    "Only swollen" answers neither yes nor no to the graver half of the question about the leg.
    """
    known = state.at if has_yes(state) else None
    return {one: name for one, name in found.items() if (one, name) != (known, YES)}


def has_yes(state: State) -> bool:
    """Whether the question that is open had its yes, and only the graver half is left."""
    return state.half and state.answers.get(str(state.at)) == YES


def yes_to(check: SafetyCheck, identifier: str, *, half: bool) -> str:
    """What a yes to a question comes to, or to its graver ``half``."""
    has_graver = GRAVER in question(check, identifier).outcomes
    return GRAVER if half and has_graver else YES


def unclear(check: SafetyCheck, state: State) -> State:
    """Take a reply that could not be read; after the second, the answer is "not sure"."""
    times = state.unclear + 1
    if times < PATIENCE:
        return replace(state, unclear=times)
    return answer(check, state, UNSURE)


def aside(state: State) -> State | None:
    """Take something else that was said; None when there was too much of it to go on."""
    return replace(state, asides=state.asides + 1) if state.asides < ASIDES else None


def back(check: SafetyCheck, state: State) -> State | None:
    """Go back to the last question the patient answered; None when there is none."""
    if not state.asked:
        return None
    *before, last = state.asked
    answers = {one: name for one, name in state.answers.items() if one != last}
    settled = tuple(one for one in state.settled if one != last)
    if last in state.settled:
        # Its graver half was asked last: only that is taken back.
        whole = YES if GRAVER in question(check, last).outcomes else MILDER
        answers, before = {**answers, last: whole}, list(state.asked)
    return State(last, answers, tuple(before), settled, floor=state.floor)


def correct(check: SafetyCheck, state: State, value: str) -> State:
    """Change the last answer and go on from there; with none before, take it for this question."""
    earlier = back(check, state)
    return answer(check, earlier or state, value)


def level(check: SafetyCheck, state: State) -> Level:
    """The most urgent level of the answers and of what was told outside the check."""
    return highest([state.floor, *(one.level for one in _outcomes(check, state.answers))])


def deciding(check: SafetyCheck, answers: Mapping[str, str]) -> list[Outcome]:
    """The outcomes that were not "no", the most urgent first; of equals, in order of asking."""
    return sorted(_outcomes(check, answers), key=lambda one: -one.level.rank)


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
    so_far = level(check, state).rank
    left = (one.id for one in check.questions if _gravest(one) > so_far and _is_open(state, one))
    return replace(state, at=next(left, None), unclear=0, asides=0)


def _of_half(told: str, value: str) -> str:
    """What an answer to the graver half comes to, after what was ``told`` before."""
    if value == NO:
        return told
    # Not sure whether the leg goes cold after an injury is no reason to wait.
    return GRAVER if told == YES else value


def _gravest(asked: Question) -> int:
    """The rank of the most urgent answer a question may get."""
    return max(outcome.level.rank for outcome in asked.outcomes.values())


def _is_open(state: State, asked: Question) -> bool:
    """Whether a question has no answer, or one whose graver half was not asked."""
    answered = state.answers.get(asked.id)
    has_half = answered == MILDER or (answered == YES and GRAVER in asked.outcomes)
    return answered is None or (has_half and asked.id not in state.settled)


def _rank(check: SafetyCheck, identifier: str, name: str) -> int:
    outcome = question(check, identifier).outcomes.get(name)
    return outcome.level.rank if outcome else -1


def _count(value: Any) -> int:
    """A whole number that a JSON document may hold as 1.0."""
    return int(value) if isinstance(value, (int, float)) else 0


def _level(value: Any) -> Level:
    return Level(value) if value in {level.value for level in Level} else Level.NONE
