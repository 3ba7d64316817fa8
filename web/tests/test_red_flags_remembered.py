"""What a session remembers of red flags, through the chat API."""

from pathlib import Path

import httpx
import triage
from triage import Level, Numbers

from gateway.normalise import MAX_TEXT
from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient, arrive, serving
from tests.hearing import (
    ADVICE,
    ANSWER,
    EMERGENCY,
    GB,
    HARMLESS,
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
