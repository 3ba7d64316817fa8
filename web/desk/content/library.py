"""The content as the pages show it: what is published next, what is live, and what is in change."""

import asyncio
import time
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from desk import served
from desk.access.visitors import User
from desk.changes import service
from desk.changes.service import Change
from desk.content import shelf
from desk.content.browsing import Changes, Touched
from desk.content.shelf import FOLDER, Shelf
from desk.errors import Refused
from desk.services import Services
from editing.repository import NoContent, Repository
from editing.shapes import Kind

LOOKED_SECONDS = 20
DRAFTS = 30
"""So many drafts are offered to go on with."""
_SHELVES_KEPT = 8
_COMPARED_KEPT = 200

type Which = tuple[Kind, str]


class Folder:
    """The files of a folder of content, by their paths in the repository."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def paths(self, under: str = "") -> Sequence[str]:
        """The files in a folder, and below."""
        found = (f"{FOLDER}/{file.relative_to(self._data)}" for file in self._data.rglob("*.yml"))
        return sorted(path for path in found if path.startswith(under))

    def read(self, path: str) -> str | None:
        """A file's text; None where there is none, or none that can be read."""
        try:
            return (self._data / path.removeprefix(f"{FOLDER}/")).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None


async def main(services: Services) -> Shelf:
    """The content as the next release will have it, but for what is in change.

    Raises:
        Refused: the content's repository cannot be read.
    """
    repository = services.repository
    try:
        return await asyncio.to_thread(lambda: at(repository, repository.head()))
    except NoContent as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None


async def live(services: Services) -> Shelf:
    """The content that patients get."""
    return await asyncio.to_thread(_recent, await served.data(services), _now())


async def changes(services: Services) -> Changes:
    """By item, the change requests that are not finished and change it."""
    found = await service.open_changes(services)
    return await asyncio.to_thread(_touched, services.repository, found)


async def drafts(services: Services, who: User) -> Sequence[Change]:
    """The change requests that a user can go on with, their own first."""
    found = await service.open_changes(services)
    return sorted(found, key=lambda one: one.author != who.id)[:DRAFTS]


@lru_cache(maxsize=_SHELVES_KEPT)
def at(repository: Repository, commit: str) -> Shelf:
    """The content at a commit."""
    return shelf.read(repository.tree(commit))


@lru_cache(maxsize=2)
def _recent(data: Path, _: int) -> Shelf:
    return shelf.read(Folder(data))


def _now() -> int:
    return int(time.monotonic() // LOOKED_SECONDS)


def _touched(repository: Repository, open_changes: Sequence[Change]) -> Changes:
    found: dict[Which, list[Touched]] = {}
    main = repository.head()
    for one in open_changes:
        head = repository.find(one.branch)
        base = repository.merge_base(main, head) if head else None
        for which in _differing(repository, base, head) if base and head else ():
            found.setdefault(which, []).append(Touched(one.id, one.title))
    return found


@lru_cache(maxsize=_COMPARED_KEPT)
def _differing(repository: Repository, base: str, head: str) -> Sequence[Which]:
    """The items that two commits do not have in common."""
    before, after = repository.tree(base), repository.tree(head)
    found: list[Which] = []
    for path in repository.diff_paths(base, head):
        old, new = (shelf.items(tree, path) for tree in (before, after))
        found += [which for which in {**old, **new} if old.get(which) != new.get(which)]
    return found
