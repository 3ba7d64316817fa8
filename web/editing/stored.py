"""The content as it is at a commit, read from git when it is asked for."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from threading import Lock

from editing.git import Git
from editing.shapes import CONTENT
from editing.trees import Tree

BLOBS = 4000
"""So many files' texts are kept in memory: several times what the content has."""
_ONE_BY_ONE = 3
_FILES = ("100644", "100755")
INSIDE = re.compile(r"data(/(?!\.\.?(/|$))[^/\x00-\x1f]+)+")
"""The paths that there may be: a tree that somebody made by hand could lead elsewhere."""


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
        """A file's text; once several were asked for, all are read at once."""
        blob = self._entries.get(path)
        if blob is None:
            return None
        found = self._blobs.known(blob)
        if found is not None:
            return found
        self._asked += 1
        if self._asked > _ONE_BY_ONE:
            self._blobs.load(b for p, b in self._entries.items() if p.endswith(".yml"))
        return self._blobs.read(blob)

    def token(self, path: str) -> object:
        """Git's id of a file."""
        return self._entries.get(path)

    @cached_property
    def _entries(self) -> Mapping[str, str]:
        listed = self._git.run("ls-tree", "-r", "-z", "--full-tree", self.commit, "--", CONTENT)
        found = {}
        for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
            about, _, path = entry.partition("\t")
            if INSIDE.fullmatch(path) and about.split(" ")[0] in _FILES:
                found[path] = about.split(" ")[2]
        return dict(sorted(found.items()))
