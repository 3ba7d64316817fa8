"""What the patterns of the coach find in plain sentences, and what they leave alone."""

from __future__ import annotations

from functools import lru_cache

import pytest

from actions.coach.turn import tools
from actions.exercises.choosing import Chooser
from content.coach import Coach
from content.load import load
from content.patterns import Found, Patterns


@lru_cache(maxsize=1)
def coach() -> Coach:
    found = load().coach
    assert found is not None
    return found


@lru_cache(maxsize=1)
def signs() -> Patterns:
    return Patterns({one.id: one.patterns for one in coach().signs.values()})


@lru_cache(maxsize=1)
def checks() -> Patterns:
    return tools().checks


@lru_cache(maxsize=1)
def chooser() -> Chooser:
    return Chooser(coach())


def answers(text: str) -> Found:
    return checks().find(text)


SIGNS = {
    "fell": [
        "I slipped",
        "I've slipped over",
        "I just slipped",
        "slipped in the kitchen",
        "I slipped off the chair",
        "had a bad slip",
        "lost my footing",
        "I ended up on the floor",
        "ended up on the floor",
    ],
    "dizzy": [
        "I can't see straight",
        "can't see properly",
        "I can't see very well",
        "cant see well",
    ],
    "unsteady": [
        "couldn't keep upright",
        "I can't stay upright",
        "couldn't keep myself upright",
        "I nearly slipped",
        "can't keep my balance",
        "I have no balance",
        "I don't trust my balance",
    ],
    "pain": [
        "my back has gone",
        "my back's gone",
        "my back went",
        "I've put my back out",
        "it hurts",
    ],
    "breathless": [
        "no puff left",
        "can't catch my breath",
        "can't get enough air",
        "out of breath",
    ],
}

NO_SIGN = [
    "it doesn't hurt",
    "it does not hurt, next",
    "it didn't hurt at all",
    "it never hurts",
    "no pain",
    "no sharp pain",
    "not sore",
    "no dizziness",
    "done, no dizziness",
    "I'm not dizzy",
    "I don't feel dizzy",
    "not light headed",
    "not out of breath",
    "no shortness of breath",
    "no numbness",
    "no pins and needles",
    "no cramp",
    "no spasms",
    "not wobbly",
    "I'm not unsteady",
    "I didn't lose my balance",
    "I didn't fall",
    "I didn't slip",
    "I'm not tired",
    "I don't feel sick",
    "no blisters",
    "I've got a slipped disc",
    "a slipped disc",
    "my foot slipped off the towel",
    "I can't see the picture",
    "I can see properly",
    "I'm back",
    "go back",
]

CHECKS = {
    "new_symptoms": [
        "foot is weaker",
        "my leg is weaker than usual",
        "my balance is worse",
        "my walking got worse today",
        "I can't see well today",
        "blurry today",
        "my sight is getting worse",
        "more numb than before",
        "the numbness is spreading",
        "my foot is much worse",
        "I have a new weakness",
    ],
    "surgery": [
        "hip op",
        "I had an op",
        "had an op two weeks ago",
        "knee replacement",
        "I had my hip replaced",
        "I broke my toe",
        "broke my toe three weeks ago",
        "sprained my ankle",
    ],
    "relapse": [
        "I'm having a relapse",
        "a cold",
        "I've got a cold",
        "a bug",
        "tummy bug",
        "temp of 38",
        "I've a fever",
        "a high fever",
        "fever",
        "covid",
        "I have covid",
        "I've got the flu",
        "chest infection",
        "waterworks infection",
    ],
    "pain": ["terrible backache", "a lot of pain", "the pain is bad", "my back has gone"],
    "falls": [
        "I slipped",
        "I had a slip",
        "slipped in the bath",
        "I stumbled yesterday",
        "nearly went over",
        "I nearly went over",
        "I went down in the garden",
        "I went down",
        "nearly fell",
        "I lost my footing",
        "I feel unsteady",
        "no dizziness, fell twice",
        "no dizziness but I fell twice",
        "no pain, no dizziness, fell on Tuesday",
        "no I fell on Monday",
    ],
    "fatigue": [
        "no just tired",
        "no, just tired",
        "worn out",
        "I've no energy",
        "the heat",
        "not dizzy, just tired",
    ],
    "hold": [
        "kitchen counter",
        "yes, the kitchen counter",
        "the sink",
        "I have a rail",
        "worktop",
        "a grab bar",
        "the banister",
        "I have something to hold",
        "no rail, but the sink is close",
    ],
}

