"""The desk as the process that is run."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from desk.settings import REPOSITORY, Settings
from records import database
from records.people import SignIn
from tests.desk.access.signing import PASSWORD

WEB = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> Iterator[int]:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    yield found


@pytest.fixture
async def url(sqlite_file: Path, port: int) -> AsyncIterator[str]:
    """The desk as a process of its own, once it answers."""
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{sqlite_file}", "DESK_PORT": str(port)}
    subprocess.run(
        [sys.executable, "-m", "desk", "admin", "--name", "ann", "--password-stdin"],
        cwd=WEB, env=env, input=PASSWORD, text=True, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "desk", "serve", cwd=WEB, env=env, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(90), httpx.AsyncClient() as client:
            while True:
                try:
                    await client.get(f"{address}/healthz")
                    break
                except httpx.ConnectError:
                    assert process.returncode is None
                    await asyncio.sleep(0.05)
        yield address
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(20):
            await process.wait()


async def test_the_first_administrator_signs_in_from_the_address_that_a_proxy_tells(
    url: str, sqlite_file: Path
) -> None:
    forwarded = {"X-Forwarded-For": "192.0.2.1", "Origin": url}
    async with httpx.AsyncClient(base_url=url, headers=forwarded) as client:
        page = await client.get("/sign-in")
        assert "server" not in page.headers
        form = {"name": "ann", "password": PASSWORD, "csrf": client.cookies["desk-form"]}
        answer = await client.post("/sign-in", data=form)
        assert answer.headers["location"] == "/sign-in/second-factor"
    engine = database.connect(f"sqlite:///{sqlite_file}")
    with engine.connect() as connection:
        assert connection.execute(select(SignIn.address)).scalars().all() == ["192.0.2.1"]
    engine.dispose()


async def test_a_head_without_end_is_cut_off(url: str) -> None:
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: desk\r\nX-Long: " + b"a" * 200_000)
    async with asyncio.timeout(10):
        assert (await reader.read(100)).startswith(b"HTTP/1.1 400")
    writer.close()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DESK_PORT", "x"), ("DESK_HOURS", "0"), ("DESK_SECURE_COOKIES", "perhaps")],
)
def test_a_setting_that_is_none_is_told_of(variable: str, value: str, sqlite_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desk", "serve"],
        cwd=WEB, capture_output=True, text=True, timeout=60,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{sqlite_file}", variable: value},
    )  # fmt: skip
    assert done.returncode == 1
    assert variable.lower() in done.stderr
    assert "Traceback" not in done.stderr


def test_the_defaults_need_nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    settings = Settings()
    assert (settings.desk_host, settings.desk_port) == ("127.0.0.1", 8081)
    assert settings.database_url == f"sqlite:///{REPOSITORY / 'var' / 'dorsi.db'}"
    assert (settings.desk_idle_minutes, settings.desk_hours) == (30, 10)
    assert settings.desk_secure_cookies is None
