"""Where the diary is kept, and how its tables come about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from diary.database import ROOT, VERSION_TABLE, DiaryError, at_home, connect, migrate
from diary.models import Base
from diary.store import Diary

from .making import ID, TODAY

WITHOUT = {name: "" for name in ("DIARY_URL", "DATABASE_URL", "DORSI_HOME")}


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m diary`."""
    return subprocess.run(
        [sys.executable, "-m", "diary", *arguments],
        cwd=ROOT,
        env={**os.environ, **WITHOUT, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({"DORSI_HOME": "/srv/dorsi"}, "sqlite:////srv/dorsi/diary.db"),
        ({}, f"sqlite:///{ROOT}/var/diary.db"),
        ({"DIARY_URL": "", "DATABASE_URL": "", "DORSI_HOME": ""}, f"sqlite:///{ROOT}/var/diary.db"),
        ({"DATABASE_URL": "postgresql://u:p@h/d"}, "postgresql+psycopg2://u:p@h/d"),
        ({"DATABASE_URL": "postgres://u@h/d"}, "postgresql+psycopg2://u@h/d"),
        (
            {"DATABASE_URL": "postgresql+asyncpg://u@h:6/d?ssl=require", "DORSI_HOME": "/x"},
            "postgresql+psycopg2://u@h:6/d?sslmode=require",
        ),
        ({"DATABASE_URL": "sqlite+aiosqlite:////x/dorsi.db"}, "sqlite:////x/dorsi.db"),
        ({"DIARY_URL": "sqlite:////y.db", "DATABASE_URL": "postgresql://h/d"}, "sqlite:////y.db"),
    ],
)
def test_the_diary_is_kept_where_the_environment_says(environ: dict[str, str], url: str) -> None:
    assert at_home(environ) == url


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "nonsense secret"])
def test_an_address_of_no_use_is_refused_without_its_password(url: str) -> None:
    for use in (lambda: at_home({"DIARY_URL": url}), lambda: Diary(url), lambda: migrate(url)):
        with pytest.raises(DiaryError, match="address") as caught:
            use()
        assert "secret" not in str(caught.value)


def test_the_migrations_make_the_tables_the_models_describe(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        options: dict[str, Any] = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_every_row_is_erased_together_with_its_diary(url: str) -> None:
    engine = connect(url)
    tables = set(Base.metadata.tables) - {"diaries"}
    for table in tables:
        (key,) = inspect(engine).get_foreign_keys(table)
        assert key["options"]["ondelete"] == "CASCADE"
    engine.dispose()
    assert len(tables) == 3


def test_migrating_again_changes_nothing(url: str) -> None:
    store = Diary(url)
    store.consent(ID, TODAY)
    migrate(url)
    assert store.consented(ID)
    store.close()


def test_the_diary_shares_a_database_with_tables_of_another_version(empty: str) -> None:
    engine = connect(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0002')"))
    migrate(empty)
    with engine.connect() as connection:
        versions = text("SELECT version_num FROM alembic_version")
        assert connection.execute(versions).scalars().all() == ["0002"]
        own = text(f"SELECT version_num FROM {VERSION_TABLE}")
        assert connection.execute(own).scalars().all() == ["0001"]
    engine.dispose()


def test_the_command_makes_the_database_and_its_private_folder(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    result = command("migrate", DORSI_HOME=str(home))
    assert (result.returncode, result.stderr) == (0, "")
    assert home.stat().st_mode & 0o077 == 0
    store = Diary(at_home({"DORSI_HOME": str(home)}))
    assert not store.consented(ID)
    store.close()


def test_help_says_what_there_is() -> None:
    result = command("--help")
    assert result.returncode == 0
    assert all(name in result.stdout for name in ("migrate", *WITHOUT))


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DIARY_URL": "mysql://u:secret@h/d"}, "must start with sqlite:// or postgresql://"),
        ({"DIARY_URL": "postgresql://u:secret@127.0.0.1:1/x"}, "OperationalError"),
        ({"DORSI_HOME": "/proc/nowhere"}, "failed"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_in_a_sentence(
    environment: dict[str, str], sentence: str
) -> None:
    result = command("migrate", **environment)
    assert result.returncode == 1
    assert result.stderr.startswith("diary: ")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert "secret" not in result.stderr
