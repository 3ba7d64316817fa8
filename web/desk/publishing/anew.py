"""What patients would get anew with a change: all that differs from what they get at this moment.

What is served is read where it is served from: a release that was installed has no commit in git,
and a folder cannot say that it has one when it has not.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from desk.errors import CannotBe
from editing.repository import Repository
from editing.shapes import CONTENT
from editing.trees import Tree
from releases.checksums import files

GONE = ""
"""Instead of git's id of a file that patients would get no more."""
LOOKED_BACK = 20
"""So many commits are looked through for the one that is served."""

type Ids = Mapping[str, str]
"""Git's ids of files, which say what is in them, by the files' paths."""


def of_tree(tree: Tree) -> Ids:
    """The files at a commit."""
    return {path: str(tree.token(path)) for path in tree.paths()}


def of_folder(data: Path, *, is_release: bool) -> Ids:
    """The files in a folder of content.

    Args:
        data: the folder.
        is_release: whether it is a release's, which never changes.

    Raises:
        CannotBe: it cannot be read.
    """
    try:
        return _remembered(data) if is_release else dict(_ids(data))
    except OSError as error:
        wrong = f"The content that patients have, {data}, cannot be read"
        raise CannotBe(f"{wrong}: {error.filename}: {error.strerror}.") from None


def differing(after: Ids, before: Ids) -> Ids:
    """The files that differ, as they would be; `GONE` for one that goes."""
    return {
        path: after.get(path, GONE)
        for path in sorted({*after, *before})
        if after.get(path) != before.get(path)
    }


def last_with(repository: Repository, commit: str, served: Ids) -> str | None:
    """The newest commit before another with just this content; None if none of the last has it."""
    for earlier in repository.log(commit, limit=LOOKED_BACK):
        if of_tree(repository.tree(earlier.sha)) == served:
            return earlier.sha
    return None


def digest(head: str, anew: Ids, reason: str = "") -> str:
    """What an approval is given to: one commit of a change, and all that patients would get anew.

    The reason is of it, for by that the checks let a protection go. It stays as it was while others
    publish other files: what patients get with this change is the same then.
    """
    said = hashlib.sha256(head.encode())
    for path, id in sorted(anew.items()):
        said.update(f"\0{path}\0{id}".encode("utf-8", "surrogateescape"))
    if reason:
        said.update(f"\0\0{reason}".encode())
    return said.hexdigest()


@lru_cache(maxsize=8)
def _remembered(data: Path) -> Ids:
    return dict(_ids(data))


def _ids(data: Path) -> Iterator[tuple[str, str]]:
    for file in files(data):
        content = file.read_bytes()
        head = f"blob {len(content)}\0".encode()
        found = hashlib.sha1(head + content, usedforsecurity=False)
        yield CONTENT + file.relative_to(data).as_posix(), found.hexdigest()
