"""How many turns a second, in young conversations and in those of fifty turns."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tests.bench.crowd import Taken, figures, together
from tests.bench.figures import Figures, Say
from tests.bench.systems import System, Talk
from tests.bench.workload import go_on, spoken

VISIT = 10
"""Turns of a young conversation; then another begins."""
OLD, TURNS = 50, 4
"""The length that is meant, and how many turns of each old conversation a crowd takes."""
ROUNDS = 2
"""Crowds of each size, the systems in turn."""
PREPARING = 8

Old = tuple[Talk, Iterator[str]]
Work = Callable[[System], Callable[[int], Iterator[float]]]


def measure(
    systems: Sequence[System], clients: Sequence[int], seconds: float, pool: int, say: Say
) -> Figures:
    """Turns a second and milliseconds of a turn, by number of clients and system.

    Args:
        systems: who is asked.
        clients: how many at a time, one number after the other.
        seconds: how long each number of clients talks in young conversations.
        pool: how many old conversations there are.
        say: told how far it is.
    """
    for system in systems:  # what comes first of all is slower
        together(PREPARING, partial(_visits, system, 1.0))

    def young(system: System) -> Callable[[int], Iterator[float]]:
        return partial(_visits, system, seconds / ROUNDS)

    found = {"young": _crowds(systems, clients, young, say)}
    grown = {system.name: _grown(system, pool, first_turn(len(clients)), say) for system in systems}

    def old(system: System) -> Callable[[int], Iterator[float]]:
        return partial(_taking, deque(grown[system.name]))

    return {**found, "old": _crowds(systems, clients, old, say)}


def first_turn(numbers: int) -> int:
    """How many turns come before, so that those that are measured have ``OLD`` in their middle."""
    return OLD - numbers * ROUNDS * TURNS // 2


def _crowds(systems: Sequence[System], clients: Sequence[int], work: Work, say: Say) -> Figures:
    found: Figures = {}
    for count in clients:
        taken: dict[str, list[Taken]] = {system.name: [] for system in systems}
        for number in range(ROUNDS):
            for system in systems[:: -1 if number % 2 else 1]:
                taken[system.name].append(together(count, work(system)))
        found[str(count)] = {name: figures(parts) for name, parts in taken.items()}
        rates = (f"{name} {one['rate']:.1f}" for name, one in found[str(count)].items())
        say(f"{count} clients, turns a second: {', '.join(rates)}")
    return found


def _visits(system: System, seconds: float, number: int) -> Iterator[float]:
    """One client: short conversations, until the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        talk, words = system.talk(), spoken(number)
        for _ in range(VISIT):
            if time.monotonic() < end:
                yield talk.say(next(words))


def _grown(system: System, pool: int, turns: int, say: Say) -> list[Old]:
    """Conversations that are so long already."""
    old: list[Old] = [(system.talk(), spoken(number)) for number in range(pool)]
    waiting, left = deque(old), [pool]

    def grow(_: int) -> Iterator[float]:
        for talk, words in _each(waiting):
            yield from go_on(talk, words, turns)
            left[0] -= 1
            if left[0] % PREPARING == 0:
                say(f"{system.name}: {left[0]} conversations left to grow to {turns} turns")

    together(PREPARING, grow)
    return old


def _taking(waiting: deque[Old], _: int) -> Iterator[float]:
    """One client: a few turns of the next conversation that nobody has taken yet."""
    for talk, words in _each(waiting):
        yield from go_on(talk, words, TURNS)


def _each(waiting: deque[Old]) -> Iterator[Old]:
    while True:
        try:
            yield waiting.popleft()
        except IndexError:
            return
