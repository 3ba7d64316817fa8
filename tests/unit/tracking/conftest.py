"""Databases to keep conversations in: a SQLite file and, where there is a server, PostgreSQL."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.tracking.store import Conversations
from tests.unit.diary.conftest import POSTGRES, postgres
from tests.unit.tracking.talking import DOMAIN

__all__ = ["postgres"]

Replica = Callable[[], Conversations]


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No log of slots whose names are no text: pytest-xdist cannot send half a character."""
    monkeypatch.setattr(logging.getLogger("rasa.shared.core.trackers"), "disabled", True)


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'rasa.db'}"


@pytest.fixture
def replica(url: str) -> Iterator[Replica]:
    """Makes stores on the same database, each as a process of its own would."""
    made: list[Conversations] = []

    def another() -> Conversations:
        made.append(Conversations(DOMAIN, url))
        return made[-1]

    yield another
    for store in made:
        store.close()


@pytest.fixture
def store(replica: Replica) -> Conversations:
    return replica()
