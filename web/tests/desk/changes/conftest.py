"""Change requests on a copy of the whole content."""

from pathlib import Path

import pytest
from sqlalchemy import select

from desk.access.permissions import Role
from desk.access.visitors import User
from desk.changes import service
from desk.services import Services
from records.people import Deed
from tests.desk.conftest import Client, SignedIn
from tests.editing.conftest import Checkout

TOPIC = "data/topics/brace/types.yml"
OTHER = "data/topics/brace/shoes.yml"


@pytest.fixture
def upstream(content_repository: Path) -> Checkout:
    """The checkout that the content comes from."""
    return Checkout(content_repository)


@pytest.fixture
async def ann(signed_in: SignedIn, upstream: Checkout) -> Client:
    """An editor at the desk."""
    return await signed_in(Role.EDITOR, name="ann")


@pytest.fixture
async def bob(signed_in: SignedIn, upstream: Checkout) -> Client:
    """Another editor."""
    return await signed_in(Role.EDITOR, name="bob")


def user(client: Client) -> User:
    """Who a client is."""
    return User(client.user_id, client.name, client.name.capitalize(), Role.EDITOR)


async def opened(client: Client, title: str = "Softer words") -> int:
    """A new change request of somebody's."""
    return await service.open_change(client.services, user(client), title, "Because.")


async def save(
    client: Client, change: int, *rewrites: tuple[str, str], path: str = TOPIC, base: str = ""
) -> service.Saved:
    """Replace words in a file, as it was at a commit or is now, and save it."""
    services = client.services
    commit = base or (await service.current(services, change)).head
    text = services.repository.tree(commit).read(path) or ""
    for old, new in rewrites:
        assert old in text
        text = text.replace(old, new)
    return await service.save(services, user(client), change, commit, {path: text}, "Words")


async def text_of(services: Services, change: int, path: str = TOPIC) -> str:
    """What a change request makes of a file."""
    return (await service.current(services, change)).tree.read(path) or ""


async def deeds(client: Client, change: int) -> list[str]:
    """What the log says was done to a change request."""
    asked = select(Deed.action).where(Deed.object == f"change:{change}").order_by(Deed.id)
    return list(await client.read(lambda db: db.execute(asked).scalars().all()))
