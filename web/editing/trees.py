"""The content as it is at one commit, or as it would be with some changes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path

from editing.shapes import CONTENT


class Tree(ABC):
    """All content files: texts by their paths from the repository's root, `data/…`."""

    @abstractmethod
    def paths(self, under: str = "") -> Sequence[str]:
        """The paths there are, in order.

        Args:
            under: what they begin with, such as `data/topics/`.
        """

    @abstractmethod
    def read(self, path: str) -> str | None:
        """A file's text; None where there is no such file.

        What is no UTF-8 keeps its bytes, as Python's `surrogateescape` does.

        Raises:
            TooLarge: it has too many bytes to be read.
        """

    def token(self, path: str) -> object:
        """What is equal for two files that are the same; None where there is no such file."""
        return self.read(path)

    def changed(self, changes: Mapping[str, str | None]) -> "Tree":
        """The content as it would be.

        Args:
            changes: new texts by their paths; None for a file that goes.
        """
        return _Changed(self, changes)

    def export(self, folder: Path) -> None:
        """Write all files into a folder, which then is what `DORSI_DATA` can name.

        Raises:
            OSError: it cannot be written, or is there and not empty.
            TooLarge: a file has too many bytes to be read.
        """
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FileExistsError(f"{folder} is not empty")
        for path in self.paths():
            file = folder / path.removeprefix(CONTENT)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((self.read(path) or "").encode("utf-8", "surrogateescape"))


class Texts(Tree):
    """Content that is given as texts, such as one with nothing in it."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def paths(self, under: str = "") -> Sequence[str]:
        """The paths there are, in order."""
        return sorted(path for path in self._texts if path.startswith(under))

    def read(self, path: str) -> str | None:
        """A file's text."""
        return self._texts.get(path)


class _Changed(Tree):
    def __init__(self, base: Tree, changes: Mapping[str, str | None]) -> None:
        self._base = base
        self._changes = dict(changes)

    def paths(self, under: str = "") -> Sequence[str]:
        added = {path for path, text in self._changes.items() if text is not None}
        kept = {path for path in self._base.paths(under) if path not in self._changes}
        return sorted(kept | {path for path in added if path.startswith(under)})

    def read(self, path: str) -> str | None:
        if path in self._changes:
            return self._changes[path]
        return self._base.read(path)

    def token(self, path: str) -> object:
        if path in self._changes:
            return self._changes[path]
        return self._base.token(path)


def changed_paths(one: Tree, other: Tree) -> Sequence[str]:
    """The paths of files that two trees do not have in common."""
    every = {*one.paths(), *other.paths()}
    return sorted(path for path in every if not same_file(one, other, path))


def same_file(one: Tree, other: Tree, path: str) -> bool:
    """Whether a file is the same in two trees; it is read only where that takes it."""
    return one.token(path) == other.token(path) or one.read(path) == other.read(path)
