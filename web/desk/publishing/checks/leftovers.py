"""What a runner leaves behind that was killed: the checks it had started run on by themselves.

A file in the check's folder names their process group, and they themselves hold a lock on it. So
nobody ends a stranger: where the lock is held, the group is still the one that was named.
"""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

NAME = "group"


@dataclass(frozen=True)
class Mark:
    """The file of a group that is being started; `descriptor` is for the process to inherit."""

    descriptor: int

    def name(self, group: int) -> None:
        """Write down which group it is."""
        os.write(self.descriptor, str(group).encode())


@contextmanager
def marked(folder: Path) -> Iterator[Mark]:
    """A mark in a check's folder; whoever inherits its descriptor holds the lock from then on."""
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield Mark(descriptor)
    finally:
        os.close(descriptor)


def end(folder: Path) -> bool:
    """End the process group that a dead runner left behind in a check's folder.

    Returns:
        Whether there was one.
    """
    try:
        descriptor = os.open(folder / NAME, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        group = os.read(descriptor, 20).decode()
        if not group.isdigit():
            return False
        with suppress(ProcessLookupError):
            os.killpg(int(group), signal.SIGKILL)
        return True
    finally:
        os.close(descriptor)
    return False
