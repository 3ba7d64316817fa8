import asyncio
import json
import uuid
from datetime import datetime
from typing import Any

import httpx
import pytest

from gateway.normalise import MAX_TEXT
from gateway.notes import NOTE
from gateway.watch import Watch
from tests.conftest import FakeRasa, Patient, answer, arrive, turn

SOURCE = {"title": "Foot drop", "publisher": "NHS", "url": "https://a.org/", "reviewed": "2026-11"}
BUTTON = {"title": "Braces", "payload": "topic:brace/overview", "topic": "brace/overview"}


async def test_a_text_gets_rasas_answer(patient: Patient, rasa: FakeRasa) -> None:
    rasa.says = turn(answer("A nerve.", level="soon", buttons=[BUTTON], sources=[SOURCE]))
    [message] = await patient.say("Why does my foot drop?")
    assert uuid.UUID(message.pop("id"))
    assert message.pop("seq") == 3
    assert datetime.fromisoformat(message.pop("at")).tzinfo
    assert message["buttons"][0].pop("id")
    assert message == {
        "text": "A nerve.",
        "kind": "answer",
        "level": "soon",
        "topic": "causes/stroke",
        "buttons": [{"title": "Braces", "topic": "brace/overview"}],
        "sources": [SOURCE],
    }


async def test_each_entry_of_the_history_has_its_number_and_its_moment(patient: Patient) -> None:
    await patient.say("hello")
    entries = await patient.history()
    assert [entry["seq"] for entry in entries] == [2, 3]
    asked, answered = (datetime.fromisoformat(entry["at"]) for entry in entries)
    assert asked <= answered


async def test_rasa_is_sent_what_the_contract_says(patient: Patient, rasa: FakeRasa) -> None:
    client_id = str(uuid.uuid4())
    await patient.say("hello", id=client_id)
    [sent] = rasa.received
    assert len(sent.pop("sender")) == 32
    assert sent == {
        "message_id": client_id,
        "text": "hello",
        "metadata": {
            "region": "GB",
            "screened": True,
            "escalated": False,
            "raised": {},
            "diary": patient.diary_hash,
        },
    }


async def test_what_was_understood_is_stored_and_not_shown(
    patient: Patient, rasa: FakeRasa, stored: Any
) -> None:
    rasa.says = turn(answer("One."), answer("Two."), understanding={"label": "greet"})
    response = await patient.send("hello")
    assert "understanding" not in response.text
    assert NOTE not in response.text
    notes = [note for (note,) in await stored("SELECT understanding FROM messages ORDER BY seq")]
    welcome, message, first, second = (json.loads(note or "null") for note in notes)
    assert (first["label"], first[NOTE]) == ("greet", Watch().model_dump(mode="json"))
    assert welcome is message is second is None


async def test_a_text_with_a_slash_is_a_text_like_any_other(
    patient: Patient, rasa: FakeRasa
) -> None:
    await patient.say('/restart{"a": 1}')
    assert rasa.texts == ['/restart{"a": 1}']
    assert "choice" not in rasa.received[0]


async def test_an_empty_text_is_answered_too(patient: Patient, rasa: FakeRasa) -> None:
    assert await patient.say("")
    assert rasa.texts == [""]


async def test_a_choice_is_sent_as_its_payload_and_kept_as_its_title(
    patient: Patient, rasa: FakeRasa
) -> None:
    button = patient.welcome[0]["buttons"][0]
    await patient.say(choice=button["id"])
    assert rasa.received[0]["choice"] == "topic:exercises/overview"
    assert "text" not in rasa.received[0]
    first = (await patient.history())[0]
    assert (first["text"], first["choice"]) == ("Exercises", button["id"])


async def test_a_choice_can_be_taken_again_later(patient: Patient, rasa: FakeRasa) -> None:
    button = patient.welcome[0]["buttons"][0]
    await patient.say(choice=button["id"])
    await patient.say("something else")
    await patient.say(choice=button["id"])
    assert len(rasa.received) == 3


