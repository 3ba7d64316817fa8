"""The content as it is in this checkout, and small pieces of it."""

from collections.abc import Sequence
from pathlib import Path

from desk.settings import REPOSITORY

DATA = REPOSITORY / "data"


class Checkout:
    """The files of a folder, by their paths from it."""

    def __init__(self, root: Path = REPOSITORY) -> None:
        self.root = root

    def paths(self, under: str = "") -> Sequence[str]:
        """The files in a folder, and below."""
        found = (self.root / under).rglob("*.yml")
        return [file.relative_to(self.root).as_posix() for file in found]

    def read(self, path: str) -> str | None:
        """A file's text."""
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None
