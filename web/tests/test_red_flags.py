"""Red flags through the chat API: told at once, whatever state Rasa is in."""

import asyncio
import uuid
from pathlib import Path
from typing import Any

import pytest
import triage
import yaml
from triage import Context, Flag, Level, Screening

from gateway.normalise import MAX_TEXT
from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn
from tests.hearing import (
    ADVICE,
    ANSWER,
    EMERGENCY,
    GB,
    HARMLESS,
    REGIONS,
    SOON,
    SUICIDE,
    TOO_LONG,
    UNAVAILABLE,
    URGENT,
    again,
    hear,
    in_full,
    told,
)


async def test_an_emergency_is_answered_without_rasa(patient: Patient, rasa: FakeRasa) -> None:
    [message] = await patient.say(EMERGENCY)
    assert message["text"] == in_full(EMERGENCY)
    assert (message["kind"], message["level"]) == ("escalation", "emergency")
    assert rasa.received == []
    assert [entry["text"] for entry in await patient.history()] == [EMERGENCY, in_full(EMERGENCY)]


async def test_an_urgent_flag_in_a_question_comes_first_and_the_answer_second(
    patient: Patient, rasa: FakeRasa
) -> None:
    question = "How do I wash my brace? My calf is swollen and hot."
    advice, answered = await patient.say(question)
    assert (advice["kind"], advice["level"]) == ("escalation", "urgent")
    assert advice["text"] == in_full(URGENT)
    assert (answered["kind"], answered["text"]) == ("answer", ANSWER)
    assert rasa.texts == [question]
    assert told(rasa) == [False]


async def test_what_should_be_seen_soon_comes_after_the_answer_and_once(patient: Patient) -> None:
    assert await hear(patient, SOON) == [ANSWER, in_full(SOON)]
    assert await hear(patient, SOON) == [ANSWER]


# Rasa is down


@pytest.fixture(params=["an error", "refused", "silent", "nonsense"])
async def down(request: pytest.FixtureRequest, settings: Settings, rasa: FakeRasa) -> Settings:
    """Settings with which Rasa does not answer."""
    match request.param:
        case "an error":
            rasa.status = 500
        case "refused":
            return settings.model_copy(update={"rasa_url": "http://127.0.0.1:1"})
        case "silent":
            rasa.may_answer.clear()
            return settings.model_copy(update={"rasa_timeout": 0.1})
        case "nonsense":
            rasa.says = b"<html>"
    return settings


async def test_while_rasa_is_down_nothing_of_the_advice_is_lost(down: Settings) -> None:
    async with serving(down) as client:
        patient = await arrive(client)
        assert await hear(patient, URGENT) == [in_full(URGENT), UNAVAILABLE]
        assert await hear(patient, SOON) == [UNAVAILABLE, in_full(SOON)]
        assert await hear(patient, EMERGENCY) == [in_full(EMERGENCY)]
        assert await hear(patient, HARMLESS) == [ADVICE.after(GB), UNAVAILABLE]
        assert await hear(patient, EMERGENCY) == [again(Level.EMERGENCY), UNAVAILABLE]


async def test_an_emergency_does_not_wait_for_rasa(patient: Patient, rasa: FakeRasa) -> None:
    rasa.may_answer.clear()
    async with asyncio.timeout(0.4):
        assert await hear(patient, EMERGENCY) == [in_full(EMERGENCY)]


# Odd messages


async def test_an_emergency_at_the_end_of_a_very_long_text_is_noticed(
    patient: Patient, rasa: FakeRasa
) -> None:
    text = "My shoe rubs. " * 400 + EMERGENCY
    assert len(text) > MAX_TEXT
    assert await hear(patient, text) == [in_full(EMERGENCY)]
    assert EMERGENCY not in (await patient.history())[0]["text"]
    assert rasa.received == []


async def test_an_urgent_flag_at_the_end_of_a_very_long_text_stands_beside_the_notice(
    patient: Patient,
) -> None:
    assert await hear(patient, "birds " * 900 + URGENT) == [in_full(URGENT), *TOO_LONG]


