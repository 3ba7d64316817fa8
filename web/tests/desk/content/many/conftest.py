"""An editor with a change request on a copy of the whole content."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.access.permissions import Role
from desk.access.visitors import User
from desk.changes import service
from desk.settings import Settings
from tests.desk.conftest import Client, SignedIn


@dataclass
class Editor:
    """Somebody who edits, and the change request they work on."""

    client: Client
    change: int

    @property
    def user(self) -> User:
        """Who it is."""
        return User(self.client.user_id, self.client.name, self.client.name, Role.EDITOR)

    def at(self, page: str) -> str:
        """An address of the change request's."""
        return f"/changes/{self.change}/{page}"

    async def text(self, path: str) -> str | None:
        """What the change request makes of a file."""
        draft = await service.current(self.client.services, self.change)
        return draft.tree.read(path)

    async def head(self) -> str:
        """The commit that the change request is at."""
        return (await service.current(self.client.services, self.change)).head

    async def save(self, path: str, text: str | None, message: str = "Words") -> None:
        """Change a file behind the pages' back."""
        head = await self.head()
        services = self.client.services
        await service.save(services, self.user, self.change, head, {path: text}, message)


@pytest.fixture
def desk_settings(desk_settings: Settings, tmp_path: Path) -> Settings:
    """The settings of all tests, without a workbench: it takes long to start."""
    return desk_settings.model_copy(update={"dorsi_assistant_python": tmp_path / "none"})


type Editing = Callable[..., Awaitable[Editor]]


@pytest.fixture
async def editing(content_repository: Path, signed_in: SignedIn) -> Editing:
    """`await editing()`: a new editor with a new change request."""

    async def begin(name: str = "ann") -> Editor:
        client = await signed_in(Role.EDITOR, name=name)
        editor = Editor(client, 0)
        editor.change = await service.open_change(client.services, editor.user, "Words", "Why")
        return editor

    return begin
