"""How a file, or a field of it, came to be what it is: commit by commit."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.content.past.wording import Told, told
from editing.commits import Commit
from editing.differing import of_file
from editing.repository import Repository
from editing.shapes import Key

MOST = 100
"""No further back than so many commits of a file."""


@dataclass(frozen=True)
class Step:
    """One commit with what it changed."""

    commit: Commit
    told: Sequence[Told]


def history(repository: Repository, path: str, key: Key, head: str) -> list[Step]:
    """The commits that changed a field, the newest first.

    Args:
        repository: the content.
        path: the file.
        key: the field; empty for all of the file.
        head: the commit to look back from.
    """
    steps = []
    for commit in repository.history(path, head, MOST):
        earlier = commit.parents[0] if commit.parents else None
        before = repository.tree(earlier).read(path) if earlier else None
        after = repository.tree(commit.sha).read(path)
        found = [one for one in of_file(path, before, after) if _is_of(one.key, key)]
        if found and before != after:
            steps.append(Step(commit, [told(one) for one in found]))
    return steps


def _is_of(changed: Key, asked: Key) -> bool:
    """Whether what was changed holds what is asked for, or is a part of it."""
    both = min(len(changed), len(asked))
    return changed[:both] == asked[:both]
