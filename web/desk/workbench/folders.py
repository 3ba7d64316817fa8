"""Change requests as the workbench takes them: a folder that stays, and what differs from it."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from desk.changes.service import Draft
from desk.services import Services
from editing.repository import Repository

FOLDER = "workbench"
KEPT = 4
"""Folders of commits; change requests begin at few."""

type Changes = Mapping[str, str | None]


async def of(
    services: Services, draft: Draft, unsaved: Changes
) -> tuple[Path, dict[str, str | None]]:
    """The folder that a change request began with, and all that differs from it.

    Args:
        services: the desk's parts.
        draft: the change request.
        unsaved: texts that stand for files of these paths; None is for a deleted one.
    """
    folder = await at(services, draft.base)
    changes = await asyncio.to_thread(lambda: {path: draft.tree.read(path) for path in draft.paths})
    return folder, {**changes, **unsaved}


async def at(services: Services, commit: str) -> Path:
    """The folder of all content of a commit."""
    return await asyncio.to_thread(_exported, services.repository, _home(services), commit)


def _home(services: Services) -> Path:
    return services.settings.dorsi_home.absolute() / FOLDER


def _exported(repository: Repository, home: Path, commit: str) -> Path:
    """All content of a commit; it appears whole or not at all."""
    folder = home / commit
    if folder.is_dir():
        folder.touch()
        return folder
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".") as unfinished:
        whole = Path(unfinished) / "data"
        repository.tree(commit).export(whole)
        try:
            whole.rename(folder)
        except OSError:
            if not folder.is_dir():  # else somebody else was quicker
                raise
    known = sorted(home.glob("[0-9a-f]*"), key=lambda path: -path.stat().st_mtime_ns)
    for old in known[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return folder
