import re
from datetime import UTC, datetime

import httpx

from gateway.settings import REPOSITORY
from gateway.texts import Texts
from gateway.transcript import as_text
from records.models import DORSI, PATIENT, Message
from tests.conftest import FakeRasa, Patient, answer, turn

WORDS = Texts(REPOSITORY / "data").words.transcript
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOURCE = {"title": "Foot drop", "publisher": "NHS", "url": "https://a.org/"}


def message(direction: str, text: str, **payload: object) -> Message:
    return Message(direction=direction, text=text, payload=payload, created_at=NOON)


def test_the_copy_says_who_said_what_when_and_where_it_is_from() -> None:
    said = [
        message(PATIENT, "Why do my toes drag?"),
        message(DORSI, "It may be foot drop.\nSee a doctor.", sources=[SOURCE]),
    ]
    assert as_text(said, WORDS, "In danger, call 999.", NOON) == (
        "My talk with Dorsi\n"
        "Saved on 2026-11-22 12:00 (UTC)\n"
        "In danger, call 999.\n"
        "\n"
        "[2026-11-22 12:00] You:\n"
        "Why do my toes drag?\n"
        "\n"
        "[2026-11-22 12:00] Dorsi:\n"
        "It may be foot drop.\n"
        "See a doctor.\n"
        "Sources:\n"
        "- Foot drop (NHS): https://a.org/\n"
    )


def test_a_source_without_a_publisher_is_named_by_its_title() -> None:
    source = {"title": "Foot drop", "url": "https://a.org/"}
    text = as_text([message(DORSI, "Yes.", sources=[source])], WORDS, "", NOON)
    assert "- Foot drop: https://a.org/\n" in text


async def test_the_whole_conversation_is_in_the_copy(patient: Patient, rasa: FakeRasa) -> None:
    rasa.says = turn(answer("It can be. 🦶", sources=[SOURCE]))
    await patient.say("Is it — foot drop?")
    response = await patient.get("/api/transcript")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    disposition = response.headers["content-disposition"]
    assert disposition == 'attachment; filename="dorsi-conversation.txt"'
    text = response.text
    places = [text.index(part) for part in ("I am Dorsi", "Is it — foot drop?", "It can be. 🦶")]
    assert places == sorted(places)
    assert "In danger, call 999 now." in text
    assert len(re.findall(r"^\[\d{4}-\d\d-\d\d \d\d:\d\d\] (?:You|Dorsi):$", text, re.M)) == 3


async def test_the_copy_is_for_who_has_the_token(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/transcript")).status_code == 401
