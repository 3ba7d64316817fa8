"""What can be done to a change request: its row and its branch together.

Git comes first and the database second. A commit on a branch harms nobody: what is checked,
approved and published is always a commit, and never "whatever the branch has".
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.access.visitors import User
from desk.changes import joining, rows
from desk.changes.errors import CannotChange, Stale
from desk.changes.rows import OPEN, Change
from desk.privacy.audit import Action, Actor
from desk.services import Services
from editing.commits import Author
from editing.merges import MergeResult
from editing.merging import Choice
from editing.repository import NoContent, Repository
from editing.shapes import Key
from editing.trees import Tree
from records.words import ChangeStatus

__all__ = ["CannotChange", "Change", "Draft", "Saved", "Stale"]

type Edits = Mapping[str, str | None]
type Choices = Mapping[tuple[str, Key], Choice]


@dataclass(frozen=True)
class Draft:
    """A change request as it is now.

    Attributes:
        row: what the database has of it.
        head: the commit its branch is at; what a form that is made from it has to name.
        base: the newest commit of `main` that is in it.
        main: the commit `main` is at.
        tree: the content as the change has it.
        paths: the files that it changes.
    """

    row: Change
    head: str
    base: str
    main: str
    tree: Tree
    paths: Sequence[str]

    @property
    def behind(self) -> bool:
        """Whether something was published that is not in it."""
        return self.base != self.main


@dataclass(frozen=True)
class Saved:
    """What came of saving.

    Attributes:
        commit: the branch's commit now.
        unchanged: whether there was nothing to save.
        said: what else is to be known, in words: whose changes were put together with it.
    """

    commit: str
    unchanged: bool
    said: str = ""


async def open_change(services: Services, who: User, title: str, reason: str) -> int:
    """Make a change request.

    Args:
        services: the desk's parts.
        who: its author.
        title: what it is about.
        reason: why.

    Returns:
        Its number.

    Raises:
        CannotChange: it has no title, a text is too long, or the content cannot be read.
    """
    rows.fit(title, reason)
    await fetch(services)
    id = await services.database.write(lambda db: rows.add(db, actor(who), title, reason))
    await asyncio.to_thread(joining.begin, services.repository, id)
    return id


async def open_from_outside(services: Services, who: User) -> int:
    """Make a change request of what is new where the content comes from and conflicts with ours.

    Returns:
        Its number. Where it conflicts with what was published here, somebody chooses as ever.

    Raises:
        CannotChange: nothing is waiting there.
    """
    if (await fetch(services)).commit is not None:
        raise CannotChange("Nothing is waiting there any more.")
    at = await asyncio.to_thread(services.repository.upstream_head)
    title, reason = "Changes made outside the desk", "They conflict with what was published here."
    id = await services.database.write(lambda db: rows.add(db, actor(who), title, reason))
    await asyncio.to_thread(joining.begin, services.repository, id, at)
    return id


async def current(services: Services, change: int) -> Draft:
    """A change request as it is now.

    Raises:
        desk.errors.NotFound: there is none of that number.
        CannotChange: the content cannot be read.
    """
    row = await services.database.read(lambda db: rows.read(db, change))
    return await asyncio.to_thread(_draft, services.repository, row)


async def save(
    services: Services, who: User, change: int, base: str, edits: Edits, message: str
) -> Saved:
    """Keep what somebody wrote. A change request that was submitted is a draft again.

    Where somebody else saved meanwhile, both are put together field by field.

    Args:
        services: the desk's parts.
        who: who wrote it.
        change: the change request's number.
        base: the commit that was edited, as `Draft.head` had it when the form was made.
        edits: whole new texts of files by their paths; None for a file that goes.
        message: what was done, for the history.

    Raises:
        Stale: somebody else changed the same fields; nothing is saved before somebody chose.
        CannotChange: a rule forbids it.
        editing.broken.BrokenYaml: a text cannot be read.
    """
    row = await services.database.read(lambda db: rows.read(db, change))
    _must_be_open(row)
    commit, said = await asyncio.to_thread(
        joining.save, services.repository, change, base, edits, author(who), message
    )
    if commit is None:
        return Saved(base, True)
    await _edited(services, who, change, Action.CHANGE_SAVED, commit, files=len(edits))
    return Saved(commit, False, said)


async def choose(
    services: Services, who: User, change: int, head: str, other: str, choices: Choices
) -> Saved:
    """Settle conflicts, and keep what comes of it.

    Args:
        services: the desk's parts.
        who: who chose.
        change: the change request's number.
        head: the commit of the change that was shown.
        other: the commit beside it: what somebody typed, or what was published.
        choices: what was chosen, by file and field.

    Raises:
        CannotChange: somebody saved meanwhile, something is left to choose, or a rule forbids it.
        editing.broken.BrokenYaml: what somebody wrote of their own cannot be read.
    """
    row = await services.database.read(lambda db: rows.read(db, change))
    _must_be_open(row)
    commit = await asyncio.to_thread(
        joining.settle, services.repository, change, head, other, choices, author(who)
    )
    await _edited(services, who, change, Action.CHANGE_MERGED, commit)
    return Saved(commit, False)


async def take_in(services: Services, who: User, change: int) -> MergeResult:
    """Take what was published meanwhile into a change request, where nothing is to be chosen.

    What comes of it is the commit that the checks looked at; so it may stay submitted.

    Raises:
        CannotChange: a rule forbids it.
    """
    draft = await current(services, change)
    _must_be_open(draft.row)
    result = await asyncio.to_thread(joining.take_in, services.repository, draft.row.branch)
    if result.commit is not None and result.commit != draft.head:
        await services.database.write(
            lambda db: rows.move(
                db,
                actor(who),
                change,
                Action.CHANGE_MERGED,
                [draft.row.status],
                draft.row.status,
                commit=result.commit,
            )
        )
    return result


async def merged(services: Services, change: int) -> MergeResult:
    """A change request with what is published now; nothing is moved.

    The same two heads give the same commit.
    """
    await fetch(services)
    draft = await current(services, change)
    return await asyncio.to_thread(services.repository.merged, draft.head, draft.main)


async def submit(services: Services, who: User, change: int) -> str:
    """Hand a change request in, to be checked and approved.

    Returns:
        The commit that was handed in.

    Raises:
        CannotChange: it changes nothing, conflicts with what is published, or is no draft.
    """
    result, draft = await merged(services, change), await current(services, change)
    if not draft.paths:
        raise CannotChange("It changes nothing yet. Change something first.")
    if result.commit is None:
        why = result.said or "Something else was published that changes the same fields."
        raise CannotChange(f"{why} Take in what was published first.")
    await _move(services, who, change, Action.CHANGE_SUBMITTED, draft.head)
    return draft.head


async def withdraw(services: Services, who: User, change: int) -> None:
    """Take a change request back; it can be opened again."""
    await _move(services, who, change, Action.CHANGE_WITHDRAWN)


async def reopen(services: Services, who: User, change: int) -> None:
    """Make a draft again of what was withdrawn."""
    await _move(services, who, change, Action.CHANGE_REOPENED)


async def describe(services: Services, who: User, change: int, title: str, reason: str) -> None:
    """Give a change request another title and reason."""
    await services.database.write(lambda db: rows.describe(db, actor(who), change, title, reason))


async def drafts_of(services: Services, user: User) -> Sequence[Change]:
    """The change requests that a user began and that can be edited, the latest first."""
    return await services.database.read(lambda db: rows.listed(db, OPEN, user.id))


async def open_changes(services: Services) -> Sequence[Change]:
    """All change requests that can be edited, the latest first."""
    return await services.database.read(lambda db: rows.listed(db, OPEN))


async def fetch(services: Services) -> MergeResult:
    """Take in what is new where the content comes from.

    Where that cannot be reached the desk goes on with what it has.

    Raises:
        CannotChange: there is no content at all.
    """
    return await asyncio.to_thread(_fetched, services.repository)


def actor(who: User) -> Actor:
    """A user as the log names them."""
    return Actor(who.name, who.id)


def author(who: User) -> Author:
    """A user as git names them."""
    return Author(who.shown, f"{who.name}@desk")


_MOVES = {
    Action.CHANGE_SUBMITTED: ((ChangeStatus.DRAFT,), ChangeStatus.SUBMITTED),
    Action.CHANGE_WITHDRAWN: (OPEN, ChangeStatus.WITHDRAWN),
    Action.CHANGE_REOPENED: ((ChangeStatus.WITHDRAWN,), ChangeStatus.DRAFT),
}


async def _move(
    services: Services, who: User, change: int, action: Action, commit: str | None = None
) -> None:
    from_, to = _MOVES[action]
    detail = {} if commit is None else {"commit": commit}
    await services.database.write(
        lambda db: rows.move(db, actor(who), change, action, from_, to, **detail)
    )


async def _edited(
    services: Services, who: User, change: int, action: Action, commit: str, **detail: int
) -> None:
    await services.database.write(
        lambda db: rows.move(
            db, actor(who), change, action, OPEN, ChangeStatus.DRAFT, commit=commit, **detail
        )
    )


def _must_be_open(row: Change) -> None:
    if row.status is ChangeStatus.WITHDRAWN:
        raise CannotChange("This change request is withdrawn. Open it again first.")
    if not row.is_open:
        raise CannotChange("This change request is published. Please make a new one.")


def _draft(repository: Repository, row: Change) -> Draft:
    try:
        head, main = joining.head_of(repository, row.id), repository.head()
    except NoContent as error:
        raise CannotChange(str(error)) from None
    base = repository.merge_base(head, main) or main
    return Draft(row, head, base, main, repository.tree(head), repository.diff_paths(base, head))


def _fetched(repository: Repository) -> MergeResult:
    try:
        return repository.fetch()
    except NoContent as error:
        try:
            return MergeResult(repository.head(), said=str(error))
        except NoContent:
            raise CannotChange(str(error)) from None
