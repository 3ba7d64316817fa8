"""Red flags, by rules."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from triage import Level, Status, screen
from triage.pattern import PatternError, parse


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my face has gone all droopy on one side", "stroke"),
        ("I cant breathe", "breathing_swallowing"),
        ("chest pain", "chest_pain_pe"),
        ("numb between my legs since this morning", "cauda_equina"),
        ("I want to kill myself", "suicide_self_harm"),
    ],
)
def test_an_emergency_is_noticed(text: str, flag: str) -> None:
    found = screen(text)
    assert found.level is Level.EMERGENCY
    assert flag in {one.id for one in found.flags}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what exercises help foot drop",
        "no chest pain",
        "these shoes are killing me",
        "my gran died of a stroke in 1998",
    ],
)
def test_ordinary_and_denied_things_raise_no_alarm(text: str) -> None:
    assert screen(text).level.rank <= Level.SOON.rank


def test_a_denied_sign_does_not_cancel_a_real_one() -> None:
    found = screen("no chest pain but my face is drooping")
    assert found.level is Level.EMERGENCY
    assert {one.status for one in found.candidates} >= {Status.AFFIRMED, Status.NEGATED}


@pytest.mark.parametrize("text", ["\ud800", "x" * 20_000, "no " * 3_000, "\0", "😀" * 500])
def test_no_text_is_too_odd_to_screen(text: str) -> None:
    assert screen(text).level is not Level.EMERGENCY


def test_the_command_answers_line_by_line() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "triage"],
        input="I cant breathe\n\nhello\n",
        capture_output=True,
        text=True,
        check=True,
    )
    levels = [json.loads(line)["level"] for line in run.stdout.splitlines()]
    assert levels == ["emergency", "none", "none"]


@pytest.mark.parametrize("source", ["", "pain ..", "a & b & c", "{open", "word?"])
def test_a_pattern_that_cannot_be_read_says_so(source: str) -> None:
    with pytest.raises(PatternError):
        parse(source, str)
