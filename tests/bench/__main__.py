"""Measure Dorsi beside `rasa init`'s default on the same machine, and write docs/bench.md.

The parts follow each other; what was measured is kept, so that the next run can take the others.
Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from deploy.train import home
from tests.bench import lesson, machine, memory, starting, throughput, training, turns
from tests.bench.figures import Figures, Say
from tests.bench.report import DOCS, Report
from tests.bench.systems import DEFAULT, DORSI, both, default, dorsi

QUICK = {
    "rounds": 4,
    "lengths": [20],
    "seconds": 4.0,
    "pool": 8,
    "turns": 400,
    "default_turns": 400,
    "warm_up": 100,
    "starts": 1,
    "examples": 2,
}
Options = argparse.Namespace
Part = Callable[[Options, Say], Figures]


def main() -> int:
    """Measure the parts that are asked for; the page is written after each."""
    given = parsed(sys.argv[1:])
    # Who ends it by a signal ends what it has started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    report = Report(home() / "bench" / "quick" if given.quick else DOCS)
    for name in given.only or PARTS:
        began, when, load = time.monotonic(), datetime.now(timezone.utc), machine.load()
        told(f"{name} (load {load:.1f})")
        # What this run leaves out stays as it was measured before.
        before = (report.kept(name) or {"found": {}})["found"]
        found = {**before, **PARTS[name](given, told)}
        took = time.monotonic() - began
        line = (
            f"{when:%Y-%m-%d %H:%M} UTC, {machine.described()}; load {load:.1f} before and"
            f" {machine.load():.1f} after; took {took / 60:.1f} min."
        )
        if given.examples:
            line += f" The default learnt at most {given.examples} examples of each label."
        report.keep(name, {"machine": line, "options": vars(given), "found": found})
        told(f"{name}: done in {took:.0f} s")
    return 0


def told(what: str) -> None:
    """A line of progress."""
    print(f"{datetime.now():%H:%M:%S} {what}", flush=True)


def parsed(words: list[str]) -> Options:
    """The options; ``--quick`` changes what the others are if they are not given."""
    parser = argparse.ArgumentParser(prog="make bench, or python -m tests.bench")
    parser.description = __doc__
    add, number = parser.add_argument, "(default %(default)s)"
    add("--only", nargs="+", choices=PARTS, metavar="PART", help=" ".join(PARTS))
    add(
        "--quick", action="store_true", help="tiny, to see that it works; in DORSI_HOME/bench/quick"
    )
    add("--rounds", type=int, default=40, help=f"turns at each length {number}")
    add("--lengths", type=int, nargs="+", default=[100, 500], help=f"beside 1 and 10 {number}")
    add("--clients", type=int, nargs="+", default=[1, 8, 32], help=f"at the same time {number}")
    add("--seconds", type=float, default=20, help=f"of throughput at each number {number}")
    add("--pool", type=int, default=64, help=f"conversations of 50 turns {number}")
    add("--turns", type=int, default=10_000, help=f"of memory, Dorsi {number}")
    add("--default-turns", type=int, default=3_000, help=f"of the default; 0: none {number}")
    add("--warm-up", type=int, default=1_000, help=f"turns of memory not counted {number}")
    add("--starts", type=int, default=3, help=f"of each {number}")
    add("--epochs", type=int, default=2, help=f"of each network; 0 in training: none {number}")
    add("--examples", type=int, help="of each label for the default to learn (default: all)")
    add("--retrain", action="store_true", help="train the default although its model is kept")
    if parser.parse_known_args(words)[0].quick:
        parser.set_defaults(**QUICK)
    return parser.parse_args(words)


def _model(given: Options) -> Path:
    return lesson.trained(given.epochs, given.examples)[0]


def _turns(given: Options, say: Say) -> Figures:
    with both(_model(given)) as systems:
        return turns.measure(systems, given.lengths, given.rounds, say)


def _throughput(given: Options, say: Say) -> Figures:
    with both(_model(given)) as systems:
        return throughput.measure(systems, given.clients, given.seconds, given.pool, say)


def _memory(given: Options, say: Say) -> Figures:
    with dorsi() as system:
        found = {DORSI: memory.measure(system, given.turns, given.warm_up, say)}
    if not given.default_turns:
        return found
    with default(_model(given)) as system:
        turns, warm_up = given.default_turns, given.warm_up
        return {**found, DEFAULT: memory.measure(system, turns, warm_up, say)}


def _start(given: Options, say: Say) -> Figures:
    return starting.measure(_model(given), given.starts, say)


def _train(given: Options, say: Say) -> Figures:
    if not given.epochs:
        return training.ours(say)
    _, about = lesson.trained(given.epochs, given.examples, anew=given.retrain)
    return training.measure(about, given.epochs, say)


PARTS: dict[str, Part] = {
    "train": _train,
    "start": _start,
    "turns": _turns,
    "throughput": _throughput,
    "memory": _memory,
}


if __name__ == "__main__":
    raise SystemExit(main())
