"""A gateway on a real database, a Rasa that is played, and a patient who talks to them."""

import asyncio
import hashlib
import os
import shutil
import socket
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiosqlite
import httpx
import psycopg
import pytest
import uvicorn
from sqlalchemy import Connection, Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.app import create_app
from gateway.settings import Settings
from records import database

WEB = Path(__file__).resolve().parents[1]

TEXTS = """
texts:
  welcome:
    kind: notice
    reply: ["I am Dorsi.\\nIn an emergency call {emergency}."]
    buttons: [exercises/overview, privacy]
  unavailable: {kind: notice, reply: ["Please try again in a minute. In danger call {emergency}."]}
  too_long: {kind: notice, reply: ["That is too long.", "In danger call {emergency}."]}
"""
REGIONS = """
GB:
  name: United Kingdom
  emergency: "999"
  same_day: call your GP
  advice_line: NHS 111
  crisis_lines: [{name: Samaritans, number: 116 123}]
unknown: {name: Anywhere, emergency: "112, 999 or 911", same_day: call a doctor, advice_line: ""}
"""


SERVICES = {
    "postgres": "runs only where DORSI_TEST_POSTGRES names a PostgreSQL server",
    "redis": "runs only where DORSI_TEST_REDIS names a Redis server",
    "node": "runs only where DORSI_TEST_NODE is set: Node.js, and its packages are installed",
}


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks of the tests that need something outside."""
    for mark, meaning in SERVICES.items():
        config.addinivalue_line("markers", f"{mark}: {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests out, not counted at all, whose outside service is not named."""
    absent = [mark for mark in SERVICES if not os.environ.get(f"DORSI_TEST_{mark.upper()}")]
    out = [item for item in items if any(map(item.get_closest_marker, absent))]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small set of content files."""
    folder = tmp_path / "data"
    for path, text in {
        "conversation/texts.yml": TEXTS,
        "conversation/privacy.yml": "{id: privacy, title: What is kept}",
        "topics/exercises/overview.yml": "{id: exercises/overview, title: Exercises}",
        "regions.yml": REGIONS,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    for shared in ("triage", "red_flags", "gateway.yml"):
        (folder / shared).symlink_to(WEB.parent / "data" / shared)
    return folder


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("database") / "empty.db"
    database.migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_file(_empty_database: Path, tmp_path: Path) -> Path:
    """A migrated SQLite database with nothing in it."""
    return Path(shutil.copy(_empty_database, tmp_path / "dorsi.db"))


@contextmanager
def _postgres_database(template: str = "template1") -> Iterator[str]:
    """A database on the server of the tests for as long as the context lasts; gives its address."""
    server = os.environ["DORSI_TEST_POSTGRES"]
    name = f"dorsi_{uuid.uuid4().hex}"

    def run(statement: str) -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(statement.encode())

    run(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        url = database.address(server).set(drivername="postgresql", database=name)
        yield url.render_as_string(hide_password=False)
    finally:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgres_template() -> Iterator[str]:
    """The name of a migrated database that others are copied from: much quicker than to migrate."""
    with _postgres_database() as address:
        database.migrate(address)
        yield database.address(address).database or ""


@pytest.fixture
def postgres_url(_postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database with nothing in it, made for this test."""
    with _postgres_database(_postgres_template) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest) -> str:
    """A migrated database with nothing in it, of each of the two kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
def engine(any_url: str) -> Iterator[Engine]:
    """Such a database, opened."""
    opened = database.connect(any_url)
    yield opened
    opened.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    """One transaction in it, which writes."""
    with engine.execution_options(begin="IMMEDIATE").begin() as connection:
        yield connection


def answer(text: str = "It can be.", **more: Any) -> dict[str, Any]:
    """A message as Rasa sends it."""
    message = {"text": text, "kind": "answer", "level": "none", "topic": "causes/stroke"}
    return {**message, "buttons": [], "sources": [], **more}


def turn(*messages: dict[str, Any], understanding: Any = None) -> dict[str, Any]:
    """A whole turn as Rasa sends it."""
    return {"messages": list(messages), "understanding": understanding}


@dataclass
class FakeRasa:
    """Rasa as the gateway sees it: answers what it is told to, and remembers what it was sent."""

    url: str = ""
    says: Any = field(default_factory=lambda: turn(answer()))
    status: int = 200
    received: list[dict[str, Any]] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    diaries: dict[str, Any] = field(default_factory=dict)
    exports: list[dict[str, Any]] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    seconds: float = 0
    can_erase: bool = True

    def __post_init__(self) -> None:
        self.may_answer.set()

    async def webhook(self, request: Request) -> Response:
        body = await request.json()
        if body.get("erase"):
            if not self.can_erase:
                return Response(status_code=500)
            self.erased.append(body["sender"])
            self.diaries.pop(body.get("diary"), None)
            return Response(status_code=204)
        if body.get("export"):
            self.exports.append(body)
            return JSONResponse({"diary": self.diaries.get(body["diary"])}, self.status)
        self.received.append(body)
        self.heard.set()
        await self.may_answer.wait()
        await asyncio.sleep(self.seconds)
        said = await self.says(body) if callable(self.says) else self.says
        if isinstance(said, bytes):
            return Response(said, self.status, media_type="application/json")
        return JSONResponse(said, self.status)

    @property
    def routes(self) -> list[Route]:
        """What the gateway calls: the channel, and whether it is there."""

        async def there(_: Request) -> Response:
            return Response()

        channel = "/webhooks/dorsi/webhook"
        return [Route("/", there), Route(channel, self.webhook, methods=["POST"])]

    @property
    def texts(self) -> list[str]:
        """The texts it was sent, in order."""
        return [body["text"] for body in self.received]


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    """A Rasa that is played, on a port of the loopback."""
    async with playing(FakeRasa()) as fake:
        yield fake


@asynccontextmanager
async def playing(fake: FakeRasa) -> AsyncIterator[FakeRasa]:
    """Have it listen on a port of the loopback."""
    app = Starlette(routes=fake.routes)
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.001)
    port = server.servers[0].sockets[0].getsockname()[1]
    fake.url = f"http://127.0.0.1:{port}"
    yield fake
    fake.may_answer.set()
    server.should_exit = server.force_exit = True
    await running


@pytest.fixture
def settings(tmp_path: Path, content: Path, sqlite_file: Path, rasa: FakeRasa) -> Settings:
    """Settings that lead to the small content, a fresh database and the played Rasa."""
    return Settings(
        dorsi_home=tmp_path,
        dorsi_data=content,
        database_url=f"sqlite:///{sqlite_file}",
        rasa_url=rasa.url,
        rasa_timeout=0.5,
        dorsi_rate_limit=False,
    )


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway that is up."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://dorsi") as client:
            yield client


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the gateway, without a session."""
    async with serving(settings) as client:
        yield client