@pytest.mark.parametrize("choice", ["nothing", "", "topic:exercises/overview"])
async def test_a_choice_that_was_not_offered_is_refused(
    patient: Patient, rasa: FakeRasa, choice: str
) -> None:
    response = await patient.send(choice=choice)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "unknown_choice"
    assert rasa.received == []
    assert await patient.history() == []


async def test_a_choice_offered_to_someone_else_is_refused(
    client: httpx.AsyncClient, patient: Patient
) -> None:
    other = await arrive(client)
    response = await patient.send(choice=other.welcome[0]["buttons"][0]["id"])
    assert response.json()["error"]["code"] == "unknown_choice"


async def test_the_same_message_sent_again_happens_once(patient: Patient, rasa: FakeRasa) -> None:
    client_id = str(uuid.uuid4())
    first = await patient.say("hello", id=client_id)
    rasa.says = turn(answer("Something else."))
    assert await patient.say("hello", id=client_id) == first
    assert len(rasa.received) == 1
    assert len(await patient.history()) == 2


async def test_the_same_message_sent_twice_at_once_happens_once(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.seconds = 0.1
    client_id = str(uuid.uuid4())
    one, two = await asyncio.gather(*(patient.say("hello", id=client_id) for _ in range(2)))
    assert one == two
    assert len(rasa.received) == 1


async def test_an_id_is_known_in_its_session_only(
    client: httpx.AsyncClient, patient: Patient, rasa: FakeRasa
) -> None:
    client_id = str(uuid.uuid4())
    other = await arrive(client)
    await patient.say("hello", id=client_id)
    await other.say("hello", id=client_id)
    assert len(rasa.received) == 2


async def test_an_id_used_for_another_message_is_refused_rather_than_losing_it(
    patient: Patient,
) -> None:
    client_id = str(uuid.uuid4())
    await patient.say("hello", id=client_id)
    response = await patient.send("goodbye", id=client_id)
    assert response.status_code == 409
    assert response.json()["error"]["code"] == "id_reused"
    assert "messages" not in response.json()


async def test_a_refused_message_is_still_screened_with_the_numbers_of_its_region(
    client: httpx.AsyncClient,
) -> None:
    patient = await arrive(client, region="GB")
    client_id = str(uuid.uuid4())
    await patient.say("hello", id=client_id)
    response = await patient.send("my face droops and I cannot speak", id=client_id)
    assert response.status_code == 409
    [advice] = response.json()["messages"]
    assert advice["level"] == "emergency"
    assert "999" in advice["text"]


async def test_messages_sent_at_once_are_taken_one_after_the_other(
    patient: Patient, rasa: FakeRasa
) -> None:
    async def echo(body: dict[str, Any]) -> Any:
        await asyncio.sleep(0.03 if body["text"] == "0" else 0)
        return turn(answer(body["text"]))

    rasa.says = echo
    await asyncio.gather(*(patient.say(str(number)) for number in range(5)))
    said = [(entry["from"], entry["text"]) for entry in await patient.history()]
    # Which of them arrives first is nobody's promise; that each has its own answer next is.
    taken = [text for who, text in said if who == "patient"]
    assert said == [(who, text) for text in taken for who in ("patient", "dorsi")]
    assert sorted(taken) == [str(number) for number in range(5)]


async def test_sessions_do_not_wait_for_each_other(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.seconds = 0.2
    patients = [await arrive(client) for _ in range(10)]
    async with asyncio.timeout(1.5):
        await asyncio.gather(*(one.say("hello") for one in patients))


async def test_a_text_that_is_too_long_is_kept_in_part_and_kindly_declined(
    patient: Patient, rasa: FakeRasa
) -> None:
    one, two = await patient.say("a" * (MAX_TEXT + 1))
    assert (one["text"], two["text"]) == ("That is too long.", "In danger call 999.")
    assert one["kind"] == "notice"
    assert rasa.received == []
    assert (await patient.history())[0]["text"] == "a" * MAX_TEXT


async def test_a_text_of_just_the_longest_length_is_answered(
    patient: Patient, rasa: FakeRasa
) -> None:
    await patient.say("a" * MAX_TEXT)
    assert len(rasa.received) == 1


async def test_a_text_is_cleaned_before_it_is_stored_and_sent(
    patient: Patient, rasa: FakeRasa
) -> None:
    body = rb'{"id": "%s", "text": "a\u0000\ud800\u202eb\n\u0065\u0301"}'
    response = await patient.client.post(
        "/api/messages",
        content=body % str(uuid.uuid4()).encode(),
        headers={**patient.headers, "Content-Type": "application/json"},
    )
    assert response.status_code == 200
    assert rasa.texts == ["a\N{REPLACEMENT CHARACTER}b é"]


UNAVAILABLE = "Please try again in a minute. In danger call 999."


@pytest.mark.parametrize(
    "says",
    [
        turn(),
        [],
        {},
        None,
        b"",
        b"<html>",
        b"\xff",
        b'{"messages": [{"text": "\\ud800"}]}',
        {"messages": None},
        turn(answer("")),
        turn(answer(" \n")),
        turn({"kind": "answer"}),
        turn(answer(kind="poem")),
        turn(answer(level="red")),
        turn(answer(topic="nonsense")),
        turn(answer(buttons=[{"title": "no payload"}])),
        turn(answer("good"), "bad"),  # type: ignore[arg-type]
    ],
)
async def test_where_rasa_answers_nothing_usable_the_patient_hears_of_it(
    patient: Patient, rasa: FakeRasa, says: Any
) -> None:
    rasa.says = says
    [message] = await patient.say("hello")
    assert (message["text"], message["kind"], message["level"]) == (UNAVAILABLE, "notice", "none")


@pytest.mark.parametrize("status", [204, 302, 400, 404, 500, 503])
async def test_where_rasa_answers_with_an_error_the_patient_hears_of_it(
    patient: Patient, rasa: FakeRasa, status: int
) -> None:
    rasa.status = status
    rasa.says = b"" if status == 204 else turn(answer())
    assert (await patient.say("hello"))[0]["text"] == UNAVAILABLE


async def test_where_rasa_is_silent_the_patient_hears_of_it_in_time(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.may_answer.clear()
    async with asyncio.timeout(1):
        assert (await patient.say("hello"))[0]["text"] == UNAVAILABLE


async def test_what_rasa_leaves_out_gets_the_plainest_value(
    patient: Patient, rasa: FakeRasa
) -> None:
    nothing = dict.fromkeys(("kind", "level", "topic", "buttons", "sources"))
    rasa.says = turn({"text": "Yes.", **nothing})
    [message] = await patient.say("hello")
    for name in ("id", "seq", "at"):
        del message[name]
    assert message == answer("Yes.", topic=None)


async def test_an_address_that_is_not_of_the_web_never_becomes_a_link(
    patient: Patient, rasa: FakeRasa
) -> None:
    bad = {**SOURCE, "url": "javascript:alert(1)"}
    rasa.says = turn(answer(sources=[bad, {**SOURCE, "url": ""}, SOURCE]))
    assert (await patient.say("hello"))[0]["sources"] == [SOURCE]


async def test_a_nul_in_rasas_answer_is_stored_without_harm(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.says = turn(answer("a\0b"), understanding={"k\0": ["v\0"]})
    assert (await patient.say("hello"))[0]["text"] == "a\N{REPLACEMENT CHARACTER}b"


async def test_rasa_is_told_whose_answers_were_never_heard(
    patient: Patient, rasa: FakeRasa
) -> None:
    first, second, third, fourth = (str(uuid.uuid4()) for _ in range(4))
    rasa.status = 500
    await patient.say("check me", id=first)
    await patient.say("no", id=second)
    rasa.status = 200
    await patient.say("no", id=third)
    await patient.say("no", id=fourth)
    told = [body["metadata"].get("unheard") for body in rasa.received]
    assert told == [None, [first], [first, second], None]
