"""The content files that are linted: those of a folder, with changes that are not saved yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from errno import ENOENT
from functools import lru_cache
from pathlib import Path, PurePosixPath

from content.lint.documents import Document, parsed, unreadable
from content.lint.problems import Problem

SUFFIX = ".yml"
REMEMBERED = 1_000
"""Files that only have to be readable: four times all there are."""
Parse = Callable[[bytes, str, str], Document]
"""What makes a document of a file's bytes, its path as shown, and the name of its schema."""


class Files:
    """The files of one folder, by their names in it."""

    def __init__(
        self,
        folder: Path,
        shown: str,
        changes: Mapping[str, str | None] | None = None,
        parse: Parse = parsed,
    ) -> None:
        """Look at a folder.

        Args:
            folder: where the files are.
            shown: the folder as editors know it.
            changes: texts that stand for files of these names; None is for a deleted one.
            parse: reads a file's bytes.
        """
        self.shown = shown
        self._folder = folder
        self._changes = changes or {}
        self._parse = parse
        names = {path.relative_to(folder).as_posix() for path in folder.rglob(f"*{SUFFIX}")}
        names |= {name for name in self._changes if name.endswith(SUFFIX)}
        names -= {name for name, text in self._changes.items() if text is None}
        self.names = sorted(names, key=lambda name: PurePosixPath(name).parts)

    def below(self, folder: str) -> list[str]:
        """The names of all files in a folder and in the folders in it."""
        return [name for name in self.names if name.startswith(f"{folder}/")]

    def matching(self, pattern: str) -> list[str]:
        """The names that a pattern means: ``folder/*.yml``, or one name."""
        folder, star, _ = pattern.partition("*")
        if not star:
            return [pattern] if pattern in self.names else []
        return [name for name in self.below(folder[:-1]) if "/" not in name[len(folder) :]]

    def raw(self, name: str) -> bytes:
        """What a file holds.

        Raises:
            OSError: it is not there, or cannot be read.
        """
        changed = self._changes.get(name)
        if changed is not None:
            return changed.encode("utf-8", "surrogatepass")
        if name in self._changes:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        return (self._folder / name).read_bytes()

    def document(self, name: str, schema: str) -> Document:
        """One file, read; one that is not there is a document that says so."""
        shown = self.place(name)
        try:
            raw = self.raw(name)
        except OSError as failure:
            return unreadable(shown, schema, failure)
        return self._parse(raw, shown, schema)

    def faults(self, name: str) -> tuple[Problem, ...]:
        """Why one file cannot be read, if so; it is remembered, and the file is not."""
        try:
            raw = self.raw(name)
        except OSError as failure:
            return unreadable(self.place(name), "", failure).problems
        return _faults(raw, self.place(name))

    def place(self, name: str) -> str:
        """A file or folder of this name as editors know it."""
        return f"{self.shown}/{name}"


@lru_cache(maxsize=REMEMBERED)
def _faults(raw: bytes, shown: str) -> tuple[Problem, ...]:
    return parsed(raw, shown, "").problems
