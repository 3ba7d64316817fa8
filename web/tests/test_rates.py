import asyncio
import os
import uuid
from unittest.mock import AsyncMock
from urllib.parse import urlsplit

import pytest
from limits.aio.storage import MemoryStorage

from gateway.metrics import Metrics
from gateway.rates import MESSAGES, SESSIONS, Rates
from gateway.settings import Settings
from served.addresses import network
from tests.conftest import Patient, arrive, serving


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings with the limits on."""
    return settings.model_copy(update={"dorsi_rate_limit": True})


@pytest.fixture
def rates() -> Rates:
    return Rates("memory://", Metrics())


async def fill(rates: Rates, count: int, session: str, address: str | None = None) -> None:
    for _ in range(count):
        assert await rates.wait(MESSAGES, session=session, address=address) == 0


async def test_thirty_messages_a_minute_are_taken_of_a_session(rates: Rates) -> None:
    await fill(rates, 30, "one")
    assert 0 < await rates.wait(MESSAGES, session="one", address=None) <= 60
    assert await rates.wait(MESSAGES, session="another", address=None) == 0


async def test_an_address_may_have_several_sessions_up_to_a_limit(rates: Rates) -> None:
    for number in range(8):
        await fill(rates, 30, f"session {number}", "192.0.2.1")
    assert await rates.wait(MESSAGES, session="new", address="192.0.2.1") > 0
    assert await rates.wait(MESSAGES, session="new", address="192.0.2.2") == 0


async def test_sixty_sessions_a_minute_are_opened_for_an_address(rates: Rates) -> None:
    for _ in range(60):
        assert await rates.wait(SESSIONS, address="192.0.2.1") == 0
    assert await rates.wait(SESSIONS, address="192.0.2.1") > 0
    assert await rates.wait(SESSIONS, address=None) == 0


async def test_what_is_switched_off_takes_everything() -> None:
    rates = Rates("", Metrics())
    await fill(rates, 1000, "one", "192.0.2.1")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_all_addresses_of_one_household_count_as_one(address: str, counted: str) -> None:
    assert network(address) == counted


async def test_a_message_too_many_is_refused_and_says_when_to_come_again(
    settings: Settings,
) -> None:
    async with serving(settings) as client:
        patient = await arrive(client)
        for _ in range(30):
            assert (await patient.send("hello")).status_code == 200
        refused = await patient.send("hello")
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.json()["error"]["code"] == "too_many"
        assert "messages" not in refused.json()


async def test_a_message_too_many_is_still_screened_for_red_flags(settings: Settings) -> None:
    async with serving(settings) as client:
        patient = await arrive(client)
        for _ in range(30):
            await patient.send("hello")
        refused = await patient.send("my face droops and I cannot speak since ten minutes")
        assert refused.status_code == 429
        [advice] = refused.json()["messages"]
        assert (advice["kind"], advice["level"]) == ("escalation", "emergency")
        assert [call["number"] for call in advice["calls"]] == ["999"]
        assert len(await patient.history()) == 60


async def test_a_session_too_many_is_not_opened(settings: Settings) -> None:
    async with serving(settings) as client:
        for _ in range(60):
            await arrive(client)
        refused = await client.post("/api/sessions")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0


async def test_where_the_counter_fails_everything_is_taken_and_that_is_logged_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(MemoryStorage, "acquire_entry", AsyncMock(side_effect=OSError))
    monkeypatch.setattr("gateway.rates.REST_SECONDS", 0)
    async with serving(settings) as client:
        await take_many(await arrive(client))
    assert len(complaints(caplog)) == 1


async def test_a_counter_that_failed_is_left_alone_for_a_while(
    rates: Rates, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = AsyncMock(side_effect=OSError)
    monkeypatch.setattr(MemoryStorage, "acquire_entry", failing)
    await fill(rates, 5, "one")
    assert failing.await_count == 1


async def test_what_is_refused_is_counted() -> None:
    metrics = Metrics()
    rates = Rates("memory://", metrics)
    await fill(rates, 30, "one")
    await rates.wait(MESSAGES, session="one", address=None)
    assert b'dorsi_rate_limited_total{kind="messages"} 1.0' in metrics.text()


async def take_many(patient: Patient) -> None:
    for _ in range(35):
        assert (await patient.send("hello")).status_code == 200


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    told = [record.getMessage() for record in caplog.records]
    return [message for message in told if "cannot be counted" in message]


@pytest.fixture
def redis_url() -> str:
    """A real Redis."""
    return os.environ["DORSI_TEST_REDIS"]


@pytest.mark.redis
async def test_gateways_that_share_a_redis_count_together(redis_url: str) -> None:
    one, two = Rates(redis_url, Metrics()), Rates(redis_url, Metrics())
    session = uuid.uuid4().hex
    await fill(one, 15, session)
    await fill(two, 15, session)
    assert 0 < await one.wait(MESSAGES, session=session, address=None) <= 60
    assert 0 < await two.wait(MESSAGES, session=session, address=None) <= 60
    for rates in (one, two):
        await rates.close()


@pytest.mark.redis
async def test_no_message_is_refused_because_redis_is_away(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    away = {"rate_limit_storage": "redis://127.0.0.1:1"}
    async with serving(settings.model_copy(update=away)) as client:
        await take_many(await arrive(client))
    assert len(complaints(caplog)) == 1


@pytest.mark.redis
async def test_neither_session_nor_words_stand_in_redis(settings: Settings, redis_url: str) -> None:
    shared = {"rate_limit_storage": redis_url}
    async with serving(settings.model_copy(update=shared)) as client:
        patient = await arrive(client)
        await patient.send("xylophone-brace")
    keys = await keys_of(redis_url)
    assert "messages" in keys
    assert patient.token not in keys
    assert "xylophone" not in keys


async def keys_of(redis_url: str) -> str:
    """The names under which the limits are kept."""
    address = urlsplit(redis_url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"KEYS LIMITS*\r\nQUIT\r\n")
    found = await reader.read()
    writer.close()
    return found.decode()


def test_a_storage_that_cannot_be_used_is_named() -> None:
    with pytest.raises(ValueError, match="RATE_LIMIT_STORAGE"):
        Rates("nonsense://", Metrics())


async def test_limits_are_on_by_default() -> None:
    assert Settings().dorsi_rate_limit
