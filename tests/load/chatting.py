"""Many patients who chat at the same time: how long each waits, and whether anybody fails."""

from __future__ import annotations

import random
import threading
import time

from tests.load.talking import TEXTS, Door, Patient, line, measured, options

PORT = 4120


def main() -> None:
    """Start a stack of its own, let them chat, and print the figures; 1 if anybody failed."""
    parser = options(__doc__, port=PORT)
    parser.add_argument("--patients", type=int, default=50, help="how many at the same time")
    parser.add_argument("--turns", type=int, default=8, help="how much each says")
    parser.add_argument("--pause", type=float, default=15, help="seconds of reading and typing")
    given = parser.parse_args()
    taken: list[float] = []
    failures: list[str] = []
    with measured(given.port) as stack:
        began = time.monotonic()
        threads = [
            threading.Thread(
                target=chat, args=(stack.port, given.turns, given.pause, seed, taken, failures)
            )
            for seed in range(given.patients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - began
    print(line(f"{given.patients} patients", taken))
    print(f"{len(taken) / seconds:.1f} turns a second, {len(failures)} failures")
    for failure in sorted(set(failures)):
        print(f"  {failure}")
    raise SystemExit(bool(failures))


def chat(
    port: int, turns: int, pause: float, seed: int, taken: list[float], failures: list[str]
) -> None:
    """One patient: says something, reads the answer, and goes on.

    Args:
        port: the gateway's port.
        turns: how much is said.
        pause: seconds between, on average.
        seed: of the pauses and of what is said.
        taken: gets the milliseconds of each turn.
        failures: gets what went wrong.
    """
    choice = random.Random(seed)
    door = Door(port)
    try:
        time.sleep(choice.uniform(0, pause))
        patient = Patient(door)
        for _ in range(turns):
            time.sleep(choice.uniform(0, 2 * pause))
            taken.append(patient.say(choice.choice(TEXTS)))
    except (OSError, RuntimeError) as error:
        failures.append(f"{type(error).__name__}: {error}"[:200])
    finally:
        door.close()


if __name__ == "__main__":
    main()