class Patient:
    """Someone with a session."""

    def __init__(self, client: httpx.AsyncClient, opened: dict[str, Any]) -> None:
        self.client = client
        self.token = opened["session"]
        self.diary = opened["diary"]
        self.welcome = opened["messages"]

    @property
    def diary_hash(self) -> str:
        """What the diary goes by outside of the browser."""
        return hashlib.sha256(self.diary.encode()).hexdigest()

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, text: str | None = None, **body: Any) -> httpx.Response:
        """Send a text, or the body given; under a new id where none is given."""
        body = {"id": str(uuid.uuid4()), **body} | ({} if text is None else {"text": text})
        return await self.client.post("/api/messages", json=body, headers=self.headers)

    async def say(self, text: str | None = None, **body: Any) -> list[dict[str, Any]]:
        """Send, and give the replies."""
        response = await self.send(text, **body)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    async def history(self) -> list[dict[str, Any]]:
        """The transcript without the welcome."""
        response = await self.client.get("/api/messages", headers=self.headers)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages[1:]

    async def get(self, path: str) -> httpx.Response:
        """Fetch something with the session's token."""
        return await self.client.get(path, headers=self.headers)

    async def erase(self) -> httpx.Response:
        """Erase everything."""
        return await self.client.delete("/api/session", headers=self.headers)


async def arrive(
    client: httpx.AsyncClient, region: str = "GB", diary: str | None = None
) -> Patient:
    """A patient who opens the page, with the key of a diary where there is one."""
    response = await client.post("/api/sessions", json={"region": region, "diary": diary})
    assert response.status_code == 201, response.text
    return Patient(client, response.json())


@pytest.fixture
async def patient(client: httpx.AsyncClient) -> Patient:
    """A patient in Great Britain."""
    return await arrive(client)


@pytest.fixture
def stored(sqlite_file: Path) -> Any:
    """Ask the database behind the gateway's back."""

    async def rows(query: str) -> list[tuple[Any, ...]]:
        async with aiosqlite.connect(sqlite_file) as connection:
            found = await connection.execute_fetchall(query)
            return [tuple(row) for row in found]

    return rows


@asynccontextmanager
async def process(settings: Settings) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The gateway as a process of its own, once it answers."""
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gateway", cwd=WEB, stderr=asyncio.subprocess.DEVNULL,
        env={
            **os.environ,
            "PORT": str(port),
            "DORSI_DATA": str(settings.dorsi_data),
            "DATABASE_URL": settings.database_url,
            "RASA_URL": settings.rasa_url,
            "DORSI_HOME": str(settings.dorsi_home),
            "DORSI_RATE_LIMIT": "on" if settings.dorsi_rate_limit else "off",
            "DORSI_CHANNELS": ",".join(settings.dorsi_channels),
            "DORSI_ORIGINS": ",".join(settings.dorsi_origins),
        },
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(90), httpx.AsyncClient() as client:
            while True:
                try:
                    await client.get(url)
                    break
                except httpx.ConnectError:
                    assert process.returncode is None
                    await asyncio.sleep(0.05)
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
