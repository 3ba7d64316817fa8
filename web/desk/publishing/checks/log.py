"""The log of a run of the checks: a file that does not grow without end."""

from pathlib import Path
from types import TracebackType
from typing import Self

NAME = "log.txt"
LONGEST = 2_000_000
SHOWN = 60_000
CUT = b"\n... The rest of the log is left out.\n"


class Log:
    """Writes what a process prints, up to some length.

    Args:
        folder: the check's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = (folder / NAME).open("wb", buffering=0)
        self._left = LONGEST

    def write(self, some: bytes) -> None:
        """Add something that was printed."""
        if self._left > 0:
            self._file.write(some[: self._left])
            self._left -= len(some)
            if self._left <= 0:
                self._file.write(CUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def end_of(folder: Path) -> str:
    """The log's end, as much of it as a page shows; empty where there is none."""
    try:
        with (folder / NAME).open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - SHOWN))
            return file.read(SHOWN).decode(errors="replace")
    except FileNotFoundError:
        return ""
