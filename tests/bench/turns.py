"""What a turn costs at the start of a conversation, and when it has grown long.

The machine is never equally quiet, so that what is compared is done in turn, and with the same
words: at each length a turn of either system's long conversation, one of a young conversation of
either, about ten turns long, and a first one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.bench.figures import Figures, Say, summary
from tests.bench.systems import System, Talk
from tests.bench.workload import go_on, spoken
from tests.load.talking import percentile

NEW, YOUNG, LONG = "1", "10", "long"
TENTH = range(6, 16)
"""The turns that count as the tenth."""
CLIMB = 50
"""After so many turns it is told how far the climb is."""

Times = dict[tuple[str, str], list[float]]


class Young:
    """Conversations about ten turns long, one after the other."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._talk: Talk | None = None
        self._turn = 0

    def say(self, text: str) -> float:
        """Milliseconds of the next turn that counts as the tenth."""
        if self._talk is None or self._turn not in TENTH:
            self._talk, self._turn = self._system.talk(), TENTH[0]
            go_on(self._talk, spoken(), TENTH[0] - 1)
        self._turn += 1
        return self._talk.say(text)


class Long:
    """One conversation that grows."""

    def __init__(self, system: System) -> None:
        self._name, self._talk = system.name, system.talk()
        self._turns = 0

    def climb(self, turns: int, say: Say) -> None:
        """Talk until it is that long."""
        words = spoken(self._turns)
        while self._turns < turns:
            self.say(next(words))
            if self._turns % CLIMB == 0:
                say(f"{self._name}: turn {self._turns}")

    def say(self, text: str) -> float:
        """Milliseconds of the next turn."""
        self._turns += 1
        return self._talk.say(text)


def measure(systems: Sequence[System], lengths: Sequence[int], rounds: int, say: Say) -> Figures:
    """Milliseconds of a turn at each length, by system.

    Args:
        systems: who is asked.
        lengths: of the long conversation; the first and the tenth turn are measured anyway.
        rounds: how many turns of each kind at each length, half of them before it.
        say: told how far it is.

    Returns:
        For each system its turns by length, and for each length how many times a turn took what
        the tenth took beside it.
    """
    for system in systems:
        go_on(system.talk(), spoken(), TENTH[-1])  # what comes first of all is slower
    long, young = [Long(system) for system in systems], [Young(system) for system in systems]
    early: Times = {(system.name, kind): [] for system in systems for kind in (NEW, YOUNG)}
    grown: Figures = {system.name: {"turns": {}, "ratios": {}} for system in systems}
    for length in sorted(lengths):
        for one in long:
            one.climb(length - rounds // 2, say)
        times = _in_turn(systems, young, long, rounds)
        for (name, kind), known in early.items():
            known += times[name, kind]
        for name, found in grown.items():
            taken = percentile(times[name, LONG], 50)
            found["turns"][str(length)] = summary(times[name, LONG])
            found["ratios"][str(length)] = taken / percentile(times[name, YOUNG], 50)
            say(f"{name}: turn {length} took {taken:.0f} ms")
    for name, found in grown.items():
        first = {kind: summary(early[name, kind]) for kind in (NEW, YOUNG)}
        found["turns"] = {**first, **found["turns"]}
    return grown


def _in_turn(
    systems: Sequence[System], young: Sequence[Young], long: Sequence[Long], rounds: int
) -> Times:
    ways: dict[tuple[str, str], Callable[[str], float]] = {}
    for system, new, old in zip(systems, young, long, strict=True):
        ways[system.name, NEW] = lambda text, of=system: of.talk().say(text)  # type: ignore[misc]
        ways[system.name, YOUNG], ways[system.name, LONG] = new.say, old.say
    times: Times = {way: [] for way in ways}
    words = spoken()
    for number in range(rounds):
        text = next(words)
        # Nobody is always asked what another has just made warm.
        for way in sorted(ways, reverse=bool(number % 2)):
            times[way].append(ways[way](text))
    return times
