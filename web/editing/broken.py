"""Why a file of the content cannot be read, as it is told to whoever can mend it."""

MEGABYTE = 1 << 20
LARGEST = MEGABYTE
"""No file of more bytes is read: the largest that we wrote has a fifteenth of it."""


class BrokenYaml(ValueError):
    """A text that is not YAML as the content has it.

    Attributes:
        line: where, counted from 1.
        message: what is wrong, and what to do.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line
        self.message = message


class TooLarge(BrokenYaml):
    """A file that is not read at all: there may be no room for it."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__(
            1,
            f"{path} has {size / MEGABYTE:.1f} MB, and no file of more than {LARGEST // MEGABYTE} "
            "MB is read. Split it, or take it out, by git.",
        )

    def __str__(self) -> str:
        return self.message
