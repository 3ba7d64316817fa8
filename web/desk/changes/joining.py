"""A change request's branch: what is saved on it, and what is put together with it.

All of it is done in threads: git takes a while.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from desk.changes.errors import CannotChange, Stale
from editing.commits import Author
from editing.documents import Document
from editing.git import Moved, commit_id
from editing.kinds import is_content
from editing.merges import MergeResult
from editing.merging import Choice, Merged, merge, resolved
from editing.repository import TRIES, Repository
from editing.shapes import Key

MAX_SIZE = 300_000
"""No file may be longer, in letters; the longest there is has 70 000."""
MAX_FILES = 300
"""No change request may change more files."""
TOGETHER = "Somebody else saved meanwhile. What you both changed was put together."
_ODD = "This form is not of this change request. Please open it again from its page."
_FAST = "Others are faster just now. Please try it again."


def branch_of(change: int) -> str:
    """The branch of a change request, made of its number alone."""
    return f"change/{change}"


def begin(repository: Repository, change: int, at: str | None = None) -> str:
    """Make the branch of a new change request.

    One of that number that is there is of another database: it is set aside.

    Args:
        repository: the content.
        change: the change request's number.
        at: where it begins; None for what is published.

    Returns:
        The commit that it begins with.
    """
    branch = branch_of(change)
    if (old := repository.find(branch)) is not None:
        repository.keep(f"before-{old[:16]}/{change}", old)
        repository.delete(branch)
    if at is not None:
        repository.create(branch, at)
    return head_of(repository, change)


def head_of(repository: Repository, change: int) -> str:
    """The commit that a change request's branch is at; it is made where it is missing."""
    branch = branch_of(change)
    if (found := repository.find(branch)) is None:
        with suppress(Moved):  # somebody else made it
            repository.create(branch, repository.head())
        found = repository.head(branch)
    return found


def save(
    repository: Repository,
    change: int,
    base: str,
    edits: Mapping[str, str | None],
    author: Author,
    message: str,
) -> tuple[str | None, str]:
    """Put what somebody wrote on the branch.

    Args:
        repository: the content.
        change: the change request's number.
        base: the commit that was edited.
        edits: whole new texts of files by their paths; None for a file that goes.
        author: who wrote them.
        message: what was done.

    Returns:
        The branch's new commit, None where nothing changed; and what else is to be said.

    Raises:
        Stale: somebody else changed the same fields.
        CannotChange: a rule forbids it.
        BrokenYaml: a text cannot be read.
    """
    branch, when = branch_of(change), datetime.now(UTC)
    head_of(repository, change)
    _look_at(edits)
    for _ in range(TRIES):
        head = repository.head(branch)
        _must_be_of(repository, base, head)
        changes, said = edits, ""
        if head != base:
            found = _with_edits(repository, base, head, edits)
            if found.conflicts:
                typed = repository.record(base, edits, author, message, when)
                repository.keep(_kept(change, typed), typed)
                raise Stale(change, found.conflicts, typed)
            changes, said = found.changes, " ".join([TOGETHER, *found.lost])
        _must_not_be_many(repository, head, changes)
        try:
            made = repository.commit(branch, head, changes, author, message, when)
        except Moved:
            continue
        return (None, "") if made == head else (made, said)
    raise CannotChange(_FAST)


@dataclass(frozen=True)
class Compared:
    """A change beside what is to be put together with it.

    Attributes:
        head: the commit of the change; it is `ours` in the conflicts.
        other: what somebody typed, or what was published; it is `theirs`.
        published: whether it is what was published.
        merged: both in one, as far as nobody has to choose.
    """

    head: str
    other: str
    published: bool
    merged: Merged


