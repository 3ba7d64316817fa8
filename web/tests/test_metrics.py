from collections.abc import AsyncIterator

import httpx
import pytest

from gateway.app import create_app
from gateway.metrics import Metrics
from gateway.settings import Settings
from tests.conftest import Patient


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def lines(metrics: Metrics) -> set[str]:
    return set(metrics.text().decode().splitlines())


def test_a_turn_is_timed_by_how_it_went(metrics: Metrics) -> None:
    metrics.turn("answered", 0.3)
    metrics.turn("malformed: too_short at messages", 0.1)
    assert {
        'dorsi_turn_seconds_count{outcome="answered"} 1.0',
        'dorsi_turn_seconds_sum{outcome="answered"} 0.3',
        'dorsi_turn_seconds_count{outcome="unavailable"} 1.0',
    } <= lines(metrics)


def test_the_parts_of_a_turn_are_timed(metrics: Metrics) -> None:
    metrics.rasa(0.2)
    metrics.screened(0.002)
    assert {
        'dorsi_rasa_seconds_bucket{le="0.2"} 1.0',
        'dorsi_screen_seconds_bucket{le="0.0025"} 1.0',
    } <= lines(metrics)


def test_flags_and_streams_are_counted(metrics: Metrics) -> None:
    metrics.flagged("stroke", "emergency")
    for change in (1, 1, -1):
        metrics.streams(change)
    assert {
        'dorsi_flags_total{flag="stroke",level="emergency"} 1.0',
        "dorsi_streams 1.0",
    } <= lines(metrics)


async def read(client: httpx.AsyncClient) -> str:
    response = await client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return response.text


async def test_requests_are_counted_by_route_and_never_by_address(patient: Patient) -> None:
    await patient.say("hello")
    await patient.get("/api/summaries/xylophone.pdf")
    await patient.get("/xylophone")
    await patient.client.request("XYLOPHONE", "/api/messages")
    found = await read(patient.client)
    assert (
        'dorsi_http_requests_total{method="POST",route="/api/messages",status="200"} 1.0' in found
    )
    assert 'method="GET",route="/api/summaries/{message_id}.pdf",status="404"' in found
    assert 'method="GET",route="unknown",status="404"' in found
    assert 'method="other",route="/api/messages",status="405"' in found
    assert "xylophone" not in found.lower()


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host"]
)
async def test_what_a_proxy_passed_on_gets_no_numbers(
    client: httpx.AsyncClient, header: str
) -> None:
    assert (await client.get("/metrics", headers={header: "127.0.0.1"})).status_code == 404


@pytest.fixture
async def app_transport(settings: Settings) -> AsyncIterator[httpx.ASGITransport]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield httpx.ASGITransport(app)


@pytest.mark.parametrize(
    ("address", "status"),
    [("127.0.0.1", 200), ("127.8.9.1", 200), ("::1", 200), ("192.0.2.1", 404), ("here", 404)],
)
async def test_the_numbers_are_for_this_machine_alone(
    app_transport: httpx.ASGITransport, address: str, status: int
) -> None:
    app_transport.client = (address, 1234)
    async with httpx.AsyncClient(transport=app_transport, base_url="http://dorsi") as client:
        assert (await client.get("/metrics")).status_code == status
