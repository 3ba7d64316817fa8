"""Somebody who signs in as people do, and a clock that can be moved."""

import re
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import httpx
import pyotp
import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from desk.access import changing, lockout, passwords, sessions, tries, users
from desk.access.permissions import Role
from records import audit
from records.base import now
from records.people import Deed
from tests.desk.conftest import SECRET, Client, add_user

NEW_PASSWORD = "gravel thimble otter"
PASSWORD = "heron lattice mulberry"
TIMED: tuple[ModuleType, ...] = (audit, changing, lockout, sessions, tries, users)


class Clock:
    """The present moment as the desk takes it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = now()
        for module in TIMED:
            monkeypatch.setattr(module, "now", self.now)

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **how_long: float) -> None:
        """Let some time pass."""
        self.at += timedelta(**how_long)


class Person:
    """A user of the desk at a browser, who knows the password and has the telephone."""

    def __init__(self, client: Client, clock: Clock, name: str, secret: str = SECRET) -> None:
        self.client, self.clock = client, clock
        self.name, self.secret, self.password = name, secret, PASSWORD

    @property
    def code(self) -> str:
        """What the telephone shows at this moment."""
        return pyotp.TOTP(self.secret).at(self.clock.at)

    @property
    def token(self) -> str | None:
        """The session's cookie."""
        return self.client.cookies.get("desk-session")

    async def load(self, path: str, **query: str) -> httpx.Response:
        """Load a page and note the token of its forms."""
        page = await self.client.get(path, params=query)
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        self.client.csrf = found[1] if found else ""
        return page

    async def give_password(self, password: str | None = None, **more: str) -> httpx.Response:
        """Load the first page and send name and password."""
        await self.load("/sign-in")
        form = {"name": self.name, "password": password or self.password, **more}
        return await self.client.submit("/sign-in", **form)

    async def give_code(self, code: str | None = None, **more: str) -> httpx.Response:
        """Load the page for the second factor and send the code."""
        await self.load("/sign-in/code")
        return await self.client.submit("/sign-in/code", code=code or self.code, **more)

    async def sign_in(self) -> None:
        """All of it in a browser just opened, half a minute later than whatever was before."""
        self.client.cookies.clear()
        self.clock.pass_by(seconds=30)
        assert (await self.give_password()).headers["location"] == "/sign-in/code"
        assert (await self.give_code()).headers["location"] == "/"
        await self.load("/account")


async def person(
    app: Starlette, clock: Clock, name: str = "ann", role: Role = Role.REVIEWER, **more: object
) -> Person:
    """A new user with `PASSWORD`, at a browser of their own."""
    client = Client(app)
    kept = passwords.hashed_now(PASSWORD)
    values = {"password_hash": kept, **more}
    await client.write(lambda connection: add_user(connection, name, role, **values))
    return Person(client, clock, name)


async def deeds(client: Client) -> list[tuple[str, str, str, Any]]:
    """Who did what to what, and the rest, as the audit log has it."""
    rows = await client.read(
        lambda connection: connection.execute(
            select(Deed.actor, Deed.action, Deed.object, Deed.detail).order_by(Deed.id)
        ).all()
    )
    return [(row.actor, row.action, row.object, row.detail) for row in rows]
