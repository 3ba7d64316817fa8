"""One step in a process of its own: what crashes, hangs or is called off there ends there.

The process leads a group, so that whatever it started ends with it; and Linux ends it when the
gate itself is killed.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import FrameType

from gate import steps
from gate.job import Job, Say
from gate.report import Result, StepId

SILENT = 900.0
"""After so many seconds without a word a step counts as hung."""
GRACE = 45.0
"""How long a process may take to end what it started, which may be a whole assistant."""
PARENT_DIED = 1  # PR_SET_PDEATHSIG of Linux


Work = Callable[[StepId, Job, Say], Result]


class Failed(RuntimeError):
    """A step's tool failed; the text says how."""


def run(step: StepId, job: Job, say: Say, work: Work = steps.check) -> Result:
    """Run a step in a process of its own.

    Args:
        step: which.
        job: what is checked.
        say: told how far it is.
        work: does the step there.

    Raises:
        Failed: the process raised, died or was silent for too long.
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_work, args=(work, step, job, theirs, os.getpid()))
    process.start()
    theirs.close()
    try:
        result = _heard(ours, process, say)
        process.join(GRACE)
        return result
    finally:
        end(process)


def _heard(ours: Connection, process: BaseProcess, say: Say) -> Result:
    while True:
        if not ours.poll(SILENT):
            raise Failed(f"It said nothing for {SILENT:.0f} seconds and was ended.")
        try:
            told = ours.recv()
        except EOFError:
            process.join(GRACE)
            raise Failed(f"Its process ended without a result (exit {process.exitcode}).") from None
        if isinstance(told, Result):
            return told
        if isinstance(told, str):
            raise Failed(told)
        say(*told)


def end(process: BaseProcess) -> None:
    """End a process and all that it started."""
    if process.is_alive():
        process.terminate()
        process.join(GRACE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()


def _work(work: Work, step: StepId, job: Job, theirs: Connection, parent: int) -> None:
    """What the process does; it sends progress, then its result or why there is none."""
    os.setsid()
    # What libraries print is no part of what the gate says.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGTERM, _called_off)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)
    if os.getppid() != parent:
        return
    try:
        result = work(step, job, lambda share, message: theirs.send((share, message)))
    except KeyboardInterrupt:
        return
    except BaseException as failure:  # a tool may call exit(): that is a failure as well
        traceback.print_exc()
        theirs.send(f"{type(failure).__name__}: {failure}"[:2000])
        return
    theirs.send(result)


def _called_off(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
