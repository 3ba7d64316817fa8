"""Editors at a desk that has content."""

from pathlib import Path

import pytest

from desk.access.permissions import Role
from desk.access.visitors import User
from desk.settings import Settings
from tests.desk.conftest import Client, SignedIn


@pytest.fixture
def desk_settings(desk_settings: Settings, tmp_path: Path) -> Settings:
    """Without a workbench: what it says is given by the tests that ask for it."""
    return desk_settings.model_copy(update={"dorsi_assistant_python": tmp_path / "none"})


@pytest.fixture
async def editor(content_repository: Path, signed_in: SignedIn) -> Client:
    """Somebody who may edit."""
    return await signed_in(Role.EDITOR)


def user_of(client: Client) -> User:
    """A client's user."""
    return User(client.user_id, client.name, client.name.capitalize(), Role.EDITOR)
