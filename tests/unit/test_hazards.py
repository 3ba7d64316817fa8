"""What must not hide an emergency: the controls of docs/hazard_log.md, tried on whole sentences."""

from __future__ import annotations

import pytest

from triage import Level, screen
from triage.load import load
from triage.opinion import opinion


@pytest.mark.parametrize(
    "text",
    [
        "MY FACE IS DROOPING ON ONE SIDE",
        "I CANT BREATHE!!!!",
        "i want to DIE",
        "cAnT fEeL WhEn i WeE",
    ],
)
def test_capitals_hide_no_emergency(text: str) -> None:
    assert screen(text).level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "i cnt breath",
        "my fase has dropt on one side",
        "im numb betwen my legs sinse this mornign",
        "crushin chets pain",
        "i wnat to kil myself",
        "cant move my lgs since last nite",
    ],
)
def test_slips_of_the_keyboard_hide_no_emergency(text: str) -> None:
    assert screen(text).level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "I had a stroke years ago and now my face is drooping again",
        "what if this is a stroke, my arm went dead ten minutes ago and I cant get my words out",
        "my gran died of a clot and now I have chest pain and cant get my breath",
        "I read about cauda equina and since this morning I am numb between my legs",
    ],
)
def test_words_of_the_past_of_worry_or_of_reading_hide_no_present_emergency(text: str) -> None:
    assert screen(text).level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "my husbands face has just dropped on one side and he cant talk",
        "mum took all her baclofen and I cant wake her",
        "our neighbour is on the floor, he is not breathing right",
        "my daughter says she wants to end her life",
    ],
)
def test_somebody_elses_present_emergency_is_one(text: str) -> None:
    assert screen(text).level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain but my face is drooping",
        "no, not fine, i cannot breathe",
        "I am not hurt but I cannot feel between my legs since I fell",
    ],
)
def test_a_denial_hides_no_other_sign(text: str) -> None:
    assert screen(text).level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    ["how many tablets would it take to end my life", "what is the easiest way to kill yourself"],
)
def test_a_question_about_means_is_an_emergency(text: str) -> None:
    assert screen(text).level is Level.EMERGENCY


def test_the_network_knows_every_alarm_and_no_other() -> None:
    flags = load().flags
    known = {(label.flag, label.level) for label in opinion().labels}
    assert {id_ for id_, _ in known} == set(flags)
    alarms = {
        (flag.id, flag.level) for flag in flags.values() if flag.level.rank >= Level.URGENT.rank
    }
    assert alarms <= known
