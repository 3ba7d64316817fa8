"""What a session remembers of red flags, through the chat API."""

import json
from pathlib import Path
from typing import Any

import aiosqlite
import httpx
import pytest
import triage
from triage import Context, Flag, Level, Numbers, Screening

from gateway.normalise import MAX_TEXT
from gateway.notes import DROPPED, NOTE
from gateway.settings import Settings
from served.json_lines import JsonLines
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn
from tests.hearing import (
    ADVICE,
    ANSWER,
    EMERGENCY,
    GB,
    HARMLESS,
    SOON,
    UNAVAILABLE,
    URGENT,
    again,
    hear,
    in_full,
    told,
)

# What is remembered


async def test_after_a_new_start_nothing_told_is_forgotten(settings: Settings) -> None:
    async with serving(settings) as client:
        patient = await arrive(client)
        await patient.say(URGENT)
        await patient.say(EMERGENCY)
    async with serving(settings) as client:
        patient.client = client
        assert await hear(patient, HARMLESS) == [ADVICE.after(GB), ANSWER]
        assert await hear(patient, URGENT) == [again(Level.URGENT), ANSWER]
        assert await hear(patient, EMERGENCY) == [again(Level.EMERGENCY), ANSWER]


async def test_rasa_is_told_once_of_an_emergency_it_did_not_see(
    patient: Patient, rasa: FakeRasa
) -> None:
    for text in (HARMLESS, EMERGENCY, HARMLESS, HARMLESS):
        await patient.say(text)
    assert rasa.texts == [HARMLESS] * 3
    assert told(rasa) == [False, True, False]


async def test_rasa_is_told_of_it_with_a_button_too(patient: Patient, rasa: FakeRasa) -> None:
    await patient.say(EMERGENCY)
    await patient.say(choice=patient.welcome[0]["buttons"][0]["id"])
    await patient.say(HARMLESS)
    assert told(rasa) == [True, False]


async def test_rasa_is_told_of_it_until_it_has_answered(patient: Patient, rasa: FakeRasa) -> None:
    await patient.say(EMERGENCY)
    rasa.status = 500
    await patient.say(HARMLESS)
    rasa.status = 200
    await patient.say("a" * (MAX_TEXT + 1))
    await patient.say(URGENT)
    await patient.say(HARMLESS)
    assert told(rasa) == [True, True, False]


async def test_rasa_is_told_which_flags_were_told(patient: Patient, rasa: FakeRasa) -> None:
    for text in (HARMLESS, SOON, URGENT, EMERGENCY, HARMLESS):
        await patient.say(text)
    await patient.say(choice=patient.welcome[0]["buttons"][0]["id"])
    both = {"dvt": "urgent", "stroke": "emergency"}
    raised = [body["metadata"]["raised"] for body in rasa.received]
    assert raised == [{}, {}, {"dvt": "urgent"}, both, both]


