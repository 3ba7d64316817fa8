"""The gateway as the process that is run, asked to stop at the worst of times."""

import asyncio
import time
from contextlib import suppress
from urllib.parse import urlsplit

import httpx

from gateway.protocol import MAX_HEAD
from gateway.settings import Settings
from tests.conftest import FakeRasa, arrive, process

SOON = 10


def talking(url: str) -> httpx.AsyncClient:
    """A client that waits for as long as a turn may take."""
    return httpx.AsyncClient(base_url=url, timeout=30)


async def test_a_turn_that_is_under_way_is_finished_and_a_stream_ends(
    settings: Settings, rasa: FakeRasa
) -> None:
    async with process(settings) as (gateway, url), talking(url) as client:
        patient = await arrive(client)
        opened = asyncio.Event()

        async def follow() -> str:
            async with client.stream("GET", "/api/stream", headers=patient.headers) as stream:
                opened.set()
                return "".join([text async for text in stream.aiter_text()])

        following = asyncio.create_task(follow())
        await opened.wait()
        rasa.may_answer.clear()
        turn = asyncio.create_task(patient.send("hello"))
        await rasa.heard.wait()
        gateway.terminate()
        async with asyncio.timeout(SOON):
            assert "hello" in await following
        assert not turn.done()
        rasa.may_answer.set()
        assert (await turn).status_code == 200
        async with asyncio.timeout(SOON):
            await gateway.wait()


async def test_a_turn_that_does_not_end_holds_nothing_up_for_long(
    settings: Settings, rasa: FakeRasa
) -> None:
    async with process(settings) as (gateway, url), talking(url) as client:
        patient = await arrive(client)
        rasa.may_answer.clear()
        turn = asyncio.create_task(patient.send("hello"))
        await rasa.heard.wait()
        gateway.terminate()
        began = time.monotonic()
        async with asyncio.timeout(20):
            await gateway.wait()
        assert time.monotonic() - began < 16
        assert (await turn).json()["messages"][0]["text"].startswith("Please try again")


async def test_a_head_without_end_is_cut_off(settings: Settings) -> None:
    async with process(settings) as (_, url):
        address = urlsplit(url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: dorsi\r\nX-Long: ")
        writer.write(b"a" * (MAX_HEAD + 1))
        async with asyncio.timeout(SOON):
            assert await _until_the_end(reader) == b""
        writer.close()
        async with httpx.AsyncClient(base_url=url) as client:
            fair = {"X-Long": "a" * (MAX_HEAD // 2)}
            assert (await client.get("/api/help", headers=fair)).status_code == 200
            body = {"region": "a" * 100_000}
            assert (await client.post("/api/sessions", json=body)).status_code == 201


async def test_trailers_without_end_are_cut_off(settings: Settings) -> None:
    head = (
        b"POST /api/sessions HTTP/1.1\r\nHost: dorsi\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    bytewise = b"".join(b"1\r\n%c\r\n" % byte for byte in b'{"region": "' + b"a" * 30_000 + b'"}')
    async with process(settings) as (_, url):
        address = urlsplit(url)
        for trailer in (b"X-Long: ", b"X-Short: a\r\n" * 10_000):
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            writer.write(head + bytewise + b"0\r\n" + trailer)
            for _ in range(10):
                writer.write(b"a" * MAX_HEAD)
            async with asyncio.timeout(SOON):
                assert await _until_the_end(reader) == b""
            writer.close()
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(head + bytewise + b"0\r\nX-Fair: a\r\n\r\n")
        async with asyncio.timeout(SOON):
            assert b"201 Created" in await reader.readline()
        writer.close()


async def test_whose_word_on_an_address_is_taken_can_be_set(settings: Settings) -> None:
    forwarded = {"X-Forwarded-For": "192.0.2.1"}
    limited = settings.model_copy(update={"dorsi_rate_limit": True})
    async with process(limited) as (_, url), httpx.AsyncClient(base_url=url) as client:
        statuses = [
            (await client.post("/api/sessions", headers=forwarded)).status_code for _ in range(61)
        ]
        assert (statuses[59], statuses[60]) == (201, 429)
        assert (await client.post("/api/sessions")).status_code == 201


async def _until_the_end(reader: asyncio.StreamReader) -> bytes:
    """What still came before the connection was closed, with some of it perhaps not read."""
    with suppress(ConnectionResetError):
        return await reader.read()
    return b""
