"""The summary that came with a message, as a file to keep."""

import asyncio
import threading
import uuid
from typing import Any

import httpx
import pytest

from gateway import summaries
from gateway.settings import Settings
from gateway.summaries import Document
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn

DOCUMENT: dict[str, Any] = {
    "title": "Summary for my doctor",
    "made_on": "2026-11-21",
    "sections": [
        {
            "heading": "What I notice",
            "lines": [
                {"text": "Since May.", "quoted": False},
                {"text": "<script>my toes drag</script>", "quoted": True},
            ],
        }
    ],
    "questions_heading": "Questions to ask",
    "questions": [],
    "notice": "Made from what the patient typed.",
}
FORMS = [("pdf", "application/pdf"), ("html", "text/html; charset=utf-8")]


async def summary(patient: Patient, rasa: FakeRasa, **document: Any) -> dict[str, Any]:
    """A message that carries a summary."""
    rasa.says = turn(answer("Here it is.", document={**DOCUMENT, **document}))
    [message] = await patient.say("make it")
    return message


async def test_a_summary_is_offered_as_files_and_not_shown(
    patient: Patient, rasa: FakeRasa
) -> None:
    message = await summary(patient, rasa)
    address = f"/api/summaries/{message['id']}"
    assert message["downloads"] == [
        {"title": "PDF", "url": f"{address}.pdf", "type": "application/pdf"},
        {"title": "HTML", "url": f"{address}.html", "type": "text/html"},
    ]
    assert "document" not in message
    assert (await patient.history())[1] == {"from": "dorsi", **message}


async def test_the_files_have_the_names_the_document_gives_them(
    patient: Patient, rasa: FakeRasa
) -> None:
    message = await summary(patient, rasa, pdf_title=" To print ", html_title="")
    assert [file["title"] for file in message["downloads"]] == ["To print", "HTML"]
    assert (await patient.get(message["downloads"][0]["url"])).status_code == 200


async def test_names_that_are_no_names_give_the_plain_ones(
    patient: Patient, rasa: FakeRasa
) -> None:
    message = await summary(patient, rasa, pdf_title=5, html_title="x" * 500)
    assert [len(file["title"]) for file in message["downloads"]] == [3, 120]


@pytest.mark.parametrize(("form", "media_type"), FORMS)
async def test_a_file_is_made_when_it_is_fetched(
    patient: Patient, rasa: FakeRasa, form: str, media_type: str
) -> None:
    message = await summary(patient, rasa)
    response = await patient.get(f"/api/summaries/{message['id']}.{form}")
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    disposition = f'attachment; filename="dorsi-summary.{form}"'
    assert response.headers["content-disposition"] == disposition
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_the_files_hold_the_summary_and_its_words_run_nothing(
    patient: Patient, rasa: FakeRasa
) -> None:
    message = await summary(patient, rasa)
    pdf, page = [await patient.get(file["url"]) for file in message["downloads"]]
    assert pdf.content.startswith(b"%PDF-")
    assert "Since May." in page.text
    assert "<script>" not in page.text


@pytest.mark.parametrize("form", ["pdf", "html"])
async def test_nobody_else_gets_it(
    client: httpx.AsyncClient, patient: Patient, rasa: FakeRasa, form: str
) -> None:
    address = f"/api/summaries/{(await summary(patient, rasa))['id']}.{form}"
    response = await (await arrive(client)).get(address)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "no_summary"
    assert (await client.get(address)).status_code == 401


async def test_an_erased_summary_is_gone(patient: Patient, rasa: FakeRasa) -> None:
    message = await summary(patient, rasa)
    await patient.erase()
    assert (await patient.get(message["downloads"][0]["url"])).status_code == 401


async def test_a_message_without_a_summary_has_no_file(patient: Patient) -> None:
    client_id = str(uuid.uuid4())
    [message] = await patient.say("hello", id=client_id)
    for known in (message["id"], client_id, str(uuid.uuid4())):
        assert (await patient.get(f"/api/summaries/{known}.pdf")).status_code == 404


@pytest.mark.parametrize("address", ["a%00b.pdf", "%ff.pdf", "a.exe", ".pdf", "..%2f1.pdf", "a"])
async def test_odd_addresses_lead_nowhere(patient: Patient, address: str) -> None:
    response = await patient.get(f"/api/summaries/{address}")
    assert response.status_code == 404
    assert response.json()["error"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"made_on": "soon"},
        {"sections": None},
        {"sections": [{"heading": "a", "lines": [{"text": "x" * 20_000}]}]},
    ],
)
async def test_a_summary_nobody_could_print_is_dropped_and_the_answer_is_not(
    patient: Patient, rasa: FakeRasa, wrong: dict[str, Any]
) -> None:
    message = await summary(patient, rasa, **wrong)
    assert message["text"] == "Here it is."
    assert "downloads" not in message


async def test_a_summary_of_a_release_that_printed_more_spoils_no_history(
    patient: Patient, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await summary(patient, rasa)

    class Stricter(Document):
        author: str

    monkeypatch.setattr("gateway.downloads.Document", Stricter)
    assert "downloads" not in (await patient.history())[1]
    assert (await patient.get(message["downloads"][0]["url"])).status_code == 404


async def test_files_are_made_one_at_a_time_while_others_are_answered(
    settings: Settings, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, under_way, most = threading.Event(), 0, 0

    def slow(_: Document) -> bytes:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        assert go.wait(10)
        under_way -= 1
        return b"%PDF-"

    monkeypatch.setattr(summaries, "pdf", slow)
    async with serving(settings) as client:
        patient = await arrive(client)
        url = (await summary(patient, rasa))["downloads"][0]["url"]
        making = [asyncio.create_task(patient.get(url)) for _ in range(3)]
        while not under_way:
            await asyncio.sleep(0.01)
        assert await patient.say("hello")
        go.set()
        assert [response.status_code for response in await asyncio.gather(*making)] == [200] * 3
    assert most == 1
