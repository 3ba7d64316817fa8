"""The commands by which the first administrator comes, and a lost one comes back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from desk.access import passwords
from records import database
from records.people import Deed, RecoveryCode, User
from tests.desk.access.signing import NEW_PASSWORD, PASSWORD

WEB = Path(__file__).resolve().parents[3]


def desk(*arguments: str, file: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run `python -m desk`."""
    return subprocess.run(
        [sys.executable, "-m", "desk", *arguments],
        cwd=WEB,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{file}", "DESK_PORT": "8085"},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
    )


def stored(file: Path) -> list[tuple[str, str, str, bool, str | None]]:
    engine = database.connect(f"sqlite:///{file}")
    with engine.connect() as connection:
        rows = connection.execute(
            select(User.name, User.role, User.password_hash, User.must_change, User.totp_secret)
        ).all()
    engine.dispose()
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


async def test_the_first_administrator_is_made_and_told_what_to_do_next(sqlite_file: Path) -> None:
    made = desk("admin", "--name", "Ann", "--password-stdin", file=sqlite_file, typed=PASSWORD)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("The administrator ann is made.\nNext: ")
    assert "http://127.0.0.1:8085/" in made.stdout
    ((name, role, kept, must_change, secret),) = stored(sqlite_file)
    assert (name, role, must_change, secret) == ("ann", "admin", False, None)
    assert await passwords.fits(PASSWORD, kept)
    assert PASSWORD not in made.stdout + kept


def test_a_name_that_is_taken_is_refused(sqlite_file: Path) -> None:
    for _ in range(2):
        made = desk("admin", "--name", "ann", "--password-stdin", file=sqlite_file, typed=PASSWORD)
    assert made.returncode == 1
    assert made.stderr.startswith("desk: There is a user named ann already.")
    assert len(stored(sqlite_file)) == 1


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("ann", "short", "at least 12"),
        ("ann", "", "at least 12"),
        ("ann", "password1234", "among the first"),
        ("a", PASSWORD, "3 to 40"),
        ("Ann Smith", PASSWORD, "3 to 40"),
    ],
)
def test_nothing_is_made_of_what_cannot_be_taken(
    name: str, password: str, says: str, sqlite_file: Path
) -> None:
    made = desk("admin", "--name", name, "--password-stdin", file=sqlite_file, typed=password)
    assert made.returncode == 1
    assert says in made.stderr
    assert "Traceback" not in made.stderr
    assert stored(sqlite_file) == []


def test_there_is_no_default_name_or_password(sqlite_file: Path) -> None:
    made = desk("admin", file=sqlite_file)
    assert (made.returncode, stored(sqlite_file)) == (1, [])
    assert "--name" in made.stderr


def test_without_tables_it_says_how_they_are_made(tmp_path: Path) -> None:
    made = desk(
        "admin", "--name", "ann", "--password-stdin", file=tmp_path / "new.db", typed=PASSWORD
    )
    assert made.returncode == 1
    assert "python -m gateway migrate" in made.stderr


async def test_who_has_lost_all_gets_a_new_password_to_be_changed(sqlite_file: Path) -> None:
    desk("admin", "--name", "ann", "--password-stdin", file=sqlite_file, typed=PASSWORD)
    engine = database.connect(f"sqlite:///{sqlite_file}")
    with engine.begin() as connection:
        connection.execute(update(User).values(totp_secret="X", totp_last=9))
        connection.execute(insert(RecoveryCode).values(user_id=1, code_hash="x"))
    engine.dispose()
    again = ("reset", "--name", "ann", "--password-stdin")
    done = desk(*again, file=sqlite_file, typed=NEW_PASSWORD)
    assert (done.returncode, done.stderr) == (0, "")
    ((_, _, kept, must_change, secret),) = stored(sqlite_file)
    assert await passwords.fits(NEW_PASSWORD, kept)
    assert (must_change, secret) == (True, None)
    engine = database.connect(f"sqlite:///{sqlite_file}")
    with engine.connect() as connection:
        assert connection.execute(select(RecoveryCode.id)).all() == []
        actions = connection.execute(select(Deed.action).order_by(Deed.id)).scalars().all()
    engine.dispose()
    assert actions == ["user_created", "password_reset", "second_factor_reset"]


def test_nobody_can_be_reset_who_is_not_there(sqlite_file: Path) -> None:
    done = desk("reset", "--name", "eve", "--password-stdin", file=sqlite_file, typed=PASSWORD)
    assert (done.returncode, done.stderr) == (1, "desk: There is no user named eve.\n")