@pytest.mark.parametrize(
    "start",
    ["/", "///", "/ ", "/restart ", '/affirm{"x":1} ', '/affirm{"x":1}', '/deny{"text": "no"} ',
     "topic:exercises/overview ", "act:menu ", "\0", "\u202e", " \n\t"],
)  # fmt: skip
async def test_what_looks_like_a_command_hides_no_emergency(
    patient: Patient, rasa: FakeRasa, start: str
) -> None:
    assert await hear(patient, start + EMERGENCY) == [in_full(EMERGENCY)]
    assert rasa.received == []


@pytest.mark.parametrize("choice", ["triage:no", "triage:yes", "act:menu", EMERGENCY])
async def test_a_made_up_button_changes_nothing(patient: Patient, choice: str) -> None:
    await patient.say(EMERGENCY)
    assert (await patient.send(choice=choice)).status_code == 422
    assert await hear(patient, HARMLESS) == [ADVICE.after(GB), ANSWER]


# The same message again


@pytest.mark.parametrize("text", [EMERGENCY, URGENT, SOON])
async def test_a_message_sent_again_gets_the_same_replies_and_happens_once(
    patient: Patient, rasa: FakeRasa, text: str
) -> None:
    client_id = str(uuid.uuid4())
    first = await patient.say(text, id=client_id)
    calls = len(rasa.received)
    for _ in range(3):
        assert await patient.say(text, id=client_id) == first
    assert len(rasa.received) == calls
    assert len(await patient.history()) == 1 + len(first)


async def test_a_message_sent_again_does_not_use_up_the_reminder(patient: Patient) -> None:
    client_id = str(uuid.uuid4())
    for _ in range(2):
        await patient.say(EMERGENCY, id=client_id)
    assert await hear(patient, HARMLESS) == [ADVICE.after(GB), ANSWER]


async def test_an_emergency_sent_twice_at_once_is_told_once(patient: Patient) -> None:
    client_id = str(uuid.uuid4())
    one, two = await asyncio.gather(*(patient.say(EMERGENCY, id=client_id) for _ in range(2)))
    assert one == two
    assert len(await patient.history()) == 2


async def test_advice_that_was_cut_short_is_given_in_full_when_sent_again(
    patient: Patient, rasa: FakeRasa
) -> None:
    client_id = str(uuid.uuid4())
    rasa.may_answer.clear()
    sending = asyncio.create_task(patient.send(URGENT, id=client_id))
    async with asyncio.timeout(5):
        await rasa.heard.wait()
    sending.cancel()
    await asyncio.wait([sending])
    rasa.may_answer.set()
    assert await hear(patient, URGENT, id=client_id) == [in_full(URGENT), ANSWER]


# Numbers


@pytest.mark.parametrize("region", REGIONS)
async def test_the_numbers_are_those_of_the_region(
    settings: Settings, content: Path, region: str
) -> None:
    (content / "regions.yml").write_text(yaml.safe_dump(REGIONS), encoding="utf-8")
    entry = REGIONS[region]
    async with serving(settings) as client:
        patient = await arrive(client, region)
        [urgent, _] = await hear(patient, URGENT)
        [emergency] = await hear(patient, EMERGENCY)
        [suicide] = await hear(patient, SUICIDE)
        [stay] = await hear(patient, HARMLESS)
    assert entry["same_day"] in urgent.split("\n")[0]
    for text in (emergency, suicide):
        assert entry["emergency"] in text.split(".")[0]
    for line in entry["crisis_lines"]:
        assert f"{line['name']} at {line['number']}" in suicide
        assert f"{line['name']} at {line['number']}" in stay
    assert "{" not in urgent + emergency + suicide + stay


# Thoughts of suicide


async def test_dorsi_stays_until_a_button_is_taken(patient: Patient, rasa: FakeRasa) -> None:
    await patient.say(SUICIDE)
    [stay] = await patient.say("nobody would miss me")
    assert stay["text"] == ADVICE.stay(GB)
    assert rasa.received == []
    [button] = stay["buttons"]
    assert await hear(patient, choice=button["id"]) == [ANSWER]
    assert rasa.received[0]["choice"] == "act:what_can_you_do"
    assert told(rasa) == [True]
    assert await hear(patient, HARMLESS) == [ANSWER]


