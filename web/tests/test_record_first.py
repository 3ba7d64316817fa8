"""Whatever ends the gateway, and whenever: what a patient said is kept, and gets an answer."""

import asyncio
import signal
import uuid
from typing import Any

import httpx

from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient, answer, arrive, process, turn


async def test_the_message_is_committed_before_rasa_is_called(
    patient: Patient, rasa: FakeRasa, stored: Any
) -> None:
    async def look(_: dict[str, Any]) -> Any:
        [(count,)] = await stored("SELECT count(*) FROM messages WHERE text = 'hello'")
        return turn(answer(f"{count} stored"))

    rasa.says = look
    assert (await patient.say("hello"))[0]["text"] == "1 stored"


async def test_a_turn_cut_short_is_kept_and_taken_up_again(
    patient: Patient, rasa: FakeRasa, stored: Any
) -> None:
    client_id = str(uuid.uuid4())
    rasa.may_answer.clear()
    sending = asyncio.create_task(patient.send("hello", id=client_id))
    await rasa.heard.wait()
    sending.cancel()
    await asyncio.wait([sending])

    assert await stored("SELECT text, answered FROM messages WHERE seq = 2") == [("hello", 0)]

    rasa.may_answer.set()
    assert await patient.say("hello", id=client_id)
    assert [entry["from"] for entry in await patient.history()] == ["patient", "dorsi"]


async def test_a_turn_cut_short_holds_up_nothing(patient: Patient, rasa: FakeRasa) -> None:
    rasa.may_answer.clear()
    sending = asyncio.create_task(patient.send("first"))
    await rasa.heard.wait()
    waiting = asyncio.create_task(patient.send("second"))
    await asyncio.sleep(0.01)
    sending.cancel()
    rasa.may_answer.set()
    assert (await waiting).status_code == 200


async def test_a_message_in_flight_when_the_session_is_erased_is_not_brought_back(
    patient: Patient, rasa: FakeRasa, stored: Any
) -> None:
    rasa.may_answer.clear()
    first = asyncio.create_task(patient.send("first"))
    await rasa.heard.wait()
    erasing = asyncio.create_task(patient.erase())
    await asyncio.sleep(0.05)
    late = asyncio.create_task(patient.send("late"))
    await asyncio.sleep(0.05)
    rasa.may_answer.set()
    assert (await first).status_code == 200
    assert (await erasing).status_code == 204
    assert (await late).status_code == 401
    assert await stored("SELECT * FROM messages") == []


async def test_a_killed_gateway_has_kept_the_message_and_its_successor_answers_it(
    settings: Settings, rasa: FakeRasa
) -> None:
    client_id = str(uuid.uuid4())
    async with process(settings) as (gateway, url), httpx.AsyncClient(base_url=url) as client:
        patient = await arrive(client)
        rasa.may_answer.clear()
        sending = asyncio.create_task(patient.send("hello", id=client_id))
        await rasa.heard.wait()
        gateway.send_signal(signal.SIGKILL)
        await gateway.wait()
        [error] = await asyncio.gather(sending, return_exceptions=True)
        assert isinstance(error, httpx.HTTPError)

    rasa.may_answer.set()
    async with process(settings) as (_, url), httpx.AsyncClient(base_url=url) as client:
        patient.client = client
        assert await patient.say("hello", id=client_id)
        assert [entry["from"] for entry in await patient.history()] == ["patient", "dorsi"]


async def test_a_gateway_told_to_stop_finishes_the_turn(settings: Settings, rasa: FakeRasa) -> None:
    async with process(settings) as (gateway, url), httpx.AsyncClient(base_url=url) as client:
        patient = await arrive(client)
        rasa.may_answer.clear()
        sending = asyncio.create_task(patient.say("hello"))
        await rasa.heard.wait()
        gateway.terminate()
        await asyncio.sleep(0.2)
        rasa.may_answer.set()
        assert await sending
        async with asyncio.timeout(10):
            await gateway.wait()
