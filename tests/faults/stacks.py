"""A running assistant whose processes can be killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.stack import Stack

HOOKS = Path(__file__).resolve().parent / "hooks"
# What was promised. Rasa, the slowest, needs a third of it on an idle machine.
BACK_WITHIN = 30.0
COMMANDS = {"gateway": "-m gateway", "rasa": "-m assistant run", "actions": "-m rasa_sdk"}


class Mortal:
    """A stack, and the ways to end its processes.

    Args:
        stack: the running assistant.
        faults: the folder in which points are armed.
    """

    def __init__(self, stack: Stack, faults: Path) -> None:
        self.stack = stack
        self._faults = faults

    def arm(self, point: str) -> None:
        """Have the process that next comes by this point killed there."""
        (self._faults / point).touch()

    def is_armed(self, point: str) -> bool:
        """Whether nobody has come by yet."""
        return (self._faults / point).exists()

    def pid(self, name: str) -> int | None:
        """The process of that name, if it is there now."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and _is_child(entry, self.stack.pid, COMMANDS[name]):
                return int(entry.name)
        return None

    def kill(self, name: str) -> bool:
        """Kill the process with `kill -9`; false where there is none at this moment."""
        found = self.pid(name)
        if found is None:
            return False
        try:
            os.kill(found, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def wait_back(self, seconds: float = BACK_WITHIN) -> None:
        """Wait until every process answers; the gateway's health is remembered for too long.

        Raises:
            AssertionError: one does not within that time.
        """
        end = time.monotonic() + seconds
        while missing := [name for name in COMMANDS if not self.stack.is_up(name)]:
            assert time.monotonic() < end, f"not back within {seconds:.0f} s: {missing}"
            time.sleep(0.1)


@contextmanager
def mortal(state: Path) -> Iterator[Mortal]:
    """A stack with armed processes, in a folder of its own."""
    faults = state / "faults"
    faults.mkdir(parents=True)
    with Stack(0, state, path=[HOOKS], variables={"DORSI_FAULTS": str(faults)}) as stack:
        yield Mortal(stack, faults)


def _is_child(entry: Path, parent: int, command: str) -> bool:
    try:
        status = (entry / "stat").read_text().rpartition(")")[2].split()
        words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return False
    return int(status[1]) == parent and command in words
