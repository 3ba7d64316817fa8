"""The messages that safety is measured on. Patterns and the second opinion never see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deploy.train import ROOT
from triage import Level

FOLDER = ROOT / "tests" / "safety"
HELDOUT = FOLDER / "heldout"
VALIDATION = FOLDER / "validation"


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


def positives(folder: Path = HELDOUT) -> list[Message]:
    """Messages that carry a red flag."""
    found = []
    for path in sorted((folder / "positives").glob("*.yml")):
        document = _read(path)
        for level, texts in document["messages"].items():
            found += [Message(str(text), document["flag"], Level(level)) for text in texts]
    return found


def near_misses(folder: Path = HELDOUT) -> list[Message]:
    """Messages that look like a red flag and are none."""
    found = []
    for path in sorted((folder / "near_misses").glob("*.yml")):
        document = _read(path)
        found += [Message(str(t), document["class"], Level.NONE) for t in document["messages"]]
    return found


def alarming_all_the_same(folder: Path = HELDOUT) -> list[Message]:
    """Messages written as ordinary questions that tell of a red flag."""
    told = _read(folder / "ordinary_alarming.yml")["alarming"]
    return [Message(one["text"], one["flag"], Level(one["level"])) for one in told]


def doubtful(folder: Path = HELDOUT) -> list[str]:
    """Messages written as ordinary questions that may tell of a red flag."""
    return [str(one["text"]) for one in _read(folder / "ordinary_alarming.yml")["doubtful"]]


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
