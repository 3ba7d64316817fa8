"""A PostgreSQL that is stuck takes no advice away, and nobody waits for it for long."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
import pytest
from sqlalchemy import make_url

from gateway import recovery
from gateway.settings import Settings
from records import database
from tests.conftest import FakeRasa, arrive, serving
from tests.hearing import ANSWER, EMERGENCY, hear, in_full

pytestmark = pytest.mark.postgres


class Wire:
    """What lies between the gateway and its database; stopped, nothing comes through."""

    def __init__(self, host: str, port: int) -> None:
        self.runs = asyncio.Event()
        self.runs.set()
        self._to = host, port

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        with suppress(ConnectionError):
            there, back = await asyncio.open_connection(*self._to)
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            await self.runs.wait()
            writer.write(data)
        writer.close()


@asynccontextmanager
async def wired(url: str) -> AsyncIterator[tuple[Wire, str]]:
    """A wire to the database, and the address of its near end."""
    target = make_url(url)
    wire = Wire(target.host or "127.0.0.1", target.port or 5432)
    server = await asyncio.start_server(wire.join, "127.0.0.1", 0)
    near = target.set(host="127.0.0.1", port=server.sockets[0].getsockname()[1])
    async with server:
        yield wire, near.render_as_string(hide_password=False)


async def test_a_row_that_another_holds_takes_no_advice_away(
    settings: Settings, rasa: FakeRasa, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_MS", 200)
    settings = settings.model_copy(update={"database_url": postgres_url})
    plain = make_url(postgres_url).set(drivername="postgresql")
    async with serving(settings) as client:
        patient = await arrive(client)
        address = plain.render_as_string(hide_password=False)
        async with await psycopg.AsyncConnection.connect(address) as other:
            await other.execute("SELECT id FROM sessions FOR UPDATE")
            async with asyncio.timeout(5):
                response = await patient.send(EMERGENCY)
            assert response.status_code == 500
            assert [said["text"] for said in response.json()["messages"]] == [in_full(EMERGENCY)]
        assert await hear(patient, "which shoes?") == [ANSWER]


async def test_a_server_that_says_nothing_takes_no_advice_away(
    settings: Settings, rasa: FakeRasa, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        wired(postgres_url) as (wire, url),
        serving(settings.model_copy(update={"database_url": url})) as client,
    ):
        patient = await arrive(client)
        await patient.say("hello")
        monkeypatch.setattr(database, "WORK_SECONDS", 0.5)
        monkeypatch.setattr(recovery, "OLDER_SECONDS", 0.5)
        wire.runs.clear()
        began = time.monotonic()
        response = await patient.send(EMERGENCY)
        assert time.monotonic() - began < 4
        wire.runs.set()
        assert response.status_code == 500
        assert [said["text"] for said in response.json()["messages"]] == [in_full(EMERGENCY)]


async def test_the_address_may_name_options_of_its_own(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url(postgres_url).update_query_dict({"options": "-c lock_timeout=123"})
    opened = database.Database(url.render_as_string(hide_password=False))

    def asked(name: str) -> str:
        with opened.engine.connect() as connection:
            return str(connection.exec_driver_sql(f"SHOW {name}").scalar())

    assert asked("lock_timeout") == "123ms"
    assert asked("statement_timeout") == "5s"
    await opened.close()