def compare(repository: Repository, change: int, other: str) -> Compared:
    """Put a change beside what somebody typed for it, or beside what was published.

    Raises:
        CannotChange: it is neither of both.
    """
    head = head_of(repository, change)
    try:
        commit_id(other)
    except ValueError:
        raise CannotChange(_ODD) from None
    published = repository.contains(repository.head(), other)
    base = repository.merge_base(head, other)
    if base is None or (not published and not repository.is_kept(_kept(change, other), other)):
        raise CannotChange(_ODD)
    if published and (outside := repository.foreign(base, head)):
        raise CannotChange(
            f"The change also has files that are no content, such as {outside[0]}. "
            "Somebody who knows git has to bring it in."
        )
    found = merge(*(repository.tree(commit) for commit in (base, head, other)))
    return Compared(head, other, published, found)


def settle(
    repository: Repository,
    change: int,
    head: str,
    other: str,
    choices: Mapping[tuple[str, Key], Choice],
    author: Author,
) -> str:
    """Put both together as somebody chose.

    Args:
        repository: the content.
        change: the change request's number.
        head: the commit of the change that was shown.
        other: the commit beside it.
        choices: what was chosen, by file and field.
        author: who chose.

    Returns:
        The branch's new commit.

    Raises:
        CannotChange: somebody saved meanwhile, or something is left to choose.
        BrokenYaml: what somebody wrote of their own cannot be read.
    """
    both = compare(repository, change, other)
    if both.head != head:
        raise CannotChange("Somebody saved meanwhile. Please look at it once more.")
    found = resolved(repository.tree(head), both.merged, choices)
    if found.conflicts:
        left = ", ".join(f"“{conflict.label}”" for conflict in found.conflicts)
        raise CannotChange(f"Please choose for each: {left}. Nothing was saved yet.")
    _look_at({path: text for path, text in found.changes.items() if is_content(path)})
    branch = branch_of(change)
    try:
        if both.published:
            return _with_published(repository, branch, both, found, author)
        made = repository.commit(
            branch,
            head,
            found.changes,
            author,
            "Chosen where two had changed the same",
            datetime.now(UTC),
        )
    except Moved:
        raise CannotChange(_FAST) from None
    repository.let_go(_kept(change, other))
    return made


def take_in(repository: Repository, branch: str) -> MergeResult:
    """Take what was published into a branch, where nothing is to be chosen."""
    for _ in range(TRIES):
        head = repository.head(branch)
        result = repository.merged(head, repository.head())
        if result.commit in (None, head):
            return result
        with suppress(Moved):
            repository.advance(branch, head, result.commit or head)
            return result
    raise CannotChange(_FAST)


def _with_published(
    repository: Repository, branch: str, both: Compared, found: Merged, author: Author
) -> str:
    """What was published, with the change in it as somebody chose."""
    made = repository.join(
        both.head,
        both.other,
        repository.tree(both.head).changed(found.changes),
        author,
        "With what was published meanwhile",
    )
    repository.advance(branch, both.head, made)
    return made


def _with_edits(
    repository: Repository, base: str, head: str, edits: Mapping[str, str | None]
) -> Merged:
    before = repository.tree(base)
    return merge(before, repository.tree(head), before.changed(edits))


def _look_at(edits: Mapping[str, str | None]) -> None:
    for path, text in edits.items():
        if not is_content(path):
            raise CannotChange("Only the files of the content can be changed here.")
        if text is not None and len(text) > MAX_SIZE:
            raise CannotChange(f"{path} is too long: at most {MAX_SIZE} letters. Split it.")
        if text is not None:
            Document.parse(text)


def _must_be_of(repository: Repository, base: str, head: str) -> None:
    try:
        known = repository.contains(head, commit_id(base))
    except ValueError:
        known = False
    if not known:
        raise CannotChange(_ODD)


def _must_not_be_many(repository: Repository, head: str, changes: Mapping[str, str | None]) -> None:
    base = repository.merge_base(head, repository.head()) or head
    if len({*repository.diff_paths(base, head), *changes}) > MAX_FILES:
        raise CannotChange(
            f"A change request can change at most {MAX_FILES} files. Make another for the rest."
        )


def _kept(change: int, typed: str) -> str:
    """What keeps what somebody typed until somebody chose."""
    return f"typed-{typed[:16]}/{change}"
