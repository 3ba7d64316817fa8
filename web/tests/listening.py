"""A gateway on a port of its own, and who listens to a session's stream there."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import uvicorn

from gateway.app import create_app
from gateway.serving import Server
from gateway.settings import Settings
from tests.conftest import Patient

SECONDS = 5


class Heard(NamedTuple):
    """One event; a comment is one of no kind."""

    kind: str
    id: str
    data: Any

    @property
    def text(self) -> str:
        """What a message says."""
        return str(self.data["text"])


class Listener:
    """Reads a stream event by event."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self, *, comments: bool = False) -> Heard | None:
        """The next event, None at the end of the stream; comments are passed over."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(SECONDS):
            async for line in self._lines:
                if line:
                    name, _, value = line.partition(":")
                    fields[name] = value.strip()
                elif "event" in fields:
                    data = json.loads(fields["data"])
                    return Heard(fields["event"], fields.get("id", ""), data)
                elif comments:
                    return Heard("", "", None)
        return None

    async def message(self) -> Heard:
        """The next message."""
        while True:
            heard = await self.next()
            assert heard is not None, "the stream ended"
            if heard.kind == "message":
                return heard


@asynccontextmanager
async def listening(
    patient: Patient, after: int | None = None, **headers: str
) -> AsyncIterator[Listener]:
    """Somebody with the session open."""
    query = {} if after is None else {"after": after}
    async with patient.client.stream(
        "GET", "/api/stream", params=query, headers={**patient.headers, **headers}
    ) as response:
        assert response.status_code == 200
        yield Listener(response)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[tuple[Server, httpx.AsyncClient]]:
    """A gateway whose answers come bit by bit, and a client of it."""
    app = create_app(settings)
    server = Server(app, uvicorn.Config(app, port=0, log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.001)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        yield server, client
    server.should_exit = True
    await serving


def change(file: Path, statement: str, *values: Any) -> None:
    """Change the database behind the gateway's back."""
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(statement, values)
    connection.close()


def ago(**time: float) -> str:
    """A moment of the past as SQLite holds it."""
    moment = datetime.now(UTC) - timedelta(**time)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
