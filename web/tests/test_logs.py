import json
import logging
import uuid
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from gateway.store import Store
from served.json_lines import JsonLines, describe
from tests.conftest import FakeRasa, Patient, answer, turn

SECRET = "xylophone-brace"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    ours = [record for record in caplog.records if record.name.startswith("gateway")]
    formatted = [JsonLines().format(record) for record in ours]
    assert not any(SECRET in line for line in formatted)
    return [json.loads(line) for line in formatted]


async def test_a_turn_is_logged_without_its_words(
    patient: Patient, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    rasa.says = turn(answer(SECRET, kind="escalation", level="urgent"), understanding=SECRET)
    with caplog.at_level(logging.INFO):
        await patient.say(SECRET)
    logged = lines(caplog)
    [line] = [line for line in logged if line["message"] == "turn"]
    assert (line["outcome"], line["kind"], line["level"]) == ("answered", "escalation", "urgent")
    assert line["ms"] > 0
    assert len(line["session"]) == 12
    assert line["session"] not in rasa.received[0]["sender"]
    [request] = [line for line in logged if line["message"] == "request"]
    assert (request["method"], request["path"], request["status"]) == (
        "POST",
        "/api/messages",
        200,
    )


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        (turn(answer(kind=SECRET)), "malformed: literal_error at messages.0.kind"),
        (f'{{"{SECRET}'.encode(), "malformed: json_invalid at the top"),
        (turn(), "malformed: too_short at messages"),
    ],
)
async def test_a_turn_without_an_answer_is_logged_with_the_reason(
    patient: Patient, rasa: FakeRasa, caplog: pytest.LogCaptureFixture, says: Any, reason: str
) -> None:
    rasa.says = says
    await patient.say(SECRET)
    [line] = lines(caplog)
    assert (line["severity"], line["outcome"]) == ("warning", "unavailable")
    assert line["reason"] == reason


@pytest.mark.parametrize("path", [f"/{SECRET}", f"/site/{SECRET}"])
async def test_an_address_is_logged_by_its_route(
    patient: Patient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.INFO):
        await patient.client.get(path)
    assert [line["status"] for line in lines(caplog)] == [404]


async def test_a_failure_is_logged_by_kind_and_place_without_the_words(
    patient: Patient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Store, session_id: str, client_id: str, text: str, payload: Any) -> None:
        try:
            raise ValueError(text)
        except ValueError as error:
            raise DBAPIError("INSERT", {"text": text}, error) from error

    monkeypatch.setattr(Store, "record", fail)
    with caplog.at_level(logging.INFO):
        response = await patient.send(SECRET, id=str(uuid.uuid4()))
    assert response.status_code == 500
    [line] = [line for line in lines(caplog) if "error" in line]
    assert line["error"][0].startswith("DBAPIError at ")
    assert line["error"][1].startswith("ValueError at ")
    assert "test_logs.py" in line["error"][0]


def test_an_error_of_the_system_is_quoted() -> None:
    assert describe(OSError(28, "No space left"))[0].startswith("OSError: [Errno 28] No space left")
