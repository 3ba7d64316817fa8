"""Making a release: first its folder, which takes a while, then in one moment its number."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from records.base import now
from records.database import Database
from records.publishing import Release
from releases import folder
from releases.checksums import of_content, of_file
from releases.folder import Manifest


@dataclass(frozen=True)
class Prepared:
    """A release that lacks its number.

    Attributes:
        folder: where it lies meanwhile.
        checksum: of the content.
        model: the name of the model.
        model_checksum: of the model's file.
        code: what the model was trained by; empty where that is not known.
    """

    folder: Path
    checksum: str
    model: str
    model_checksum: str
    code: str


def prepare(releases: Path, *, data: Path, model: Path, code: str) -> Prepared:
    """Copy content and model; no database is needed, and nobody waits for it.

    Args:
        releases: the folder of all releases (the setting `dorsi_releases`).
        data: the content.
        model: the model that learnt from it.
        code: what the model was trained by (the setting `dorsi_code`).

    Raises:
        OSError: something cannot be read or written.
    """
    made = folder.prepare(releases, data, model)
    its_checksum = of_file(made / folder.MODEL)
    return Prepared(
        folder=made,
        checksum=of_content(made / folder.DATA),
        model=folder.name_of(model, its_checksum),
        model_checksum=its_checksum,
        code=code,
    )


def enter(
    db: Connection,
    prepared: Prepared,
    *,
    commit: str = "",
    title: str = "",
    figures: Any = None,
    approvers: Sequence[str] = (),
    by: str = "",
) -> int:
    """Give a prepared release its number, in the caller's transaction.

    Args:
        db: the transaction. Where it is not committed, there is no such release; what is left of
            its folder is replaced by the next of that number.
        prepared: what was prepared.
        commit: the commit of the content, where it has one.
        title: what is published.
        figures: what was measured.
        approvers: who approved of it, by name.
        by: who has it made.

    Returns:
        The number.

    Raises:
        OSError: the folder cannot be written.
    """
    made_at = now()
    values = {
        "commit": commit,
        "title": title,
        "checksum": prepared.checksum,
        "model_checksum": prepared.model_checksum,
        "code": prepared.code,
        "figures": figures,
        "approvers": list(approvers),
        "by": by,
        "made_at": made_at,
    }
    number = int(db.execute(insert(Release).values(values).returning(Release.number)).scalar_one())
    manifest = Manifest(
        **{**values, "approvers": tuple(approvers), "made_at": made_at.isoformat()},
        number=number,
        model=prepared.model,
    )
    folder.finish(prepared.folder, manifest)
    return number


def discard(prepared: Prepared) -> None:
    """Remove what was prepared, if it did not become a release."""
    shutil.rmtree(prepared.folder, ignore_errors=True)


async def make(
    database: Database, releases: Path, *, data: Path, model: Path, code: str, **about: Any
) -> int:
    """Prepare a release and give it its number.

    Args:
        database: where releases are entered.
        releases: the folder of all releases.
        data: the content.
        model: the model that learnt from it.
        code: what the model was trained by.
        about: what `enter` is told.

    Raises:
        OSError: something cannot be read or written.
        Exception: whatever the database raises.
    """
    prepared = await asyncio.to_thread(prepare, releases, data=data, model=model, code=code)
    try:
        return await database.write(lambda db: enter(db, prepared, **about))
    finally:
        discard(prepared)
