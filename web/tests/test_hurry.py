"""An emergency does not wait for the answers to the messages before it."""

import asyncio
import time

import httpx
import pytest

from gateway.hurry import Hurried, Hurry
from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient

EMERGENCY = "my face droops and I cannot speak since ten minutes"
LONG = 4.0


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Rasa is waited for longer than a test takes."""
    return settings.model_copy(update={"rasa_timeout": 10 * LONG})


async def behind(
    patient: Patient, rasa: FakeRasa, count: int, text: str
) -> tuple[list[httpx.Response], httpx.Response, float]:
    """The answers to messages while Rasa is silent, the last one's, and the seconds it took."""
    rasa.may_answer.clear()
    before = [asyncio.create_task(patient.send(f"question {n}")) for n in range(count)]
    await rasa.heard.wait()
    began = time.monotonic()
    last = asyncio.create_task(patient.send(text))
    await asyncio.wait([last], timeout=LONG)
    took = time.monotonic() - began
    rasa.may_answer.set()
    return [await one for one in before], await last, took


@pytest.mark.parametrize("count", [1, 3])
async def test_an_emergency_behind_a_silent_rasa_is_answered_within_moments(
    patient: Patient, rasa: FakeRasa, count: int
) -> None:
    await patient.say("hello")
    rasa.heard.clear()
    before, last, took = await behind(patient, rasa, count, EMERGENCY)
    assert took < LONG / 2
    assert last.json()["messages"][0]["level"] == "emergency"
    assert [one.json()["messages"][0]["kind"] for one in before] == ["notice"] * count
    history = [entry["text"] for entry in await patient.history() if entry["from"] == "patient"]
    assert history == ["hello", *(f"question {n}" for n in range(count)), EMERGENCY]


async def test_anything_else_waits_for_its_turn(patient: Patient, rasa: FakeRasa) -> None:
    await patient.say("hello")
    rasa.heard.clear()
    [before], last, took = await behind(patient, rasa, 1, "which shoes are good for me?")
    assert took > LONG / 2
    assert [one.json()["messages"][0]["kind"] for one in (before, last)] == ["answer"] * 2


async def test_once_it_is_answered_rasa_is_asked_again(patient: Patient, rasa: FakeRasa) -> None:
    await patient.say("hello")
    rasa.heard.clear()
    await behind(patient, rasa, 1, EMERGENCY)
    assert (await patient.say("which shoes are good for me?"))[-1]["kind"] == "answer"


async def test_while_it_waits_nothing_more_is_asked() -> None:
    hurry, asked = Hurry(), 0

    async def ask() -> None:
        nonlocal asked
        asked += 1
        await asyncio.sleep(60)

    async def yes() -> bool:
        return True

    first = asyncio.create_task(hurry.unless("ann", ask))
    async with hurry.behind("ann", yes):
        with pytest.raises(Hurried):
            await first
        with pytest.raises(Hurried):
            await hurry.unless("ann", ask)
    assert asked == 1
