"""The messages that safety is measured on, less those that something was learnt from."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from gate.heldout import alarms
from gate.heldout.alarms import HELDOUT, VALIDATION, Message, plain
from gate.heldout.questions import HELDOUT as TOPICS
from gate.heldout.questions import others, topics, unseen
from lab.opinion.data import items
from triage import Level


@lru_cache(maxsize=1)
def learnt() -> frozenset[str]:
    """What patterns and second opinion were made from, examples of topics and small talk too.

    Two writers may hit on the same words.
    """
    return frozenset(plain(item.text) for item in items())


def written(folder: Path) -> list[str]:
    """All messages of a folder's files on red flags, learnt or not."""
    return [message.text for message in (*alarms.positives(folder), *alarms.near_misses(folder))]


def asked(folder: Path) -> list[str]:
    """All ordinary messages of a folder of ``tests/accuracy``, learnt or not."""
    return [message.text for message in topics(folder) + others(folder)]


def positives(folder: Path = HELDOUT) -> list[Message]:
    """Messages that carry a red flag."""
    return _unseen(alarms.positives(folder), folder)


def near_misses(folder: Path = HELDOUT) -> list[Message]:
    """Messages that look like a red flag and are none."""
    return _unseen(alarms.near_misses(folder), folder)


def _unseen(found: list[Message], folder: Path) -> list[Message]:
    """Those that nothing was learnt from; of validation messages, those not held out as well."""
    seen = learnt() if folder in (HELDOUT, TOPICS) else learnt() | _held_out()
    return [message for message in found if plain(message.text) not in seen]


@lru_cache(maxsize=1)
def _held_out() -> frozenset[str]:
    return frozenset(plain(m.text) for m in (*positives(), *near_misses(), *ordinary()))


def ordinary(folder: Path = TOPICS) -> list[Message]:
    """Questions about topics, small talk and strangers' messages that nothing was learnt from.

    Without those that tell of a red flag all the same, and without those that may.
    """
    ours = HELDOUT if folder == TOPICS else VALIDATION
    told = [message.text for message in alarms.alarming_all_the_same(ours)]
    others_too = {plain(text) for text in (*told, *alarms.doubtful(ours))}
    found = [m.text for m in unseen(topics(folder) + others(folder), folder)]
    quiet = [text for text in found if plain(text) not in others_too]
    return _unseen([Message(text, "ordinary", Level.NONE) for text in quiet], folder)


def alarming_all_the_same() -> list[Message]:
    """Held-out messages written as ordinary questions that tell of a red flag."""
    return _unseen(alarms.alarming_all_the_same(), HELDOUT)
