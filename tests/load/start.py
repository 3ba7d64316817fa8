"""How long a start takes: the real processes, beside what importing Rasa alone takes.

Each round measures the imports and a start in turn, so that both meet the same machine. Where other
work runs as well, the seconds of processor time say more than those of the clock.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from deploy.stack import ACTIONS, PROCESSES, Stack
from deploy.train import ROOT, environment
from tests.faults.stacks import Mortal
from tests.load.talking import Door, Patient, options, percentile

PORT = 4150
LONGEST = 300.0
ANSWERED = "a patient is answered"
FLOORS = ("rasa", "rasa.core.agent")


def main() -> None:
    """Start stacks of its own, one after the other, and print the figures."""
    parser = options(__doc__, port=PORT)
    parser.add_argument("--rounds", type=int, default=3, help="how many starts")
    given = parser.parse_args()
    found: dict[str, list[float]] = {}
    for _ in range(given.rounds):
        for name, seconds in {**floors(), **start(given.port)}.items():
            found.setdefault(name, []).append(seconds)
    for name, values in found.items():
        middle = percentile(values, 50)
        print(f"{name:44} {middle:6.1f} s  (from {min(values):.1f} to {max(values):.1f})")


def floors() -> dict[str, float]:
    """Seconds that Python needs to import Rasa, and Rasa's agent, with nothing of ours."""
    found: dict[str, float] = {}
    for module in FLOORS:
        before = _used_by_children()
        found[f"`import {module}` alone"] = _importing(module)
        found[f"`import {module}` alone, processor"] = _used_by_children() - before
    return found


def start(port: int) -> dict[str, float]:
    """Seconds from the start until each process answers, and until a patient is answered.

    Then Rasa is killed, and the seconds are counted until it answers again.
    """
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(port, Path(folder))
        try:
            since = _watch()
            stack.start()
            found = {"migrated": since()}
            found |= {f"{name} answers": seconds for name, seconds in _arrivals(stack, since)}
            stack.wait()
            found["a canary is answered"] = since()
            patient = Patient(Door(stack.port))
            patient.say("what is foot drop")
            found[ANSWERED] = since()
            found |= {f"{name}, processor": _used(stack, name) for name in PROCESSES}
            found["Rasa is back after kill -9"] = _back(stack)
            return found
        finally:
            stack.stop()


def _importing(module: str) -> float:
    since = _watch()
    subprocess.run(
        [ACTIONS, "-c", f"import {module}"],
        cwd=ROOT,
        env=environment(),
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return since()


def _arrivals(stack: Stack, since: Callable[[], float]) -> list[tuple[str, float]]:
    """Each process with the seconds at which it first answers, in that order."""
    found: list[tuple[str, float]] = []
    missing = set(PROCESSES)
    while missing and since() < LONGEST:
        for name in sorted(missing):
            if stack.is_up(name):
                found.append((name, since()))
                missing.remove(name)
        time.sleep(0.05)
    return found


def _back(stack: Stack) -> float:
    rasa = _pid(stack, "rasa")
    since = _watch()
    os.kill(rasa, signal.SIGKILL)
    while not stack.is_up("rasa") and since() < LONGEST:
        time.sleep(0.05)
    return since()


def _pid(stack: Stack, name: str) -> int:
    found = Mortal(stack, stack.state).pid(name)
    assert found is not None, f"{name} is not there"
    return found


def _used(stack: Stack, name: str) -> float:
    """Seconds of processor time that a process has used since it began."""
    fields = Path(f"/proc/{_pid(stack, name)}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch() -> Callable[[], float]:
    begun = time.monotonic()
    return lambda: time.monotonic() - begun


if __name__ == "__main__":
    main()
