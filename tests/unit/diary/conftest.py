"""Databases to keep a diary in: a SQLite file and, where there is a server, PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from diary.database import migrate
from diary.store import Diary

SERVER = "DORSI_TEST_POSTGRES"
POSTGRES = pytest.param(
    "postgres", marks=pytest.mark.skipif(SERVER not in os.environ, reason=f"{SERVER} is not set")
)


@pytest.fixture
def postgres() -> Iterator[str]:
    """A PostgreSQL database with nothing in it, made for this test."""
    server = make_url(os.environ[SERVER]).set(drivername="postgresql+psycopg2")
    name = f"dorsi_{uuid.uuid4().hex}"
    engine = create_engine(server, future=True, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", POSTGRES])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'diary.db'}"


@pytest.fixture
def url(empty: str) -> str:
    """The address of a database with the diary's tables."""
    migrate(empty)
    return empty


@pytest.fixture
def store(url: str) -> Iterator[Diary]:
    """A diary in it."""
    store = Diary(url)
    yield store
    store.close()
