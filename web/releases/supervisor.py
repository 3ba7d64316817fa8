"""Asking the supervisor of this machine to start and stop engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import Faults, SupervisorTransport  # type: ignore[import-untyped]


class Unreachable(Exception):
    """The supervisor does not answer."""


@dataclass(frozen=True)
class Process:
    """A process that the supervisor looks after.

    Attributes:
        pid: its id; 0 where it does not run.
        state: such as RUNNING, STOPPED, BACKOFF or FATAL.
    """

    pid: int
    state: str

    @property
    def is_stopped(self) -> bool:
        """Whether it does not run and is not about to."""
        return self.state in ("STOPPED", "EXITED", "FATAL")


class Supervisor:
    """supervisord, by the socket on which it listens.

    Args:
        socket: the socket.
    """

    def __init__(self, socket: Path) -> None:
        transport = SupervisorTransport(None, None, f"unix://{socket}")
        self._ask: Any = ServerProxy("http://127.0.0.1", transport=transport).supervisor

    def process(self, program: str) -> Process | None:
        """How a program is; None if the supervisor does not know it.

        Raises:
            Unreachable: the supervisor does not answer.
        """
        with _asked(Faults.BAD_NAME):
            found = self._ask.getProcessInfo(program)
            return Process(int(found["pid"]), str(found["statename"]))
        return None

    def add(self, programs: tuple[str, ...]) -> None:
        """Read the configuration anew and start programs that are new in it, or were stopped.

        Raises:
            Unreachable: the supervisor does not answer.
        """
        with _asked():
            self._ask.reloadConfig()
        for program in programs:
            with _asked(Faults.ALREADY_ADDED):
                self._ask.addProcessGroup(program)
            with _asked(Faults.ALREADY_STARTED, Faults.SPAWN_ERROR, Faults.ABNORMAL_TERMINATION):
                self._ask.startProcess(program, False)

    def stop(self, programs: tuple[str, ...]) -> bool:
        """Have programs stop.

        Returns:
            Whether all have; ask again until they have.

        Raises:
            Unreachable: the supervisor does not answer.
        """
        found = [one for one in map(self.process, programs) if one is not None]
        for program in programs:
            with _asked(Faults.NOT_RUNNING, Faults.BAD_NAME):
                self._ask.stopProcess(program, False)
        return all(one.is_stopped for one in found)

    def remove(self, programs: tuple[str, ...]) -> None:
        """Forget programs that have stopped.

        Raises:
            Unreachable: the supervisor does not answer.
        """
        for program in programs:
            with _asked(Faults.BAD_NAME, Faults.STILL_RUNNING):
                self._ask.removeProcessGroup(program)


@contextmanager
def _asked(*expected: int) -> Iterator[None]:
    """Ask; an answer that is expected, such as that it was done already, is fine."""
    try:
        yield
    except Fault as fault:
        if fault.faultCode not in expected:
            raise Unreachable(fault.faultString) from None
    except OSError as error:
        raise Unreachable(type(error).__name__) from None
