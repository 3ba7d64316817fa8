"""What a change request changes, in words, file by file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from desk.changes.service import Draft
from editing.differing import Difference, differences
from editing.kinds import Kind
from editing.repository import Repository
from editing.trees import Tree
from records.words import ChangeStatus

KINDS = {
    Kind.TOPIC: "Topic",
    Kind.ACT: "Act",
    Kind.TEXTS: "Texts",
    Kind.EXERCISE: "Exercise",
    Kind.RED_FLAG: "Red flag",
    Kind.REGIONS: "Regions",
    Kind.SOURCES: "Sources",
    Kind.SAFETY_CHECK: "Safety check",
}
STATUSES = {
    ChangeStatus.DRAFT: "being written",
    ChangeStatus.SUBMITTED: "handed in",
    ChangeStatus.PUBLISHED: "published",
    ChangeStatus.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True)
class Changed:
    """A file that a change request changes.

    Attributes:
        path: the file.
        kind: what it is, in a word.
        title: what it is about.
        there: whether it is there with the change.
        parts: what changes in it.
    """

    path: str
    kind: str
    title: str
    there: bool
    parts: Sequence[Difference]


def told(repository: Repository, draft: Draft) -> Sequence[Changed]:
    """What a change request changes. To be done in a thread."""
    return by_file(repository.tree(draft.base), draft.tree, draft.paths)


def by_file(before: Tree, after: Tree, paths: Sequence[str]) -> Sequence[Changed]:
    """What differs between two states, file by file."""
    found = differences(before, after, paths)
    files = []
    for path, parts in groupby(found, key=lambda part: part.path):
        listed = list(parts)
        kind = listed[0].kind
        shown = KINDS[kind] if kind is not None else "File"
        there = after.token(path) is not None
        files.append(Changed(path, shown, listed[0].title, there, listed))
    return files
