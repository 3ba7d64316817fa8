from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
import triage
from sqlalchemy.exc import OperationalError

from gateway.extras import Call
from gateway.regions import dialable
from gateway.replies import Level, Reply
from gateway.settings import REPOSITORY, Settings
from gateway.store import Store
from gateway.texts import Texts
from tests.conftest import FakeRasa, Patient, answer, serving, turn

TEXTS = Texts(REPOSITORY / "data")
# Written from what is publicly known, apart from data/regions.yml: in danger, advice, crisis.
NUMBERS = {
    "GB": (["999"], ["111"], ["116123"]),
    "IE": (["112", "999"], [], ["116123"]),
    "US": (["911"], [], ["988"]),
    "CA": (["911"], ["811"], ["988"]),
    "AU": (["000"], ["1800633422"], ["131114"]),
    "NZ": (["111"], ["0800611116"], ["1737"]),
    "EU": (["112"], [], []),
    "unknown": (["112", "999", "911"], [], []),
}
IN_CRISIS = "I have decided to end my life tonight"


def numbers(calls: Sequence[Call] | None) -> list[str]:
    return [call.number for call in calls or ()]


def escalation(level: Level, text: str = "Please get help.") -> Reply:
    return Reply(text=text, kind="escalation", level=level)


@pytest.mark.parametrize("region", NUMBERS)
def test_the_help_of_a_region_has_all_its_numbers_the_emergency_first(region: str) -> None:
    in_danger, advice, crisis = NUMBERS[region]
    assert numbers(TEXTS.calls(region)) == [*in_danger, *advice, *crisis]


@pytest.mark.parametrize("region", NUMBERS)
def test_an_emergency_can_be_called_in_for_in_every_region(region: str) -> None:
    [reply] = TEXTS.with_calls([escalation("emergency")], region)
    assert numbers(reply.calls) == NUMBERS[region][0]


@pytest.mark.parametrize("region", NUMBERS)
def test_an_urgent_matter_leads_to_the_advice_line_where_there_is_one(region: str) -> None:
    [reply] = TEXTS.with_calls([escalation("urgent")], region)
    assert numbers(reply.calls) == NUMBERS[region][1]
    assert reply.calls != []


@pytest.mark.parametrize("region", NUMBERS)
def test_a_text_that_names_a_crisis_line_leads_to_it(region: str) -> None:
    words = triage.advice().stay(TEXTS.numbers(region))
    [reply] = TEXTS.with_calls([escalation("emergency", words)], region)
    in_danger, _, crisis = NUMBERS[region]
    assert numbers(reply.calls) == in_danger + crisis


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="Call 999.", kind="answer", level="emergency"),
        Reply(text="Call 999.", kind="notice", level="soon"),
        escalation("soon"),
    ],
)
def test_what_sends_nobody_for_help_has_no_numbers(reply: Reply) -> None:
    forged = reply.model_copy(update={"calls": [Call(title="Call me", number="123")]})
    [shown] = TEXTS.with_calls([forged], "GB")
    assert shown.calls is None


def test_the_titles_name_what_is_called() -> None:
    assert [call.title for call in TEXTS.calls("GB")] == [
        "Call 999",
        "Call NHS 111",
        "Call Samaritans: 116 123",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("112, 999 or 911", ["112", "999", "911"]),
        ("1800MEDICARE (1800 633 422)", ["1800633422"]),
        ("+44 20 7946 0000", ["+442079460000"]),
        ("9-8-8", ["988"]),
        ("call your GP", []),
    ],
)
def test_numbers_are_dialled_however_they_are_written(text: str, found: list[str]) -> None:
    assert dialable(text) == found


async def test_the_gateways_own_escalation_comes_with_the_numbers(patient: Patient) -> None:
    [said] = await patient.say(IN_CRISIS)
    assert said["kind"] == "escalation"
    assert [call["number"] for call in said["calls"]] == ["999", "116123"]
    assert (await patient.history())[-1]["calls"] == said["calls"]


async def test_rasas_escalation_comes_with_the_numbers(patient: Patient, rasa: FakeRasa) -> None:
    wrong = [{"title": "Call me", "number": "123"}]
    rasa.says = turn(answer("See a doctor.", kind="escalation", level="urgent", calls=wrong))
    [said] = await patient.say("hello")
    assert said["calls"] == [{"title": "Call NHS 111", "number": "111"}]


async def test_an_answer_comes_without_numbers(patient: Patient) -> None:
    [said] = await patient.say("hello")
    assert "calls" not in said


async def test_everybody_can_ask_whom_to_call(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/help", params={"region": "gb"})
    assert response.status_code == 200
    assert response.json() == {
        "region": "GB",
        "calls": [
            {"title": "Call 999", "number": "999"},
            {"title": "Call NHS 111", "number": "111"},
            {"title": "Call Samaritans: 116 123", "number": "116123"},
        ],
        "text": "In danger? Call 999 now. Do not wait for me to reply.",
    }


@pytest.mark.parametrize("asked", [{}, {"region": "XX"}, {"region": "\0"}])
async def test_where_the_country_is_not_known_the_general_numbers_are_given(
    client: httpx.AsyncClient, asked: dict[str, str]
) -> None:
    found = (await client.get("/api/help", params=asked)).json()
    assert found["region"] == "unknown"
    assert [call["number"] for call in found["calls"]] == ["112", "999", "911"]


async def test_help_is_there_when_the_database_and_rasa_are_not(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Store, __: str) -> None:
        raise OperationalError("SELECT", {}, OSError("gone"))

    monkeypatch.setattr(Store, "find_session", fail)
    settings.rasa_url = "http://127.0.0.1:1"
    async with serving(settings) as client:
        assert (await client.get("/api/help")).status_code == 200
