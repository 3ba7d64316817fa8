"""A database with people and a change request, and programs that play the checks."""

import sys
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import Connection, insert
from starlette.applications import Starlette

from desk.access.permissions import Role
from desk.privacy.audit import Actor
from desk.settings import Settings
from records.publishing import ChangeRequest
from records.words import ChangeStatus
from tests.desk.conftest import SignedIn
from tests.desk.publishing.desking import CONTENT, Desk, opened, upstream, write
from tests.desk.review.conftest import add


@pytest.fixture
def ann(db: Connection) -> Actor:
    """An editor."""
    return add(db, "ann", Role.EDITOR)


def request_of(
    connection: Connection,
    author: int | None,
    status: ChangeStatus = ChangeStatus.SUBMITTED,
    **more: object,
) -> int:
    """A change request's row."""
    values = {"title": "Braces", "branch": f"change/{author}-{status}", "author": author, **more}
    made = connection.execute(insert(ChangeRequest).values(status=str(status), **values))
    (id,) = made.inserted_primary_key or (0,)
    return int(id)


def program(folder: Path, body: str) -> Path:
    """A program that stands for the Python of the assistant's part: it plays `-m gate`.

    Its arguments are read as the gate's, and `out` is the folder it may write into.
    """
    head = """
        import json, os, signal, subprocess, sys, time
        from pathlib import Path

        options = dict(zip(sys.argv[3::2], sys.argv[4::2]))
        out = Path(options["--out"])

        def say(**what):
            print(json.dumps(what), flush=True)

        def report(passed, **more):
            names = "lint answers safety validate train understanding dialogues speed".split()
            steps = [{"id": name, "title": name.title(), "passed": True} for name in names]
            steps[0]["passed"] = passed
            made = {"version": 1, "passed": passed, "steps": steps}
            model = {"path": str(out / "model.tar.gz"), "checksum": "0" * 64}
            (out / "report.json").write_text(json.dumps({**made, "model": model, **more}))
            say(report=str(out / "report.json"), passed=passed)
            sys.exit(0 if passed else 1)
    """
    file = folder / "gate-that-is-played"
    file.write_text(f"#!{sys.executable}\n{dedent(head)}\n{dedent(body)}")
    file.chmod(0o755)
    return file


@pytest.fixture
def desk_settings(tmp_path: Path, sqlite_file: Path) -> Settings:
    """Settings that lead to a fresh database and to content of its own."""
    write(tmp_path / "laid", CONTENT)
    return Settings(
        dorsi_home=tmp_path / "home",
        dorsi_data=tmp_path / "laid/data",
        dorsi_content_repository=str(upstream(tmp_path)),
        database_url=f"sqlite:///{sqlite_file}",
    )


@pytest.fixture
async def way(desk_app: Starlette, signed_in: SignedIn, tmp_path: Path) -> Desk:
    """A desk with a change request on its way."""
    return await opened(desk_app, signed_in, tmp_path)
