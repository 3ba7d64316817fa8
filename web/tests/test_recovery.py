"""What was recorded and never answered gets its answer, once."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway import recovery
from gateway.settings import Settings
from gateway.store import Store
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn
from tests.hearing import ANSWER, EMERGENCY, TOO_LONG, UNAVAILABLE, URGENT, in_full
from tests.listening import ago, change, listening, running

UNANSWERED = "SELECT count(*) FROM messages WHERE NOT answered"


async def cut_short(patient: Patient, rasa: FakeRasa, *texts: str, **body: Any) -> None:
    """Send messages whose turns end while Rasa is asked."""
    rasa.may_answer.clear()
    for text in texts or (None,):
        once = {"id": str(uuid.uuid4()), **body}
        sending = asyncio.create_task(patient.send(text, **once))
        while all(asked["message_id"] != once["id"] for asked in rasa.received):
            rasa.heard.clear()
            await rasa.heard.wait()
        sending.cancel()
        await asyncio.wait([sending])
    rasa.received.clear()
    rasa.may_answer.set()


async def all_answered(stored: Any) -> None:
    """Wait until nothing is left unanswered."""
    async with asyncio.timeout(5):
        while await stored(UNANSWERED) != [(0,)]:
            await asyncio.sleep(0.005)


def texts(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["text"] for entry in entries]


async def test_a_gateway_that_starts_answers_what_was_left_in_order(
    settings: Settings, rasa: FakeRasa, stored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "OLDER_SECONDS", 0.05)
    async with serving(settings) as client:
        patients = [await arrive(client) for _ in range(2)]
        for patient in patients:
            await cut_short(patient, rasa, "first", "second")
    async with serving(settings) as client:
        await all_answered(stored)
        for patient in patients:
            patient.client = client
            history = await patient.history()
            assert texts(history) == ["first", "second", ANSWER, ANSWER]
    senders = {body["sender"] for body in rasa.received}
    for sender in senders:
        asked = [body["text"] for body in rasa.received if body["sender"] == sender]
        assert asked == ["first", "second"]
    assert len(senders) == 2


async def test_starting_waits_for_nobody(settings: Settings, rasa: FakeRasa) -> None:
    async with serving(settings) as client:
        await cut_short(await arrive(client), rasa, "hello")
    rasa.may_answer.clear()
    rasa.heard.clear()
    async with serving(settings) as client:
        assert (await client.post("/api/sessions")).status_code == 201
        await rasa.heard.wait()


async def test_rasa_is_asked_under_the_same_id_and_so_can_repeat_itself(
    patient: Patient, rasa: FakeRasa
) -> None:
    client_id = str(uuid.uuid4())
    await cut_short(patient, rasa, "hello", id=client_id)
    await patient.history()
    assert [body["message_id"] for body in rasa.received] == [client_id]


async def test_whoever_reads_the_history_finds_the_answer_in_it(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, "hello")
    assert texts(await patient.history()) == ["hello", ANSWER]
    assert texts(await patient.history()) == ["hello", ANSWER]
    assert rasa.texts == ["hello"]


async def test_a_turn_under_way_is_awaited_and_not_taken_twice(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.may_answer.clear()
    sending = asyncio.create_task(patient.say("hello"))
    await rasa.heard.wait()
    reading = asyncio.create_task(patient.history())
    await asyncio.sleep(0.01)
    assert not reading.done()
    rasa.may_answer.set()
    assert texts(await reading) == ["hello", ANSWER]
    assert texts(await sending) == [ANSWER]
    assert rasa.texts == ["hello"]


async def test_whoever_opens_the_stream_hears_the_answer(
    settings: Settings, rasa: FakeRasa
) -> None:
    async with serving(settings) as client:
        patient = await arrive(client)
        await cut_short(patient, rasa, "hello")
    change(Path(settings.database_url.removeprefix("sqlite:///")), LONG_AGO, ago(days=2))
    async with running(settings) as (_, client):
        patient.client = client
        change(Path(settings.database_url.removeprefix("sqlite:///")), LONG_AGO, ago(minutes=1))
        async with listening(patient, after=1) as listener:
            assert [(await listener.message()).text for _ in range(2)] == ["hello", ANSWER]


LONG_AGO = "UPDATE messages SET created_at = ? WHERE seq > 1"


async def test_what_was_asked_more_than_a_day_ago_is_left_alone(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path
) -> None:
    await cut_short(patient, rasa, "hello")
    change(sqlite_file, LONG_AGO, ago(days=1, minutes=1))
    assert texts(await patient.history()) == ["hello"]
    assert rasa.received == []


async def test_a_button_is_taken_up_as_the_button_it_was(patient: Patient, rasa: FakeRasa) -> None:
    await cut_short(patient, rasa, choice=patient.welcome[0]["buttons"][0]["id"])
    assert texts(await patient.history()) == ["Exercises", ANSWER]
    assert rasa.received[0]["choice"] == "topic:exercises/overview"


async def test_where_rasa_cannot_be_asked_the_patient_hears_that(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, "hello")
    rasa.status = 500
    assert texts(await patient.history()) == ["hello", UNAVAILABLE]


@contextmanager
def nothing_recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For as long as it lasts, the database takes no answers."""

    async def fail(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "answer", fail)
        yield


