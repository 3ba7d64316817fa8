"""Releases of a small content, and a database to enter them in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from releases import making

CODE = "c0de"

type Make = Callable[..., int]


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """The folder of all releases."""
    return tmp_path / "releases"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small content."""
    folder = tmp_path / "content"
    (folder / "topics/brace").mkdir(parents=True)
    (folder / "topics/brace/types.yml").write_text("id: brace/types\n")
    (folder / "regions.yml").write_text("GB: {}\n")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """What stands for a trained model."""
    file = tmp_path / "dorsi-0123456789abcdef.tar.gz"
    file.write_bytes(b"a model")
    return file


@pytest.fixture
def make(db: Connection, releases: Path, data: Path, model: Path) -> Make:
    """Make a release of them; what is given is told to `making.enter`."""

    def made(**about: object) -> int:
        prepared = making.prepare(releases, data=data, model=model, code=CODE)
        return making.enter(db, prepared, **about)  # type: ignore[arg-type]

    return made