async def test_an_emergency_that_rasa_told_is_remembered_like_one_told_here(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.says = turn(answer("Call 999 now.", kind="escalation", level="emergency"))
    await patient.say("no")
    rasa.says = turn(answer())
    assert await hear(patient, HARMLESS) == [ADVICE.after(GB), ANSWER]
    assert await hear(patient, HARMLESS) == [ANSWER]


@pytest.mark.parametrize(
    ("kind", "level"), [("escalation", "urgent"), ("answer", "emergency"), ("question", "soon")]
)
async def test_nothing_less_that_rasa_told_counts_as_an_emergency(
    patient: Patient, rasa: FakeRasa, kind: str, level: str
) -> None:
    rasa.says = turn(answer("Call your GP today.", kind=kind, level=level))
    await patient.say("no")
    rasa.says = turn(answer())
    assert await hear(patient, HARMLESS) == [ANSWER]


@pytest.mark.parametrize(
    "kept", [{"raised": {"stroke": "purple"}}, {"asked": "face"}, {"stays": "many"}, 5, "stroke"]
)
async def test_what_cannot_be_read_is_forgotten_rather_than_failing_for_ever(
    patient: Patient, sqlite_file: Path, caplog: pytest.LogCaptureFixture, kept: Any
) -> None:
    await patient.say(EMERGENCY)
    async with aiosqlite.connect(sqlite_file) as other:
        note = json.dumps({NOTE: kept})
        change = "UPDATE messages SET understanding = ? WHERE understanding IS NOT NULL"
        await other.execute(change, (note,))
        await other.commit()
    assert await hear(patient, HARMLESS) == [ANSWER]
    assert await hear(patient, EMERGENCY) == [in_full(EMERGENCY)]
    [line] = [record for record in caplog.records if record.name == "gateway.notes"]
    assert not {"purple", "face", "many"} & set(JsonLines().format(line).split('"'))


# What the second opinion dropped


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> Flag:
    """A flag that a rule raises in every message, and the second opinion overrules."""
    reason = "rule: face_droop; the second opinion sees 1% alarm"
    flag = Flag("stroke", Level.EMERGENCY, "my face fell", reason)
    monkeypatch.setattr(triage, "screen", lambda *_: Screening(dropped=(flag,)))
    return flag


async def notes(stored: Any) -> list[dict[str, Any]]:
    """The notes beside replies, in order."""
    rows = await stored("SELECT understanding FROM messages ORDER BY seq")
    return [json.loads(note) for (note,) in rows if note]


@pytest.mark.parametrize("status", [200, 500])
async def test_what_the_second_opinion_dropped_is_kept_for_staff_without_the_words(
    patient: Patient, rasa: FakeRasa, stored: Any, dropped: Flag, status: int
) -> None:
    rasa.status = status
    response = await patient.send("my face fell when I heard")
    assert DROPPED not in response.text
    assert "messages" in response.json()
    [note] = await notes(stored)
    assert note[DROPPED] == [{"id": "stroke", "level": "emergency", "reason": dropped.reason}]
    assert "fell" not in json.dumps(note)


async def test_what_was_dropped_changes_nothing_that_is_said(
    patient: Patient, rasa: FakeRasa, dropped: Flag
) -> None:
    assert await hear(patient, "my face fell") == [ANSWER]
    rasa.status = 500
    assert await hear(patient, "my face fell") == [UNAVAILABLE]


async def test_where_nothing_was_dropped_nothing_is_noted(patient: Patient, stored: Any) -> None:
    await patient.say(HARMLESS)
    await patient.say(EMERGENCY)
    assert not any(DROPPED in note for note in await notes(stored))


async def test_a_long_session_stays_right(patient: Patient, rasa: FakeRasa) -> None:
    for first in [True] + [False] * 9:
        assert await hear(patient, HARMLESS) == [ANSWER]
        assert await hear(patient, URGENT) == [
            in_full(URGENT) if first else again(Level.URGENT), ANSWER,
        ]  # fmt: skip
        assert await hear(patient, EMERGENCY) == (
            [in_full(EMERGENCY)] if first else [again(Level.EMERGENCY), ANSWER]
        )
        after = [ADVICE.after(GB)] if first else []
        assert await hear(patient, "why does my foot drop?") == [*after, ANSWER]
    assert len(rasa.received) == 39
    assert told(rasa).index(True) == 2
    assert sum(told(rasa)) == 1
    assert sum(entry["from"] == "patient" for entry in await patient.history()) == 40


async def test_two_sessions_do_not_mix(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    one, two = await arrive(client), await arrive(client, "unknown")
    await one.say(EMERGENCY)
    assert await hear(two, HARMLESS) == [ANSWER]
    elsewhere = Numbers("112, 999 or 911", "call a doctor")
    assert await hear(two, EMERGENCY) == [in_full(EMERGENCY, elsewhere)]
    assert await hear(one, HARMLESS) == [ADVICE.after(GB), ANSWER]
    assert await hear(two, HARMLESS) == [ADVICE.after(elsewhere), ANSWER]
    assert told(rasa) == [False, True, True]


async def test_an_erased_session_is_forgotten(
    client: httpx.AsyncClient, patient: Patient, tmp_path: Path
) -> None:
    await patient.say(EMERGENCY)
    await patient.erase()
    assert (await patient.send(EMERGENCY)).status_code == 401
    assert not any(b"face_droop" in file.read_bytes() for file in tmp_path.glob("dorsi.db*"))
    other = await arrive(client)
    assert await hear(other, HARMLESS) == [ANSWER]
    assert await hear(other, EMERGENCY) == [in_full(EMERGENCY)]


async def test_two_halves_of_a_flag_are_noticed_in_two_messages(patient: Patient) -> None:
    first, second = "my back hurts a lot", "and I have lost a lot of weight"
    assert triage.screen(first).level is triage.screen(second).level is Level.NONE
    await patient.say(first)
    advice, _ = await patient.say(second)
    assert advice["level"] == "urgent"


async def test_two_everyday_facts_make_no_emergency(patient: Patient) -> None:
    first, second = "I was sick last week", "the doctor gave me new tablets"
    known = Context(triage.screen(first).signs)
    assert triage.screen(second, known).level is Level.EMERGENCY
    await patient.say(first)
    assert {reply["level"] for reply in await patient.say(second)} == {"none"}


async def test_after_a_new_start_what_may_be_half_an_emergency_is_taken_for_one(
    settings: Settings,
) -> None:
    async with serving(settings) as client:
        patient = await arrive(client)
        await patient.say("I was sick last week")
    async with serving(settings) as client:
        patient.client = client
        advice, *_ = await patient.say("the doctor gave me new tablets")
    assert advice["level"] == "emergency"
