"""Every process killed at every point of a turn: nothing acknowledged is lost or happens twice."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.load import load
from tests.faults.patients import Patient
from tests.faults.stacks import BACK_WITHIN, Mortal, mortal

FOUND = load().coach
assert FOUND is not None
BUTTONS = FOUND.buttons

GATEWAY = ("before_record", "after_record", "before_reply", "after_reply")
RASA = ("received", "unsaved", "saved")
ACTIONS = ("asked", "done")
POINTS = [
    *(f"gateway.{point}" for point in GATEWAY),
    *(f"rasa.{point}" for point in RASA),
    *(f"actions.{point}" for point in ACTIONS),
]

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mortal]:
    with mortal(tmp_path_factory.mktemp("mortal")) as found:
        yield found


@pytest.fixture
def patient(running: Mortal) -> Iterator[Patient]:
    """Somebody at the first step of an exercise, with everything up."""
    running.wait_back()
    found = Patient(running.stack.url)
    found.says("do the toe raises with me").presses(BUTTONS["none_of_these"])
    assert found.step == 1, found.text
    yield found
    found.close()


@pytest.mark.parametrize("point", POINTS)
def test_a_step_that_is_cut_short_is_taken_once(
    running: Mortal, patient: Patient, point: str
) -> None:
    on = patient.button(BUTTONS["next"])
    running.arm(point)
    patient.takes(on)
    assert not running.is_armed(point)
    running.wait_back()
    _press_until_heard(patient, on)
    assert patient.step == 2, patient.text
    patient.presses(BUTTONS["next"])
    assert patient.step == 3, patient.text
    patient.check()
    _assert_heard_once(running, patient)


@pytest.mark.parametrize("point", [f"gateway.{point}" for point in GATEWAY[1:]])
def test_who_comes_back_finds_an_answer_to_what_was_sent_last(
    running: Mortal, patient: Patient, point: str
) -> None:
    running.arm(point)
    patient.says_once("what is foot drop")
    assert not running.is_armed(point)
    running.wait_back()
    last = _answered(patient)
    assert [entry["from"] for entry in last] == ["patient", *["dorsi"] * (len(last) - 1)]
    assert last[0]["text"] == "what is foot drop"
    assert last[1]["topic"] == "definition/what_is"


def test_an_emergency_is_answered_while_everything_behind_the_gateway_is_dead(
    running: Mortal, patient: Patient
) -> None:
    assert running.kill("rasa")
    assert running.kill("actions")
    patient.says("my face is drooping and I cannot speak")
    assert patient.reply[0]["level"] == "emergency", patient.text
    assert "999" in patient.text
    running.wait_back()
    patient.check()


def _press_until_heard(patient: Patient, choice: str) -> None:
    """Press a button again after an apology, as it asks for."""
    end = time.monotonic() + BACK_WITHIN
    while patient.step is None and time.monotonic() < end:
        assert patient.reply[-1]["kind"] == "notice", patient.text
        time.sleep(1)
        patient.takes(choice)


def _answered(patient: Patient) -> list[dict[str, object]]:
    """The last message of the patient's and all after it, once there is something after it."""
    end = time.monotonic() + BACK_WITHIN
    while time.monotonic() < end:
        entries = patient.history()
        start = max(n for n, entry in enumerate(entries) if entry["from"] == "patient")
        if len(entries) > start + 1:
            return entries[start:]
        time.sleep(0.2)
    raise AssertionError("nobody answered the last message")


def _assert_heard_once(running: Mortal, patient: Patient) -> None:
    ids = {sent.id for sent in patient.sent}
    file = Path(running.stack.state) / "rasa.db"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT message_id FROM events WHERE type_name = 'user'").fetchall()
    heard = [found for (found,) in rows if found in ids]
    assert heard, "Rasa took nothing"
    assert len(heard) == len(set(heard)), "Rasa took a message twice"
