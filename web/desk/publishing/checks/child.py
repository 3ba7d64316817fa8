"""The checks as a process: followed line by line, ended with all that it started."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from desk.publishing.checks import leftovers, lines
from desk.publishing.checks.lines import Progress, Result
from desk.publishing.checks.log import Log

GRACE_SECONDS = 60.0
"""So long it may take to end itself when asked to: it may have to end a whole assistant."""
LAST_WORDS_SECONDS = 5.0
LOOK_EVERY = 0.1
AT_ONCE = 65_536
LONGEST_LINE = 100_000


@dataclass(frozen=True)
class Ended:
    """How the process ended: `code` as Python tells it, negative for a signal."""

    code: int
    result: Result | None
    in_time: bool


class Child:
    """The checks, run as a command in a process group of its own.

    Args:
        command: the program and its arguments.
        folder: the check's folder, which the log is written into.
        at: the folder it runs in.
        variables: its environment.
    """

    def __init__(
        self, command: Sequence[str], folder: Path, *, at: Path, variables: Mapping[str, str]
    ) -> None:
        self._command = command
        self._folder = folder
        self._at = at
        self._variables = variables
        self._result: Result | None = None
        self.progress = Progress()

    async def run(self, seconds: float) -> Ended:
        """Run it to its end, or to the end of its time. Who cancels this ends the process.

        Raises:
            OSError: it cannot be started.
        """
        with leftovers.marked(self._folder) as mark:
            process = subprocess.Popen(
                self._command,
                cwd=self._at,
                env=dict(self._variables),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                process_group=0,
                pass_fds=(mark.descriptor,),
            )
            mark.name(process.pid)
        # A thread, for whoever has left the group may hold the pipe open for ever.
        reading = Thread(target=self._read, args=(process,), daemon=True)
        reading.start()
        in_time = True
        try:
            async with asyncio.timeout(seconds):
                await _ended(process)
        except TimeoutError:
            in_time = False
        finally:
            await asyncio.shield(_end(process))
            await asyncio.to_thread(reading.join, LAST_WORDS_SECONDS)
        return Ended(process.returncode, self._result, in_time)

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        rest = b""
        with process.stdout, Log(self._folder) as log:
            while some := os.read(process.stdout.fileno(), AT_ONCE):
                log.write(some)
                *whole, rest = (rest + some).split(b"\n")
                for line in whole:
                    self._hear(line)
                # What is so long is no line of the protocol, whatever its end may be.
                rest = rest[:LONGEST_LINE]
            self._hear(rest)

    def _hear(self, line: bytes) -> None:
        said = lines.read(line.decode(errors="replace"))
        if isinstance(said, Result):
            self._result = said
        elif said is not None:
            self.progress = said


async def _ended(process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        await asyncio.sleep(LOOK_EVERY)


async def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all of its group: asked first, then without asking."""
    if process.poll() is None:
        _signal(process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                await _ended(process)
    _signal(process.pid, signal.SIGKILL)
    await _ended(process)


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
