"""The content as it is at a commit, read from git when it is asked for."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from editing.broken import LARGEST, TooLarge
from editing.git import Git
from editing.shapes import CONTENT
from editing.trees import Tree

BLOBS = 4000
"""So many files' texts are kept in memory: several times what the content has."""
_ONE_BY_ONE = 3
_FILES = ("100644", "100755")
INSIDE = re.compile(r"data(/(?!\.)[^/\x00-\x1f\ud800-\udfff]+)+")
"""The paths that there may be: a tree that somebody made by hand could lead elsewhere.

What is hidden is in no release, so that nothing of it may be checked either; and a name that is no
UTF-8 cannot be shown to anybody.
"""


class Blobs:
    """Texts by git's ids of them, which never change."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._known: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def known(self, blob: str) -> str | None:
        """A text if it is in memory."""
        with self._lock:
            found = self._known.get(blob)
            if found is not None:
                self._known.move_to_end(blob)
            return found

    def load(self, blobs: Iterable[str]) -> None:
        """Read texts into memory."""
        wanted = sorted({blob for blob in blobs if self.known(blob) is None})
        if not wanted:
            return
        written = self._git.run(
            "cat-file", "--batch", give="".join(f"{b}\n" for b in wanted).encode()
        )
        at = 0
        while at < len(written):
            head, _, _ = written[at : at + 200].partition(b"\n")
            blob, _, size = head.decode("ascii").split(" ")
            at += len(head) + 1
            text = written[at : at + int(size)].decode("utf-8", "surrogateescape")
            at += int(size) + 1
            with self._lock:
                self._known[blob] = text
                while len(self._known) > BLOBS:
                    self._known.popitem(last=False)

    def read(self, blob: str) -> str:
        """A text."""
        while (found := self.known(blob)) is None:
            self.load([blob])
        return found


class _Entry(NamedTuple):
    """A file: git's id of its text, and how many bytes that has."""

    blob: str
    size: int


class StoredTree(Tree):
    """The content at a commit. Links and what else is no plain file are left out."""

    def __init__(self, git: Git, blobs: Blobs, commit: str) -> None:
        self.commit = commit
        self._git = git
        self._blobs = blobs
        self._asked = 0

    def paths(self, under: str = "") -> Sequence[str]:
        """The paths there are, in order."""
        return [path for path in self._entries if path.startswith(under)]

    def read(self, path: str) -> str | None:
        """A file's text; once several were asked for, all are read at once.

        Raises:
            TooLarge: it has too many bytes to be read.
        """
        entry = self._entries.get(path)
        if entry is None:
            return None
        found = self._blobs.known(entry.blob)
        if found is not None:
            return found
        if entry.size > LARGEST:
            raise TooLarge(path, entry.size)
        self._asked += 1
        if self._asked > _ONE_BY_ONE:
            self._blobs.load(
                one.blob for path, one in self._entries.items() if _is_small(path, one)
            )
        return self._blobs.read(entry.blob)

    def token(self, path: str) -> object:
        """Git's id of a file."""
        entry = self._entries.get(path)
        return None if entry is None else entry.blob

    def too_large(self) -> Mapping[str, TooLarge]:
        """The files that cannot be read for their size, by path, each with why."""
        return {
            path: TooLarge(path, one.size)
            for path, one in self._entries.items()
            if one.size > LARGEST
        }

    @cached_property
    def _entries(self) -> Mapping[str, _Entry]:
        options = ("-r", "-l", "-z", "--full-tree")
        listed = self._git.run("ls-tree", *options, self.commit, "--", CONTENT)
        found = {}
        for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
            about, _, path = entry.partition("\t")
            if INSIDE.fullmatch(path) and about.split()[0] in _FILES:
                _, _, blob, size = about.split()
                found[path] = _Entry(blob, int(size))
        return dict(sorted(found.items()))


def _is_small(path: str, entry: _Entry) -> bool:
    return path.endswith(".yml") and entry.size <= LARGEST
