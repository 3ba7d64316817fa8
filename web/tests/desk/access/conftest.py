"""A clock, and somebody who can sign in."""

import pytest
from starlette.applications import Starlette

from tests.desk.access.signing import Clock, Person, person


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The present moment, which stands still until a test moves it."""
    return Clock(monkeypatch)


@pytest.fixture
async def ann(desk_app: Starlette, clock: Clock) -> Person:
    """A reviewer at her browser."""
    return await person(desk_app, clock)
