"""Kill processes at random while patients chat: `python -m tests.faults.storm --kills 200`."""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.patients import Patient
from tests.faults.stacks import COMMANDS, Mortal, mortal

TEXTS = (
    "what is foot drop",
    "why do my toes drag when I walk",
    "can a brace help me",
    "how long does it take to get better",
    "is it because of my MS",
    "do the toe raises with me",
    "stop",
    "thank you",
    "which exercises are good for my ankle",
    "what is the weather tomorrow",
)
VISIT = 15  # messages of a session before a new one begins
UP_WITHIN = 60.0


@dataclass
class Figures:
    """What a storm came to.

    Attributes:
        kills: how often each process was killed.
        back: the seconds each process took to work again.
        messages: how many messages were acknowledged.
        tries: how often they were sent.
        answers: how many of the replies were more than an apology.
        faults: what went wrong: nothing, if all is well.
    """

    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COMMANDS, 0))
    back: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in COMMANDS})
    messages: int = 0
    tries: int = 0
    answers: int = 0
    faults: list[str] = field(default_factory=list)

    def report(self) -> str:
        """The figures as lines of text."""
        lines = [f"kills: {sum(self.kills.values())}"]
        for name, count in self.kills.items():
            back = sorted(self.back[name]) or [0.0]
            took = f"{statistics.median(back):.1f} s (median), {back[-1]:.1f} s (most)"
            lines.append(f"  {name}: {count} kills; back after {took}")
        lines.append(
            f"messages: {self.messages} acknowledged in {self.tries} tries, "
            f"{self.answers} of them answered, the others with an apology"
        )
        lines.append(f"lost, doubled or left alone: {len(self.faults)}")
        return "\n".join([*lines, *(f"  {fault}" for fault in self.faults)])


class Storm:
    """Patients who chat, and one killer for each process.

    Args:
        running: the stack.
        kills: how many kills in all.
        clients: how many patients chat at a time.
        seed: of the random choices.
    """

    def __init__(self, running: Mortal, kills: int, clients: int, seed: int) -> None:
        self._running = running
        self._left = kills
        self._clients = clients
        self._seed = seed
        self._lock = threading.Lock()
        self._over = threading.Event()
        self.figures = Figures()

    def rage(self, progress: Callable[[str], None] = print) -> Figures:
        """Kill and chat until the kills are done; then check every session."""
        killers = [threading.Thread(target=self._kill, args=(name,)) for name in COMMANDS]
        chatting = [threading.Thread(target=self._chat, args=(n,)) for n in range(self._clients)]
        for thread in (*killers, *chatting):
            thread.start()
        while any(killer.is_alive() for killer in killers):
            time.sleep(10)
            progress(f"{self._left} kills left, {self.figures.messages} messages acknowledged")
        self._over.set()
        for thread in chatting:
            thread.join()
        return self.figures

    def _kill(self, name: str) -> None:
        chance = random.Random(f"{self._seed} {name}")
        while True:
            time.sleep(chance.uniform(0.2, 5))
            with self._lock:
                if self._left == 0:
                    return
                self._left -= 1
            if not self._running.kill(name):
                with self._lock:
                    self._left += 1
                continue
            took = self._until_up(name)
            with self._lock:
                self.figures.kills[name] += 1
                self.figures.back[name].append(took)

    def _until_up(self, name: str) -> float:
        began = time.monotonic()
        while time.monotonic() - began < UP_WITHIN:
            if self._running.stack.is_up(name):
                return time.monotonic() - began
            time.sleep(0.05)
        with self._lock:
            self.figures.faults.append(f"{name} was not back within {UP_WITHIN:.0f} s")
        return UP_WITHIN

    def _chat(self, number: int) -> None:
        chance = random.Random(f"{self._seed} patient {number}")
        while not self._over.is_set():
            try:
                self._visit(chance)
            except AssertionError as error:
                with self._lock:
                    self.figures.faults.append(str(error))

    def _visit(self, chance: random.Random) -> None:
        patient = Patient(self._running.stack.url)
        answers = 0
        for _ in range(VISIT):
            if self._over.is_set():
                break
            patient.says(chance.choice(TEXTS))
            answers += patient.reply[0]["kind"] != "notice"
            time.sleep(chance.uniform(0, 0.3))
        patient.check()
        patient.close()
        with self._lock:
            self.figures.messages += len(patient.sent)
            self.figures.tries += patient.tries
            self.figures.answers += answers


def main() -> int:
    """Run a storm and print its figures; 1 if anything was lost, doubled or left alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.storm", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many in all (200)")
    parser.add_argument("--clients", type=int, default=8, help="patients chatting (8)")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices (1)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, mortal(Path(folder)) as running:
        figures = Storm(running, options.kills, options.clients, options.seed).rage()
    print(figures.report())
    return 1 if figures.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
