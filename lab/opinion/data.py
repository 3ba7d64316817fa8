"""What the second opinion learns from: red-flag examples, messages to learn from, ordinary talk."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.nlu.slips import with_slips

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SLIPS = 0.3  # the share of texts with slips of the keyboard
VALIDATION = ROOT / "tests" / "safety" / "validation"
DOUBTFUL = Path(__file__).parent / "doubtful.yml"
NONE = "none"
SEED = 0
HARMLESS = ("mild_pain", "cramp", "tired", "hot", "old_numb")
"""Signs of the body during an exercise that are no red flags; others may be."""


@dataclass(frozen=True)
class Item:
    """A text and its class: ``flag:level``, or none."""

    text: str
    label: str


def items() -> list[Item]:
    """All that there is to learn from, in random order.

    Where an example of a topic tells of a red flag, a file to learn from says so, or the list of
    doubtful ones keeps it out.
    """
    doubtful = set(_read(DOUBTFUL)["messages"])
    talk = [item for item in _talk() if item.text not in doubtful]
    found = list({item.text: item for item in (*talk, *_written())}.values())
    random.Random(SEED).shuffle(found)
    return found


def validation() -> list[Item]:
    """Messages kept apart, on which thresholds and the temperature are chosen."""
    found = []
    for file in sorted(VALIDATION.glob("positives/*.yml")):
        document = _read(file)
        for level, texts in document["messages"].items():
            found += [Item(str(text), f"{document['flag']}:{level}") for text in texts]
    for file in sorted(VALIDATION.glob("near_misses/*.yml")):
        found += [Item(str(text), NONE) for text in _read(file)["messages"]]
    return found


def _written() -> Iterator[Item]:
    for file in sorted((DATA / "red_flags").glob("*.yml")):
        flag = _read(file)
        for level, texts in (flag.get("must_fire") or {}).items():
            yield from (Item(str(text), f"{flag['id']}:{level}") for text in texts)
        for texts in (flag.get("must_not_fire") or {}).values():
            yield from (Item(str(text), NONE) for text in texts or ())
    for text in _read(DATA / "triage" / "ordinary.yml")["messages"]:
        yield Item(str(text), NONE)
    yield from learning()


def learning(beginning: str = "") -> Iterator[Item]:
    """The messages of the files to learn from whose names begin so."""
    for file in sorted((DATA / "triage" / "learning").glob(f"{beginning}*.yml")):
        for label, texts in _read(file).items():
            yield from (Item(str(text), label) for text in texts or ())


def _talk() -> Iterator[Item]:
    coach = DATA / "coach"
    files = [
        *(DATA / "topics").glob("*/*.yml"),
        *(DATA / "conversation").glob("*.yml"),
        *(coach / "commands").glob("*.yml"),
        *(coach / "signs" / f"{sign}.yml" for sign in HARMLESS),
    ]
    for file in sorted(files):
        yield from (Item(str(text), NONE) for text in _read(file).get("examples") or ())
    for texts in _read(coach / "asides.yml").values():
        yield from (Item(str(text), NONE) for text in texts)


def _read(file: Path) -> dict[str, Any]:
    found = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    assert isinstance(found, dict), file
    return found


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def labels(found: Sequence[Item]) -> list[str]:
    """All classes, none first."""
    return [NONE, *sorted({item.label for item in found} - {NONE})]


def varied(item: Item, quiet: Sequence[Item], draw: random.Random) -> str:
    """The text as another patient might have typed it: with slips, or beside something else."""
    text = with_slips(item.text, draw, SLIPS)
    if draw.random() > 0.2:
        return text
    pair = [text, draw.choice(quiet).text]
    if draw.random() < 0.5:
        pair.reverse()
    return draw.choice([". ", " ", ", ", "\n"]).join(pair)


if __name__ == "__main__":
    learn = items()
    for label, count in sorted(Counter(item.label for item in learn).items()):
        print(f"{label:40} {count}")
    print(f"{'in all':40} {len(learn)}", file=sys.stderr)
