"""The desk on a real database, and people of each role who are signed in."""

import itertools
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, insert, select
from starlette.applications import Starlette

from desk.access import passwords, sessions
from desk.access.permissions import Role
from desk.app import create_app
from desk.services import Services
from desk.settings import REPOSITORY, Settings
from editing.repository import FOLDER, Repository
from records.people import SignIn, User

URL = "http://127.0.0.1:8081"
# What such a user's password would be hashed to is never asked: they are signed in already.
NO_PASSWORD = "none"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _hashing_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed by the same algorithm, without the work that makes guessing slow."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))
    passwords.nobodys.cache_clear()


@pytest.fixture(scope="session")
def _content_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with a copy of the content, and one of the desk's that comes from it."""
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(REPOSITORY / "data", folder / "upstream" / "data")
    for command in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all"],
        ["-c", "user.name=gil", "-c", "user.email=gil@git", "commit", "--quiet", "-m", "All"],
    ):
        subprocess.run(["git", "-C", str(folder / "upstream"), *command], check=True)
    Repository.open(folder, str(folder / "upstream")).head()
    return folder


@pytest.fixture
def content_repository(_content_repository: Path, tmp_path: Path) -> Path:
    """The repository that the desk's content comes from: a checkout of a copy of all of it."""
    for name in ("upstream", FOLDER):
        shutil.copytree(_content_repository / name, tmp_path / name)
    return tmp_path / "upstream"


@pytest.fixture
def desk_settings(tmp_path: Path, sqlite_file: Path) -> Settings:
    """Settings that lead to a fresh database."""
    return Settings(
        dorsi_home=tmp_path,
        database_url=f"sqlite:///{sqlite_file}",
        dorsi_content_repository=str(tmp_path / "upstream"),
    )


@asynccontextmanager
async def serving_desk(settings: Settings) -> AsyncIterator[Starlette]:
    """The desk, up."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def desk_app(desk_settings: Settings) -> AsyncIterator[Starlette]:
    """The desk's app, up; `desk_app.state.services.database` is its database."""
    async with serving_desk(desk_settings) as app:
        yield app


class Client(httpx.AsyncClient):
    """A browser at the desk: it sends forms from the desk's own pages, and follows nothing."""

    def __init__(self, app: Starlette, *, address: str = "127.0.0.1", **more: Any) -> None:
        transport = httpx.ASGITransport(app, client=(address, 50_000))
        super().__init__(transport=transport, base_url=more.pop("base_url", URL), **more)
        self.app = app
        self.csrf = ""
        self.user_id = 0
        self.name = ""

    @property
    def services(self) -> Services:
        """The desk's parts."""
        found: Services = self.app.state.services
        return found

    async def submit(self, path: str, /, **form: Any) -> httpx.Response:
        """Send a form with its token, as a page of the desk would.

        (`send` is a method of httpx that takes a whole request.)
        """
        fields = {"csrf": self.csrf, **form}
        return await self.post(
            path, data=fields, headers={"Origin": str(self.base_url).rstrip("/")}
        )

    async def read[T](self, work: Callable[[Connection], T]) -> T:
        """Ask the desk's database."""
        return await self.services.database.read(work)

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        """Change something behind the desk's back."""
        return await self.services.database.write(work)


@pytest.fixture
async def desk(desk_app: Starlette) -> AsyncIterator[Client]:
    """Somebody who is not signed in."""
    async with Client(desk_app) as client:
        yield client


def add_user(connection: Connection, name: str, role: Role, **more: Any) -> int:
    """A user with a second factor and, unless one is given, without any password that fits."""
    values = {
        "name": name,
        "shown": name.capitalize(),
        "role": str(role),
        "password_hash": NO_PASSWORD,
        "totp_secret": SECRET,
        **more,
    }
    made = connection.execute(insert(User).values(values))
    (number,) = made.inserted_primary_key or (0,)
    return int(number)


type SignedIn = Callable[..., Awaitable[Client]]


@pytest.fixture
async def signed_in(desk_app: Starlette) -> AsyncIterator[SignedIn]:
    """`await signed_in(Role.REVIEWER)`: a client of a new user of that role who is signed in."""
    numbers = itertools.count(1)
    async with AsyncExitStack() as clients:

        async def sign_in(role: Role | str = Role.REVIEWER, **more: Any) -> Client:
            client = await clients.enter_async_context(Client(desk_app))
            client.name = more.pop("name", f"{role}{next(numbers)}")
            passed = more.pop("passed", True)

            def begin(connection: Connection) -> tuple[int, str, str]:
                number = add_user(connection, client.name, Role(role), **more)
                token = sessions.begin(
                    connection, number, passed=passed, address="127.0.0.1", agent="a test"
                )
                found = select(SignIn.csrf).where(SignIn.token_hash == sessions.hashed(token))
                return number, token, connection.execute(found).scalar_one()

            client.user_id, token, client.csrf = await client.write(begin)
            client.cookies.set(f"desk-{sessions.COOKIE}", token, domain="127.0.0.1", path="/")
            return client

        yield sign_in
