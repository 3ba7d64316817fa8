"""The two that are compared, each with its door, behind one interface."""

from __future__ import annotations

import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import yaml

from deploy.stack import ACTIONS, LOOPBACK, PROCESSES, Stack, free_port
from deploy.train import environment
from tests.bench.project import RUNNING
from tests.faults.stacks import Mortal
from tests.load.streams import memory
from tests.load.talking import Door, Patient, measured

DORSI, DEFAULT = "Dorsi", "`rasa init`'s default"
RASA = "rasa"
WEBHOOK = "/webhooks/rest/webhook"
LONGEST = 300.0


class Talk(Protocol):
    """A conversation over a connection of its own."""

    def say(self, text: str) -> float:
        """Milliseconds until the answer.

        Raises:
            RuntimeError: there was none, or an apology for it.
        """


class System(Protocol):
    """A running assistant."""

    @property
    def name(self) -> str:
        """For tables."""

    def talk(self) -> Talk:
        """A new conversation."""

    def memory(self) -> dict[str, float]:
        """Megabytes of each process."""


class Dorsi:
    """The whole stack, asked as the patients' page asks: through the gateway's chat API."""

    name = DORSI

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def talk(self) -> Talk:
        """A session of the gateway's."""
        return Answered(Patient(Door(self._stack.port)))

    def memory(self) -> dict[str, float]:
        """Of Rasa, the action server and the gateway."""
        mortal = Mortal(self._stack, self._stack.state)
        pids = {name: mortal.pid(name) for name in PROCESSES}
        return {name: memory(pid) for name, pid in pids.items() if pid is not None}


class Answered:
    """A patient who takes no apology for an answer: a measurement of these would say nothing."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient

    def say(self, text: str) -> float:
        """Milliseconds until the answer."""
        taken = self._patient.say(text)
        if self._patient.kinds == ["notice"]:
            raise RuntimeError(f"an apology in place of an answer to {text!r}")
        return taken


class Default:
    """The default's Rasa, asked through its REST webhook."""

    name = DEFAULT

    def __init__(self, pid: int, port: int) -> None:
        self._pid, self._port = pid, port

    def talk(self) -> Talk:
        """A sender nobody has heard of."""
        return Sender(self._port)

    def memory(self) -> dict[str, float]:
        """Of Rasa, which is all there is."""
        return {RASA: memory(self._pid)}


class Sender:
    """Somebody who talks to Rasa's REST webhook."""

    def __init__(self, port: int) -> None:
        self._door, self._sender = Door(port), uuid.uuid4().hex

    def say(self, text: str) -> float:
        """Milliseconds until the answer."""
        taken, replies = self._door.post(WEBHOOK, {"sender": self._sender, "message": text})
        if not replies:
            raise RuntimeError(f"no answer to {text!r}")
        return taken


@contextmanager
def dorsi() -> Iterator[System]:
    """Dorsi on a free port, in a folder that goes when it is over."""
    with measured(0) as stack:
        yield Dorsi(stack)


@contextmanager
def default(model: Path) -> Iterator[System]:
    """The default on a free port, in a folder that goes when it is over."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name, ExitStack() as after:
        folder = Path(name)
        for file, content in RUNNING.items():
            (folder / file).write_text(yaml.safe_dump(content))
        log = after.enter_context((folder / "rasa.log").open("wb"))
        command = [str(ACTIONS), "-m", "rasa", "run", "--enable-api", "--model", str(model)]
        process = subprocess.Popen(
            [*command, "--interface", LOOPBACK, "--port", str(port)],
            cwd=folder,
            env=environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        after.callback(process.wait)
        after.callback(process.terminate)
        _wait(lambda: process.poll() is None, Sender(port), folder / "rasa.log")
        yield Default(process.pid, port)


@contextmanager
def both(model: Path) -> Iterator[list[System]]:
    """Both at the same time; who is not asked sleeps."""
    with dorsi() as one, default(model) as other:
        yield [one, other]


def _wait(is_alive: Callable[[], bool], sender: Sender, log: Path) -> None:
    """Wait for the first answer."""
    end = time.monotonic() + LONGEST
    while is_alive() and time.monotonic() < end:
        try:
            sender.say("hello")
            return
        except (OSError, RuntimeError):
            time.sleep(0.1)
    raise RuntimeError(f"The default does not answer:\n{log.read_text()[-2000:]}")
