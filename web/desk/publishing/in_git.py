"""What git has of a change on its way: its merge, its writers, what patients would get anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.changes.service import Draft
from desk.publishing import anew
from desk.services import Services
from editing.commits import DESK, Author, Commit
from editing.merges import MergeResult
from releases import folder


@dataclass(frozen=True)
class Released:
    """What the database has of the releases.

    Attributes:
        live: the number of the one that patients have; None where there is none yet.
        commits: those of the newest releases.
    """

    live: int | None
    commits: Sequence[str]


@dataclass(frozen=True)
class InGit:
    """What git has of a change.

    Attributes:
        commit: its merge with what is published; empty where it cannot be merged.
        writers: the authors of all that was in no release yet, and who put it into git.
        others: paths that patients would get anew with it which it does not change itself.
        state: what approvals are given to (`desk.publishing.anew.digest`).
        is_from_outside: whether some of it was put into git by others than the desk, or nobody
            knows how it came about.
    """

    commit: str
    writers: Sequence[Author]
    others: Sequence[str]
    state: str
    is_from_outside: bool


def in_git(parts: Services, draft: Draft, merged: MergeResult, released: Released) -> InGit:
    """What git has of a change.

    Args:
        parts: the desk's parts.
        draft: the change.
        merged: its merge with what is published.
        released: what was released.

    Raises:
        desk.errors.CannotBe: what patients have now cannot be read.
    """
    repository = parts.repository
    commit = merged.commit or ""
    reaches = commit or draft.head
    before, same = _before(parts, draft, released)
    found = anew.differing(anew.of_tree(repository.tree(reaches)), before)
    known = [one for one in released.commits if repository.merge_base(one, reaches)] + same
    commits = repository.log(reaches, but=known or [draft.base])
    others = sorted(set(found) - set(draft.paths))
    is_unexplained = bool(others) and not known
    return InGit(
        commit=commit,
        writers=_writers(commits),
        others=others,
        state=anew.digest(draft.head, found, draft.row.reason),
        is_from_outside=is_unexplained or any(one.committer != DESK.name for one in commits),
    )


def _before(parts: Services, draft: Draft, released: Released) -> tuple[anew.Ids, list[str]]:
    """What patients have now, and the newest commit of `main` that has just that, if one has.

    Whatever led to that commit changes nothing for them, such as the program's own commits.
    """
    data = parts.settings.dorsi_data
    if released.live is not None:
        data = folder.place(parts.settings.releases.absolute(), released.live).data
    before = anew.of_folder(data, is_release=released.live is not None)
    found = anew.last_with(parts.repository, draft.main, before)
    return before, [found] if found else []


def _writers(commits: Sequence[Commit]) -> list[Author]:
    """Who wrote commits, and who put them into git; the desk itself is nobody."""
    found = {Author(one.author, one.email) for one in commits}
    found |= {Author(one.committer, "") for one in commits}
    return sorted(
        (one for one in found if one.name not in ("", DESK.name)),
        key=lambda one: (one.name, one.email),
    )
