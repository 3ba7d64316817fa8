"""A release is made in two steps: slowly its folder, at once its number."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from records.database import Database
from records.publishing import Release
from releases import folder, making
from tests.releases.conftest import CODE, Make


def test_the_database_knows_what_the_folder_says(
    make: Make, db: Connection, releases: Path
) -> None:
    number = make(commit="b" * 40, title="Braces", approvers=["ann"], by="cat", figures={"f": 1})
    row = db.execute(select(Release.__table__)).one()
    found = folder.read(releases, number)
    assert (row.number, row.commit, row.title, row.by) == (number, "b" * 40, "Braces", "cat")
    assert (row.checksum, row.model_checksum) == (found.checksum, found.model_checksum)
    assert (row.code, row.approvers, row.figures, row.kept) == (CODE, ["ann"], {"f": 1}, True)


def test_each_release_has_a_number_of_its_own(make: Make) -> None:
    assert [make(), make(), make()] == [1, 2, 3]


@pytest.fixture
async def opened(any_url: str) -> Any:
    found = Database(any_url)
    yield found
    await found.close()


async def test_whoever_has_no_transaction_makes_one_in_one_go(
    opened: Database, releases: Path, data: Path, model: Path
) -> None:
    number = await making.make(
        opened, releases, data=data, model=model, code=CODE, title="All of it"
    )
    assert folder.read(releases, number).title == "All of it"
    assert [file.name for file in releases.iterdir()] == [str(number)]


async def test_where_the_database_fails_nothing_is_left(
    opened: Database, releases: Path, data: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(opened, "write", fail)
    with pytest.raises(ConnectionRefusedError):
        await making.make(opened, releases, data=data, model=model, code=CODE)
    assert list(releases.iterdir()) == []
