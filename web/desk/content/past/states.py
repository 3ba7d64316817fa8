"""The states of the content that can be compared: live, main, a release, a change, a commit."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from desk.changes import service
from desk.errors import CannotBe, NotFound
from desk.services import Services
from editing.git import GitFailed
from editing.repository import NoContent, Repository
from records.publishing import Release
from releases import switching

LIVE, MAIN = "live", "main"
_RELEASE = re.compile(r"release-([1-9]\d{0,8})", re.ASCII)
_CHANGE = re.compile(r"change-([1-9]\d{0,8})", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{7,40}")
_OFFERED = 50


@dataclass(frozen=True)
class State:
    """One state of the content.

    Attributes:
        name: what the address calls it.
        title: what people call it.
        commit: where it is in git.
    """

    name: str
    title: str
    commit: str


@dataclass(frozen=True)
class Offer:
    """A state that can be chosen."""

    name: str
    title: str


async def state(services: Services, name: str) -> State:
    """A state by its name.

    Args:
        services: the desk's parts.
        name: `live`, `main`, `release-12`, `change-5`, or a commit.

    Raises:
        CannotBe: there is none of that name.
    """
    name = name.strip().lower()
    if name == LIVE:
        number = await services.database.read(switching.live)
        if number is None:
            raise CannotBe("Nothing was released yet. Choose what is published instead.")
        return State(name, f"What patients get (release {number})", await _of(services, number))
    if found := _RELEASE.fullmatch(name):
        return State(name, f"Release {found[1]}", await _of(services, int(found[1])))
    if found := _CHANGE.fullmatch(name):
        try:
            draft = await service.current(services, int(found[1]))
        except NotFound:
            raise CannotBe(f"There is no change request {found[1]}.") from None
        return State(name, f"Change {draft.row.id}: {draft.row.title}", draft.head)
    commit = await asyncio.to_thread(_commit, services.repository, name)
    title = "What is published" if name == MAIN else f"Commit {commit[:10]}"
    return State(name, title, commit)


async def offers(services: Services) -> Sequence[Offer]:
    """What can be chosen, the latest first; commits can be typed."""
    releases = await services.database.read(_releases)
    changes = await service.open_changes(services)
    return [
        Offer(LIVE, "What patients get now"),
        Offer(MAIN, "What is published"),
        *(Offer(f"change-{one.id}", f"Change {one.id}: {one.title}") for one in changes),
        *releases,
    ]


def _releases(db: Connection) -> list[Offer]:
    asked = select(Release.number, Release.title).order_by(Release.number.desc()).limit(_OFFERED)
    return [
        Offer(f"release-{row.number}", f"Release {row.number}: {row.title}".rstrip(": "))
        for row in db.execute(asked)
    ]


async def _of(services: Services, number: int) -> str:
    asked = select(Release.commit).where(Release.number == number)
    commit = await services.database.read(lambda db: db.execute(asked).scalar_one_or_none())
    if commit is None:
        raise CannotBe(f"There is no release {number}.")
    return await asyncio.to_thread(_commit, services.repository, commit)


def _commit(repository: Repository, name: str) -> str:
    try:
        if name == MAIN:
            return repository.head()
        if _COMMIT.fullmatch(name):
            asked = f"{name}^{{commit}}"
            return repository.git.say("rev-parse", "--verify", "--quiet", asked)
    except NoContent as error:
        raise CannotBe(str(error)) from None
    except GitFailed:
        pass
    raise CannotBe(f"Nothing is called “{name[:60]}”. Write a commit, or choose from the list.")