async def refused(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, text: str, **body: Any
) -> None:
    """Send a message whose answer cannot be recorded."""
    with nothing_recorded(monkeypatch):
        assert (await patient.send(text, **body)).status_code == 500


async def test_a_database_that_fails_leaves_it_for_the_next_time(
    patient: Patient, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cut_short(patient, rasa, "hello")
    with nothing_recorded(monkeypatch):
        assert texts(await patient.history()) == ["hello"]
    assert texts(await patient.history()) == ["hello", ANSWER]


@pytest.mark.parametrize(
    ("text", "told"),
    [(EMERGENCY, [in_full(EMERGENCY)]), ("a" * 5000, TOO_LONG)],
    ids=["an emergency", "a text that was too long"],
)
async def test_what_the_gateway_answers_by_itself_is_told_in_the_end(
    patient: Patient,
    rasa: FakeRasa,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    told: list[str],
) -> None:
    await refused(patient, monkeypatch, text)
    assert texts(await patient.history())[1:] == told
    assert rasa.texts == []


LONG = "a " * 2500 + EMERGENCY


async def test_a_red_flag_at_the_end_of_a_long_text_is_told_in_the_end(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, stored: Any
) -> None:
    await refused(patient, monkeypatch, LONG)
    assert texts(await patient.history())[1:] == [in_full(EMERGENCY)]
    [(payload,)] = await stored("SELECT payload FROM messages WHERE seq = 2")
    assert "drooping" not in payload


async def test_a_long_text_sent_again_is_the_same_message_before_and_after_its_answer(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_id = str(uuid.uuid4())
    await refused(patient, monkeypatch, LONG, id=client_id)
    for _ in range(2):
        assert texts(await patient.say(LONG, id=client_id)) == [in_full(EMERGENCY)]


# What was said of a red flag was recorded; the answer was not


async def test_a_red_flag_told_before_the_end_is_not_told_again(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, URGENT)
    assert texts(await patient.history()) == [URGENT, in_full(URGENT), ANSWER]


async def test_the_message_sent_again_gets_all_its_replies_in_order(
    patient: Patient, rasa: FakeRasa
) -> None:
    client_id = str(uuid.uuid4())
    await cut_short(patient, rasa, URGENT, id=client_id)
    for _ in range(2):
        assert texts(await patient.say(URGENT, id=client_id)) == [in_full(URGENT), ANSWER]
    assert rasa.texts == [URGENT]
    history = await patient.history()
    assert texts(history) == [URGENT, in_full(URGENT), ANSWER]
    assert [entry["seq"] for entry in history] == [2, 3, 4]


async def test_what_was_told_of_is_remembered_by_the_next_message(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, URGENT)
    rasa.says = turn(answer("Something else."))
    again, answered = texts(await patient.say(URGENT))
    assert again != in_full(URGENT)
    assert answered == "Something else."


async def test_rasa_is_told_which_flags_the_patient_knows_of(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, URGENT)
    await patient.history()
    assert list(rasa.received[0]["metadata"]["raised"].values()) == ["urgent"]


async def test_a_gateway_killed_between_the_red_flag_and_the_answer_says_each_once(
    settings: Settings, rasa: FakeRasa, stored: Any
) -> None:
    async with serving(settings) as client:
        patient = await arrive(client)
        await cut_short(patient, rasa, URGENT)
    async with serving(settings) as client:
        await all_answered(stored)
        patient.client = client
        assert texts(await patient.history()) == [URGENT, in_full(URGENT), ANSWER]


async def test_two_gateways_that_start_at_once_answer_once(
    settings: Settings, rasa: FakeRasa, stored: Any, client: httpx.AsyncClient
) -> None:
    patient = await arrive(client)
    await cut_short(patient, rasa, URGENT)
    async with serving(settings), serving(settings):
        await all_answered(stored)
        assert texts(await patient.history()) == [URGENT, in_full(URGENT), ANSWER]


# A later message comes before the older one is answered

BACK, WEIGHT = "my back hurts a lot", "and I have lost a lot of weight"


async def test_the_older_message_is_answered_before_the_next(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, "hello")
    await patient.say("another thing")
    assert rasa.texts == ["hello", "another thing"]
    assert texts(await patient.history()) == ["hello", ANSWER, "another thing", ANSWER]


async def test_half_of_a_red_flag_that_was_not_answered_counts_in_the_next_message(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, BACK)
    advice, _ = await patient.say(WEIGHT)
    assert advice["level"] == "urgent"


async def test_the_same_message_sent_again_is_answered_before_those_after_it(
    patient: Patient, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "OLDER_SECONDS", 0.05)
    client_id = str(uuid.uuid4())
    await cut_short(patient, rasa, "first", id=client_id)
    await cut_short(patient, rasa, "second")
    await patient.say("first", id=client_id)
    assert rasa.texts == ["first"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Older messages are not waited for."""
    monkeypatch.setattr(recovery, "OLDER_SECONDS", 0)


@pytest.mark.usefixtures("impatient")
async def test_an_older_message_answered_late_forgets_no_half_of_a_red_flag(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, "hello")
    await patient.say(BACK)
    await patient.history()
    assert rasa.texts == [BACK, "hello"]
    advice, _ = await patient.say(WEIGHT)
    assert advice["level"] == "urgent"


@pytest.mark.usefixtures("impatient")
async def test_an_older_message_answered_late_forgets_no_emergency(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, "hello")
    await patient.say(EMERGENCY)
    await patient.history()
    assert [body["metadata"]["escalated"] for body in rasa.received] == [True]
    assert texts(await patient.say(EMERGENCY)) != [in_full(EMERGENCY)]


@pytest.mark.usefixtures("impatient")
async def test_a_red_flag_told_before_a_later_message_is_neither_forgotten_nor_told_twice(
    patient: Patient, rasa: FakeRasa
) -> None:
    await cut_short(patient, rasa, URGENT)
    await patient.say(BACK)
    assert texts(await patient.history()) == [URGENT, in_full(URGENT), BACK, ANSWER, ANSWER]
    assert in_full(URGENT) not in texts(await patient.say(URGENT))
    advice, _ = await patient.say(WEIGHT)
    assert advice["level"] == "urgent"


async def test_a_database_that_cannot_say_what_is_unanswered_holds_up_nothing(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise OSError("the disk is away")

    monkeypatch.setattr(Store, "unanswered", fail)
    assert texts(await patient.say("hello")) == [ANSWER]
