"""Asking the real desk over HTTP, signed in, and noting how long it takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from sqlalchemy import Engine, func, insert, select

from desk.access import sessions
from desk.access.permissions import Role
from desk.inbox.asked import asked
from desk.inbox.views import BUILT_IN
from records import database
from records.conversations import Conversation
from records.models import Message
from records.people import User

WEB = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
WARM = 2

FILTERS = (
    "level=emergency", "flag=stroke_signs", "topic=causes/ms", "status=open", "assignee=nobody",
    "sure_below=0.4", "doubt_above=0.15", "fallbacks=3", "disliked=1", "unfinished=any",
    "turns_from=25", "turns_to=3", "region=IE", "days=7", "since=2026-01-01", "until=2030-12-31",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """How one page did: its times in milliseconds, and its size in bytes."""

    title: str
    times: list[float]
    size: int

    def percentile(self, share: float) -> float:
        """The time that so large a share of them is within."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def pages(engine: Engine) -> dict[str, str]:
    """The pages that are asked for, by their titles."""
    filters = {f"filter {query}": f"/inbox?{query}" for query in FILTERS}
    views = {f"view {name}": f"/inbox?{query}" for name, query in BUILT_IN}
    orders = {f"order {sort}": f"/inbox?sort={sort}" for sort in ("unsure", "urgent", "waiting")}
    return {
        "inbox, first page": "/inbox",
        "inbox, in the middle": f"/inbox?{_middle(engine)}",
        "inbox, in the middle, backwards": f"/inbox?{_middle(engine, 'before')}",
        **filters,
        "filters topic, days, sure_below": "/inbox?topic=causes/ms&days=30&sure_below=0.5",
        "filters level, region, unfinished": "/inbox?level=urgent&region=GB&unfinished=any",
        "filters status, fallbacks, turns_from": "/inbox?status=open&fallbacks=2&turns_from=20",
        **orders,
        "words, rare": "/inbox?q=rareword77",
        "words, common": "/inbox?q=foot",
        "words, phrase": f"/inbox?q={quote(chr(34) + 'catches on every kerb' + chr(34))}",
        "words, beginning": f"/inbox?q={quote('stumb*')}",
        "words, two common": f"/inbox?q={quote('brace kerb')}",
        "words, none": "/inbox?q=xylophone",
        "words, common, and three filters": "/inbox?q=foot&region=GB&days=30&fallbacks=1",
        "words, common, most urgent first": "/inbox?q=foot&sort=urgent",
        **views,
        "the badge": "/inbox/emergencies",
        "a transcript": f"/conversations/{_some(engine)}",
    }


def measure(url: str, times: int) -> list[Measured]:
    """Ask for each page so many times.

    Args:
        url: the address of a database that is filled.
        times: how often; a few more go before that are not counted.

    Raises:
        RuntimeError: a page was not shown.
    """
    engine = database.connect(url)
    cookie = _sign_in(engine)
    wanted = pages(engine)
    engine.dispose()
    with _desk(url) as address, httpx.Client(base_url=address, timeout=60) as client:
        client.cookies.set(f"desk-{sessions.COOKIE}", cookie, domain="127.0.0.1", path="/")
        return [_measured(client, title, path, times) for title, path in wanted.items()]


def counted(url: str) -> tuple[int, int]:
    """How many conversations and messages a database has."""
    engine = database.connect(url)
    with engine.connect() as db:
        found = [
            db.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (Conversation, Message)
        ]
    engine.dispose()
    return found[0], found[1]


def _measured(client: httpx.Client, title: str, path: str, times: int) -> Measured:
    took: list[float] = []
    size = 0
    for number in range(WARM + times):
        began = time.perf_counter()
        response = client.get(path)
        if number >= WARM:
            took.append((time.perf_counter() - began) * 1000)
        if response.status_code != 200 or "notice warn" in response.text:
            raise RuntimeError(f"{title}: not shown, status {response.status_code}")
        size = len(response.content)
    return Measured(title, took, size)


def _sign_in(engine: Engine) -> str:
    values = {"shown": "Bench", "role": str(Role.ADMIN), "password_hash": "", "totp_secret": "x"}
    with engine.begin() as db:
        name = f"bench{time.time_ns()}"
        user = insert(User).values(name=name, **values).returning(User.id)
        number = db.execute(user).scalar_one()
        return sessions.begin(db, number, passed=True, address="127.0.0.1", agent="benchmark")


def _middle(engine: Engine, direction: str = "after") -> str:
    """The address of the page half-way down the list."""
    with engine.connect() as db:
        half = db.execute(select(func.count()).select_from(Conversation)).scalar_one() // 2
        order = asked("").order
        rows = select(*order.columns).order_by(*order.order(backwards=False))
        row = db.execute(rows.offset(half).limit(1)).one()
    return asked("").changed(**{direction: order.place_of(row)})


def _some(engine: Engine) -> int:
    with engine.connect() as db:
        usual = select(Conversation.number).where(Conversation.turns == 15).limit(1)
        return db.execute(usual).scalar() or 1


@contextmanager
def _desk(url: str) -> Iterator[str]:
    """The desk as a process of its own, once it answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "desk", "serve"],
        cwd=WEB,
        env={**os.environ, "DATABASE_URL": url, "DESK_PORT": str(port), "DESK_HOST": "127.0.0.1"},
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/healthz").raise_for_status()
            return
        except httpx.HTTPError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("the desk does not start")
