"""The API's description is true: a client made from it meets no surprise."""

import asyncio
from typing import Any

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import Phase, given
from schemathesis import Case, CheckFunction, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from gateway.settings import Settings
from tests.conftest import FakeRasa, answer, arrive, turn
from tests.listening import running

OPERATIONS = [
    ("POST", "/api/sessions"),
    ("POST", "/api/session/token"),
    ("POST", "/api/messages"),
    ("GET", "/api/messages"),
    ("GET", "/api/session"),
    ("DELETE", "/api/session"),
    ("GET", "/api/summaries/{message_id}.pdf"),
    ("GET", "/api/summaries/{message_id}.html"),
    ("GET", "/api/help"),
    ("POST", "/api/feedback"),
    ("GET", "/api/transcript"),
    ("GET", "/healthz"),
]
# It has no end, and so no answer to look at.
ENDLESS = ("GET", "/api/stream")
SOURCE = {"title": "Foot drop", "publisher": "NHS", "url": "https://a.org/", "reviewed": None}


async def test_the_description_names_every_operation_and_its_errors(
    client: httpx.AsyncClient,
) -> None:
    described = (await client.get("/openapi.json")).json()["paths"]
    errors = {
        (method, path): " ".join(described[path][method.lower()]["responses"])
        for method, path in (*OPERATIONS, ENDLESS)
    }
    assert errors == {
        ("POST", "/api/sessions"): "201 429 400 413 415 422 500",
        ("POST", "/api/session/token"): "200 401 500",
        ("POST", "/api/messages"): "200 401 409 429 400 413 415 422 500",
        ("GET", "/api/messages"): "200 401 500",
        ("GET", "/api/session"): "200 401 503 500",
        ("DELETE", "/api/session"): "204 401 500",
        ("GET", "/api/summaries/{message_id}.pdf"): "200 401 404 422 500",
        ("GET", "/api/summaries/{message_id}.html"): "200 401 404 422 500",
        ("GET", "/api/help"): "200 422 500",
        ("POST", "/api/feedback"): "200 401 404 400 413 415 422 429 500",
        ("GET", "/api/transcript"): "200 401 500",
        ("GET", "/healthz"): "200 503 500",
        ENDLESS: "200 401 422 429 500",
    }
    assert sum(len(methods) for methods in described.values()) == len(errors)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_requests_made_from_the_description_are_answered_as_described(
    settings: Settings, rasa: FakeRasa, method: str, path: str
) -> None:
    button = {"title": "Braces", "payload": "topic:brace/overview"}
    rasa.says = turn(answer(buttons=[button], sources=[SOURCE]), understanding={})
    async with running(settings) as (_, client):
        patient = await arrive(client)
        # A thread, since the gateway and the played Rasa answer from this one.
        await asyncio.to_thread(try_out, str(client.base_url), method, path, patient.headers)


def try_out(url: str, method: str, path: str, headers: dict[str, str]) -> None:
    """Send requests, good ones and bad, and look at the answers."""
    operation = schemathesis.openapi.from_url(f"{url}/openapi.json")[path][method]
    requests = operation.as_strategy()
    if operation.body:
        requests |= operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @given(case=requests)
    @hypothesis.settings(max_examples=60, deadline=None, phases=[Phase.generate])
    def send(case: Case[Any]) -> None:
        # Which choices were offered no schema can say: one made up is rightly refused.
        made_up = isinstance(case.body, dict) and "choice" in case.body
        excluded: list[CheckFunction] = [positive_data_acceptance] if made_up else []
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    send()