# Unsure


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make Dorsi unsure of a flag in every message in which it notices nothing."""

    def of(flag: str, level: Level) -> None:
        real = triage.screen

        def screen(text: str, context: Context | None = None) -> Screening:
            found = real(text, context)
            maybe = Screening(signs=found.signs, unsure=Flag(flag, level, text, "by meaning"))
            return found if found.flags else maybe

        monkeypatch.setattr(triage, "screen", screen)

    return of


async def ask(patient: Patient, text: str) -> dict[str, str]:
    """Say something that Dorsi is unsure of; the ids of the buttons by their titles."""
    [question] = await patient.say(text)
    assert question["kind"] == "question"
    return {button["title"]: button["id"] for button in question["buttons"]}


async def test_yes_to_the_question_is_an_emergency_told_without_rasa(
    patient: Patient, rasa: FakeRasa, unsure: Any
) -> None:
    unsure("stroke", Level.EMERGENCY)
    buttons = await ask(patient, "my smile is odd")
    assert await hear(patient, choice=buttons[ADVICE.answers[0]]) == [in_full(EMERGENCY)]
    assert rasa.received == []


async def test_yes_to_something_urgent_has_the_first_message_answered_too(
    patient: Patient, rasa: FakeRasa, unsure: Any
) -> None:
    unsure("dvt", Level.URGENT)
    buttons = await ask(patient, "is my calf odd?")
    said = await hear(patient, choice=buttons[ADVICE.answers[0]])
    assert said == [in_full(URGENT), ANSWER]
    assert rasa.texts == ["is my calf odd?"]


async def test_a_late_yes_to_an_emergency_is_told_and_a_late_no_answers_nothing_else(
    patient: Patient, rasa: FakeRasa, unsure: Any
) -> None:
    yes, no = ADVICE.answers
    unsure("stroke", Level.EMERGENCY)
    late = await ask(patient, "my smile is odd")
    assert await hear(patient, choice=late[no]) == [ANSWER]
    unsure("dvt", Level.URGENT)
    newer = await ask(patient, "is my calf odd?")
    calls = len(rasa.received)
    [question] = await patient.say(choice=late[no])
    assert question["kind"] == "question"
    assert await hear(patient, choice=late[yes]) == [in_full(EMERGENCY)]
    assert len(rasa.received) == calls
    assert in_full(URGENT) in await hear(patient, choice=newer[yes])


async def test_rasa_is_never_sent_a_button_it_does_not_know(
    patient: Patient, rasa: FakeRasa, unsure: Any
) -> None:
    unsure("dvt", Level.URGENT)
    buttons = await ask(patient, "is my calf odd?")
    await patient.say(choice=patient.welcome[0]["buttons"][0]["id"])
    for title in ADVICE.answers:
        await patient.say(choice=buttons[title])
    assert [body.get("choice") for body in rasa.received] == ["topic:exercises/overview"]


@pytest.mark.parametrize("typed", [True, False])
async def test_no_to_the_question_has_the_first_message_answered(
    patient: Patient, rasa: FakeRasa, unsure: Any, typed: bool
) -> None:
    unsure("stroke", Level.EMERGENCY)
    no = (await ask(patient, "my smile is odd"))[ADVICE.answers[1]]
    body = {"text": "No, I'm fine"} if typed else {"choice": no}
    assert await hear(patient, **body) == [ANSWER]
    assert rasa.texts == ["my smile is odd"]
    assert "choice" not in rasa.received[0]
    assert await hear(patient, "my smile is still odd") == [ANSWER]


async def test_the_question_waits_through_a_new_start(settings: Settings, unsure: Any) -> None:
    unsure("stroke", Level.EMERGENCY)
    async with serving(settings) as client:
        patient = await arrive(client)
        await ask(patient, "my smile is odd")
    async with serving(settings) as client:
        patient.client = client
        assert await hear(patient, "yes") == [in_full(EMERGENCY)]


async def test_an_emergency_is_told_while_the_question_waits(patient: Patient, unsure: Any) -> None:
    unsure("stroke", Level.EMERGENCY)
    await ask(patient, "my smile is odd")
    assert await hear(patient, "no, but I have chest pain") == [in_full("I have chest pain")]


async def test_what_was_understood_by_rasa_takes_nothing_from_what_is_remembered(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.says = turn(answer(), understanding={"triage": {"raised": {}}, "intent": "x"})
    await patient.say(URGENT)
    assert await hear(patient, URGENT) == [again(Level.URGENT), ANSWER]
