"""The messages that safety is measured on. Patterns and the second opinion never see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from lab.opinion.data import items
from tests.accuracy.messages import HELDOUT as TOPICS
from tests.accuracy.messages import others, topics, unseen
from triage import Level

HELDOUT = Path(__file__).parent / "heldout"
VALIDATION = Path(__file__).parent / "validation"


@dataclass(frozen=True)
class Message:
    """A message, and what it deserves.

    Attributes:
        text: as typed.
        group: the flag of a positive, the class of a near miss.
        level: what it deserves; none for near misses.
    """

    text: str
    group: str
    level: Level


def plain(text: str) -> str:
    """The words of a text alone, for telling whether two are the same message."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@lru_cache(maxsize=1)
def learnt() -> frozenset[str]:
    """What patterns and second opinion were made from, examples of topics and small talk too.

    Two writers may hit on the same words.
    """
    return frozenset(plain(item.text) for item in items())


def written(folder: Path) -> list[str]:
    """All messages of a folder's files on red flags, learnt or not."""
    return [message.text for message in (*_positives(folder), *_near_misses(folder))]


def asked(folder: Path) -> list[str]:
    """All ordinary messages of a folder of ``tests/accuracy``, learnt or not."""
    return [message.text for message in topics(folder) + others(folder)]


def positives(folder: Path = HELDOUT) -> list[Message]:
    """Messages that carry a red flag."""
    return _unseen(_positives(folder), folder)


def _positives(folder: Path) -> list[Message]:
    found = []
    for path in sorted((folder / "positives").glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for level, texts in document["messages"].items():
            found += [Message(str(text), document["flag"], Level(level)) for text in texts]
    return found


def near_misses(folder: Path = HELDOUT) -> list[Message]:
    """Messages that look like a red flag and are none."""
    return _unseen(_near_misses(folder), folder)


def _near_misses(folder: Path) -> list[Message]:
    found = []
    for path in sorted((folder / "near_misses").glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [Message(str(t), document["class"], Level.NONE) for t in document["messages"]]
    return found


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
    told = yaml.safe_load((ours / "ordinary_alarming.yml").read_text(encoding="utf-8"))
    others_too = {plain(one["text"]) for one in (*told["alarming"], *told["doubtful"])}
    found = [m.text for m in unseen(topics(folder) + others(folder), folder)]
    quiet = [text for text in found if plain(text) not in others_too]
    return _unseen([Message(text, "ordinary", Level.NONE) for text in quiet], folder)


def alarming_all_the_same() -> list[Message]:
    """Held-out messages written as ordinary questions that tell of a red flag."""
    told = yaml.safe_load((HELDOUT / "ordinary_alarming.yml").read_text(encoding="utf-8"))
    found = [Message(one["text"], one["flag"], Level(one["level"])) for one in told["alarming"]]
    return _unseen(found, HELDOUT)
