"""What an exercise's message carries reaches the patient; what is malformed loses no answer."""

import logging
from typing import Any

import httpx
import pytest

from gateway.extras import MAX_SVG
from tests.conftest import FakeRasa, Patient, answer, turn

CARRIED: dict[str, Any] = {
    "exercise": "toe_raise",
    "step": 2,
    "of": 5,
    "repetitions": {"least": 8, "most": 10},
    "seconds": {"least": 5, "most": 5},
    "image": {"url": "/pictures/toe_raise/2.svg", "alt": "A foot with its toes up."},
    "chart": {"svg": '<svg viewBox="0 0 1 1"></svg>', "alt": "Four weeks, rising."},
    "remember": True,
}
PLAIN = {"id", "seq", "at", "text", "kind", "level", "topic", "buttons", "sources"}


async def test_what_a_message_carries_reaches_the_patient(patient: Patient, rasa: FakeRasa) -> None:
    rasa.says = turn(answer("Lift your toes.", kind="exercise", **CARRIED))
    [message] = await patient.say("toe raise")
    assert {name: message.get(name) for name in CARRIED} == CARRIED
    assert set(message) == PLAIN | set(CARRIED)


async def test_it_stands_in_the_history_too(patient: Patient, rasa: FakeRasa) -> None:
    rasa.says = turn(answer("Lift your toes.", kind="exercise", **CARRIED))
    [message] = await patient.say("toe raise")
    assert (await patient.history())[1] == {"from": "dorsi", **message}


async def test_a_message_that_carries_nothing_has_no_field_for_it(patient: Patient) -> None:
    [message] = await patient.say("hello")
    assert set(message) == PLAIN
    assert set((await patient.history())[1]) == PLAIN | {"from"}


async def test_a_no_to_being_remembered_is_not_left_out(patient: Patient, rasa: FakeRasa) -> None:
    rasa.says = turn(answer(remember=False))
    [message] = await patient.say("forget me")
    assert message["remember"] is False


async def test_numbers_to_call_are_the_gateways_alone(patient: Patient, rasa: FakeRasa) -> None:
    calls = [{"title": "Call me", "number": "123"}]
    rasa.says = turn(answer(calls=calls))
    [message] = await patient.say("hello")
    assert set(message) == PLAIN


HOSTILE: list[dict[str, Any]] = [
    {"exercise": "../secrets"},
    {"exercise": "<b>"},
    {"exercise": 5},
    {"repetitions": 5},
    {"repetitions": {"least": 0, "most": 3}},
    {"repetitions": {"least": 5, "most": 3}},
    {"repetitions": {"least": "5", "most": 10}},
    {"repetitions": {"least": 1}},
    {"seconds": {"least": 1, "most": 10**9}},
    {"seconds": {"least": True, "most": True}},
    {"seconds": [5, 10]},
    {"image": "/pictures/toe_raise/2.svg"},
    {"image": {"url": "/pictures/toe_raise/2.svg"}},
    {"image": {"url": "https://evil.example/pictures/a/1.svg", "alt": ""}},
    {"image": {"url": "//evil.example/1.svg", "alt": ""}},
    {"image": {"url": "/pictures/../1.svg", "alt": ""}},
    {"image": {"url": "/pictures/a/1.svg?x", "alt": ""}},
    {"image": {"url": "/pictures/a/1.svg\n", "alt": ""}},
    {"image": {"url": "/pictures/a/\u0661.svg", "alt": ""}},
    {"image": {"url": "javascript:alert(1)", "alt": ""}},
    {"chart": "<svg></svg>"},
    {"chart": {"svg": "<html><svg></svg></html>", "alt": ""}},
    {"chart": {"svg": "<svg " + "a" * MAX_SVG, "alt": ""}},
    {"chart": {"svg": "<svg></svg>"}},
    {"remember": "yes"},
    {"remember": 1},
    {"document": "a"},
    {"document": {"nothing": "of the kind"}},
    {"step": 3, "of": 2},
    {"step": 1},
    {"of": 4},
    {"step": 0, "of": 4},
    {"step": True, "of": True},
    {"step": "1", "of": "2"},
]


@pytest.mark.parametrize("carried", HOSTILE, ids=str)
async def test_what_is_malformed_is_dropped_and_the_answer_is_not(
    patient: Patient, rasa: FakeRasa, carried: dict[str, Any]
) -> None:
    rasa.says = turn(answer("Lift your toes.", **carried))
    [message] = await patient.say("toe raise")
    assert message["text"] == "Lift your toes."
    assert set(message) == PLAIN


async def test_what_is_right_is_kept_beside_what_is_not(patient: Patient, rasa: FakeRasa) -> None:
    rasa.says = turn(answer(**{**CARRIED, "image": {"url": "http://a.org/1.svg", "alt": "x"}}))
    [message] = await patient.say("toe raise")
    assert set(message) == PLAIN | set(CARRIED) - {"image"}


async def test_the_log_names_what_was_dropped_and_not_what_it_held(
    patient: Patient, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    rasa.says = turn(answer(seconds={"least": "my secret", "most": 5}))
    with caplog.at_level(logging.WARNING):
        await patient.say("toe raise")
    [record] = [record for record in caplog.records if record.message == "an extra was dropped"]
    assert vars(record)["extra"] == "seconds"
    assert "secret" not in str(vars(record))


async def test_odd_letters_in_it_can_be_stored(patient: Patient, rasa: FakeRasa) -> None:
    image = {"url": "/pictures/toe_raise/2.svg", "alt": "a\0b"}
    rasa.says = turn(answer(image=image))
    [message] = await patient.say("toe raise")
    assert message["image"]["alt"] == "a\N{REPLACEMENT CHARACTER}b"


async def test_the_description_tells_of_every_field(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["components"]["schemas"]["ReplyOut"]
    fields = described["properties"]
    assert all(fields[name]["description"] for name in [*CARRIED, "downloads"])
    assert set(described["required"]) == PLAIN - {"seq", "at"}  # what is not kept has neither
