"""The workbench: a process of the assistant's part, asked by lines of JSON (`workbench/`)."""

import asyncio
import itertools
import json
import logging
import os
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.settings import REPOSITORY

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""For so many seconds an editor waits for an answer; the first of its kind takes some."""
HUNG = 240.0
"""What has not answered for so many seconds is ended."""
MOST = 40
"""So many questions may be open."""
REST = 5.0
"""So many seconds pass before a process is started again that ended at once."""
ENDING = 3.0
_LINE = 2**26

SLOW = "This takes longer than usual. Please try again in a minute."
# Many small pieces of many threads' memory are given back.
VARIABLES = {"MALLOC_ARENA_MAX": "2", "PYTHONWARNINGS": "ignore"}
COMMAND = ("-m", "workbench")


class Unavailable(Exception):
    """Nothing is known just now; the text says so, in a sentence for the page."""


class Refused(Exception):
    """What was asked has no answer; the text says why, and what to do."""


@dataclass
class _Child:
    """The process, and what it was asked: by number, since when, and what waits."""

    process: Process
    began: float
    open: dict[int, tuple[float, asyncio.Future[Any]]] = field(default_factory=dict)


class Workbench:
    """Asks a process that is started at the first question and again after it has ended.

    Args:
        python: of the assistant's part.
        data: the folder of the content that was installed.
        home: Dorsi's folder.
        command: what it is told to run.
    """

    def __init__(
        self, python: Path, data: Path, home: Path, command: Sequence[str] = COMMAND
    ) -> None:
        self._command = [str(python), *command]
        self._variables = {"DORSI_DATA": str(data), "DORSI_HOME": str(home), **VARIABLES}
        self._starting = asyncio.Lock()
        self._child: _Child | None = None
        self._reader: asyncio.Task[None] | None = None
        self._numbers = itertools.count(1)
        self._rest_until = 0.0
        self._closed = False

    async def ask(self, what: str, *, timeout: float = PATIENCE, **arguments: Any) -> Any:
        """The answer to one question, as `workbench/tools.py` gives it.

        Args:
            what: the question's name.
            timeout: seconds to wait.
            **arguments: what goes with it.

        Raises:
            Refused: there is no answer to that.
            Unavailable: the workbench cannot be asked, or takes too long.
        """
        child = await self._running()
        number = next(self._numbers)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        child.open[number] = (time.monotonic(), waiting)
        line = json.dumps({"id": number, "ask": what, **arguments})
        assert child.process.stdin is not None
        try:
            async with asyncio.timeout(timeout):
                child.process.stdin.write(f"{line}\n".encode())
                await child.process.stdin.drain()
                # Who waits no longer does not take the question back: it is being answered.
                return await asyncio.shield(waiting)
        except TimeoutError:
            raise Unavailable(
                "This takes longer than usual. Please try again in a minute."
            ) from None
        except OSError:
            raise _not_there() from None

    async def close(self) -> None:
        """End the process; it is not started again."""
        self._closed = True
        async with self._starting:
            if self._child is not None:
                await self._end(self._child)
        if self._reader is not None:
            await self._reader

    async def _running(self) -> _Child:
        async with self._starting:
            child = self._child
            if child is not None and _is_hung(child):
                log.warning("the workbench hangs and is ended")
                await self._end(child)
                child = None
            if child is not None and len(child.open) >= MOST:
                raise Unavailable("Many are asking just now. Please try again in a minute.")
            return child or await self._start()

    async def _start(self) -> _Child:
        if self._closed or time.monotonic() < self._rest_until:
            raise _not_there()
        variables = {**os.environ, **self._variables}
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, cwd=REPOSITORY, env=variables, stdin=PIPE, stdout=PIPE, limit=_LINE
            )
        except OSError as error:
            log.warning("the workbench cannot be started", extra={"reason": error.strerror})
            self._rest_until = time.monotonic() + REST
            raise _not_there() from None
        self._child = child = _Child(process, time.monotonic())
        self._reader = asyncio.create_task(self._read(child))
        return child

    async def _read(self, child: _Child) -> None:
        """Hand out answers until there are none any more."""
        assert child.process.stdout is not None
        try:
            async for line in child.process.stdout:
                _hand_out(child, line)
        except ValueError:  # a line without end
            log.exception("the workbench said too much")
        finally:
            if self._child is child:
                self._child = None
            for _, waiting in child.open.values():
                if not waiting.done():
                    waiting.set_exception(_not_there())
                    waiting.exception()  # it may be that nobody waits any more
            child.open.clear()
        if time.monotonic() - child.began < REST and not self._closed:
            self._rest_until = time.monotonic() + REST
        await self._end(child)

    async def _end(self, child: _Child) -> None:
        if self._child is child:
            self._child = None
        assert child.process.stdin is not None
        child.process.stdin.close()
        for end in (None, child.process.terminate, child.process.kill):
            if end is not None:
                with suppress(ProcessLookupError):
                    end()
            with suppress(TimeoutError):
                await asyncio.wait_for(child.process.wait(), ENDING)
                return


def _hand_out(child: _Child, line: bytes) -> None:
    try:
        said = json.loads(line)
        _, waiting = child.open.pop(said["id"])
    except (ValueError, KeyError, TypeError):
        log.warning("the workbench said what nobody had asked")
        return
    if waiting.done():
        return
    if "error" in said:
        waiting.set_exception(Refused(str(said["error"])))
        waiting.exception()
    else:
        waiting.set_result(said["answer"])


def _is_hung(child: _Child) -> bool:
    oldest = min((since for since, _ in child.open.values()), default=time.monotonic())
    return time.monotonic() - oldest > HUNG


def _not_there() -> Unavailable:
    return Unavailable(
        "The helper that looks at content is not there just now. What you write is not lost; "
        "please try again in a minute."
    )
