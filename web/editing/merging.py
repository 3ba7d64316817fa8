"""Two changes of the same content put together field by field, so that nobody's work is lost.

What one side alone changed is taken. Lists of examples and of ids are put together item by item:
what either added is there, what either took out is gone. Only where both changed the same field in
different ways is there a conflict, and then nothing of either is thrown away.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from editing import lines
from editing.broken import BrokenYaml
from editing.comments import comments
from editing.conflicts import WHOLE, Choice, Conflict, Merged, conflicts_by_file, settled
from editing.documents import Document
from editing.joining import join
from editing.nodes import same
from editing.shapes import Key
from editing.trees import Tree, same_file

__all__ = [
    "WHOLE",
    "Choice",
    "Conflict",
    "Merged",
    "conflicts_by_file",
    "merge",
    "resolved",
]


def merge(base: Tree, ours: Tree, theirs: Tree) -> Merged:
    """Put two changes of the same state together.

    Args:
        base: the state that both began with.
        ours: the one that the result changes.
        theirs: the other.

    Raises:
        TooLarge: a file that was changed has too many bytes to be read.
    """
    changes: dict[str, str | None] = {}
    conflicts: list[Conflict] = []
    lost: list[str] = []
    for path in sorted({*base.paths(), *theirs.paths()}):
        if same_file(theirs, base, path) or same_file(theirs, ours, path):
            continue
        if same_file(ours, base, path):
            changes[path] = theirs.read(path)
            continue
        merged = merge_file(path, base.read(path), ours.read(path), theirs.read(path))
        changes.update(merged.changes)
        conflicts += merged.conflicts
        lost += merged.lost
    return Merged(changes, tuple(conflicts), tuple(lost))


def merge_file(path: str, base: str | None, ours: str | None, theirs: str | None) -> Merged:
    """Put two changes of one file together; both sides have changed it."""
    if ours is None or theirs is None:
        return Merged(conflicts=[_whole(path, base, ours, theirs)])
    try:
        parsed = [Document.parse(text or "{}") for text in (base, ours, theirs)]
    except BrokenYaml:
        return Merged(conflicts=[_whole(path, base, ours, theirs)])
    # One side's remarks stay where they are; by lines, where that comes to the same, those of both.
    text, conflicts = join(path, *parsed)
    by_line = lines.merge(base or "", ours, theirs)
    if by_line is not None and _says(by_line, text):
        text = by_line
    left = _left_out(text, *(document.text() for document in parsed))
    text += "".join(f"{remark}\n" for remark in left)
    moved = tuple(f"{path}: “{remark}” stands at the end now" for remark in left)
    return Merged({path: text} if text != ours else {}, tuple(conflicts), moved)


def _left_out(text: str, base: str, *sides: str) -> Sequence[str]:
    """The remarks that a side added and a text has not."""
    there, before = Counter(comments(text)), Counter(comments(base))
    added = (Counter(comments(side)) - before for side in sides)
    return tuple(dict.fromkeys(remark for new in added for remark in new - there))


def resolved(ours: Tree, merged: Merged, choices: Mapping[tuple[str, Key], Choice]) -> Merged:
    """What comes of it once conflicts are settled.

    Args:
        ours: the state that the merge was to change.
        merged: the merge.
        choices: by path and key; conflicts that are not named stay as they are.

    Raises:
        BrokenYaml: what somebody wrote cannot be read.
    """
    changes = dict(merged.changes)
    open_still = []
    for conflict in merged.conflicts:
        choice = choices.get((conflict.path, conflict.key))
        if choice is None:
            open_still.append(conflict)
            continue
        there = changes[conflict.path] if conflict.path in changes else ours.read(conflict.path)
        changes[conflict.path] = settled(there, conflict, choice)
    return replace(merged, changes=changes, conflicts=tuple(open_still))


def _says(text: str, wanted: str) -> bool:
    """Whether two texts of a file say the same."""
    try:
        return same(Document.parse(text).value(), Document.parse(wanted).value())
    except BrokenYaml:
        return False


def _whole(path: str, base: str | None, ours: str | None, theirs: str | None) -> Conflict:
    said = "both changed the file, and one of the two cannot be read as YAML."
    if ours is None:
        said = "taken away here, and changed there."
    elif theirs is None:
        said = "changed here, and taken away there."
    return Conflict(path, WHOLE, "The whole file", base, ours, theirs, f"{path}: {said}")