DENIED_CHECKS = [
    ("no dizziness", "falls"),
    ("no falls", "falls"),
    ("no slips or trips", "falls"),
    ("not dizzy, never fell", "falls"),
    ("no infection", "relapse"),
    ("no fever", "relapse"),
    ("no covid", "relapse"),
    ("no op", "surgery"),
    ("no bad pain", "pain"),
    ("my pain is not bad", "pain"),
    ("no operation", "surgery"),
    ("I haven't had an op", "surgery"),
    ("not tired", "fatigue"),
    ("I'm not hot", "fatigue"),
    ("balance is no worse", "new_symptoms"),
    ("no rail", "hold"),
    ("there is no rail", "hold"),
    ("I don't have a rail", "hold"),
    ("no counter or sink", "hold"),
    ("I haven't got anything to hold", "hold"),
]

NO_CHECK = [
    "I have a slipped disc",
    "my feet are cold",
    "I have relapsing remitting MS",
    "a knee replacement in 2015",
    "hip op 10 years ago",
    "my brother had an operation",
    "my weaker leg",
    "my left foot is the weaker one",
    "my foot is always weak",
    "the same as always",
    "nothing new",
    "not worse than before",
    "nothing to hold",
    "there is nothing to hold on to",
    "only a chair",
    "do I need something to hold",
    "plenty of energy",
]

STEADIER = [
    "for my balance",
    "balance",
    "better balance",
    "steadier on my feet",
    "I want to feel steadier",
    "be more stable on my feet",
    "to be less wobbly",
    "so I don't fall",
    "so that I don't fall",
    "so I won't fall",
    "to stop falling",
    "stop me falling over",
    "I don't want to fall",
    "I'm afraid of falling",
    "help me stay upright",
    "stand on one leg",
]

NO_WISH = [
    "I'm wobbly today",
    "I fell over",
    "I fell over yesterday",
    "I feel unsteady",
    "I'm shaky today",
    "I nearly fell",
    "I didn't fall",
    "I can't stay upright",
    "I don't feel steady",
    "I keep falling",
]


def rows(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(text, name) for name, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "sign"), rows(SIGNS))
def test_a_sign_of_the_body_is_found(text: str, sign: str) -> None:
    assert sign in signs().find(text).there


@pytest.mark.parametrize("text", NO_SIGN)
def test_what_is_denied_or_something_else_is_no_sign(text: str) -> None:
    assert signs().find(text).there == ()


@pytest.mark.parametrize(("text", "check"), rows(CHECKS))
def test_what_is_told_answers_its_question_and_no_other(text: str, check: str) -> None:
    assert answers(text).there == (check,)


@pytest.mark.parametrize(("text", "check"), DENIED_CHECKS)
def test_what_is_denied_answers_its_question_with_no(text: str, check: str) -> None:
    found = answers(text)
    assert check in found.denied
    assert found.there == ()


@pytest.mark.parametrize("text", NO_CHECK)
def test_what_is_old_harmless_or_somebody_elses_is_not_there(text: str) -> None:
    assert answers(text).there == ()


@pytest.mark.parametrize("text", STEADIER)
def test_to_be_steadier_is_a_goal(text: str) -> None:
    assert "balance" in chooser().wanted(text).goals


@pytest.mark.parametrize("text", NO_WISH)
def test_to_be_unsteady_is_no_goal(text: str) -> None:
    assert "balance" not in chooser().wanted(text).goals


def test_who_is_unsteady_may_still_exercise_in_the_chair() -> None:
    unsteady = coach().signs["unsteady"]
    assert "chair" in unsteady.say
    assert unsteady.limit == "seated"


@pytest.mark.parametrize("text", ["my leg is killing me", "my back is killing me"])
def test_a_leg_that_is_killing_is_strong_pain(text: str) -> None:
    assert answers(text).there == ("pain",)


@pytest.mark.xfail(strict=True, reason="fever has to be found alone for its denial to be heard")
@pytest.mark.parametrize("text", ["I have hay fever", "my husband has covid"])
def test_hay_fever_and_the_illness_of_another_are_not_there(text: str) -> None:
    assert answers(text).there == ()


@pytest.mark.xfail(strict=True, reason="nothing is no word that denies")
@pytest.mark.parametrize("text", ["nothing to hold", "I've nothing to hold on to"])
def test_nothing_to_hold_is_a_no(text: str) -> None:
    assert answers(text).denied == ("hold",)


@pytest.mark.xfail(strict=True, reason="nothing is no word that denies")
@pytest.mark.parametrize("text", ["nothing hurts", "pain free"])
def test_without_pain_there_is_no_sign(text: str) -> None:
    assert signs().find(text).there == ()
