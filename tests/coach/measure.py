"""How well the coach hears: ``make coach-accuracy`` writes ``docs/coach.md``.

A message counts as understood where the coach does what was asked: the right command, or the right
sign of the body. What is beside the point may also be answered as unclear.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import yaml

from actions.exercises.hearing import Hearer
from actions.safety.answers import Reader
from assistant.nlu.commands import CommandReader
from assistant.nlu.text import normalise, tidy
from content.coach import Coach
from content.load import load
from content.names import Command, Spoken
from gate.model import command_reader

HERE = Path(__file__).parent
HELDOUT = HERE / "heldout" / "commands.yml"
VALIDATION = HERE / "validation" / "commands.yml"
REPORT = HERE.parents[1] / "docs" / "coach.md"
UNCLEAR, DOUBT = "unclear", "doubt"
ALSO_RIGHT = {
    Spoken.ASIDE.value: {UNCLEAR},
    # During a step a yes leads on; after a pause all of these take the exercise up again.
    Command.NEXT.value: {Spoken.YES.value},
    Spoken.YES.value: {Command.NEXT.value},
    Command.RESUME.value: {Command.NEXT.value, Command.REPEAT.value, Spoken.YES.value},
}
ONWARD = frozenset(
    {Command.NEXT.value, Command.COUNT.value, Command.HARDER.value, Spoken.YES.value}
)
"""What leads on: the body must never be taken for one of these."""


@dataclass(frozen=True)
class Heard:
    """A message, what it means, and what the coach made of it."""

    text: str
    label: str
    heard: str

    @property
    def right(self) -> bool:
        """Whether the coach does what was meant."""
        return self.heard == self.label or self.heard in ALSO_RIGHT.get(self.label, ())


class Ears:
    """The coach's hearing as it is in a conversation."""

    def __init__(self, reader: CommandReader) -> None:
        catalogue = load()
        assert catalogue.coach is not None
        assert catalogue.safety_check is not None
        self.coach: Coach = catalogue.coach
        self._commands = reader
        self._hearer = Hearer(self.coach)
        self._questions = Reader(catalogue.safety_check.words)

    def hear(self, text: str) -> str:
        """The command, the sign (of kin the one that asks), ``doubt`` or ``unclear``."""
        rankings = self._commands.read(tidy(text))
        heard = self._hearer.hear(text, rankings, asks=self._questions.is_question(text))
        if heard.sign is not None:
            return self._kin(heard.sign.id)
        return DOUBT if heard.doubt else heard.command or UNCLEAR

    def _kin(self, sign: str) -> str:
        kin = (one.id for one in self.coach.signs.values() if sign in (one.worse, one.milder))
        return next(kin, sign)


@lru_cache(maxsize=1)
def ears() -> Ears:
    """Of the model that `make train` left."""
    return Ears(command_reader())


def messages(file: Path) -> Iterator[tuple[str, str]]:
    """Pairs of a label and a message."""
    for label, texts in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        yield from ((label, str(text)) for text in texts)


def heard(file: Path) -> list[Heard]:
    """What the coach makes of every message of a file."""
    return [Heard(text, label, ears().hear(text)) for label, text in messages(file)]


def learnt() -> set[str]:
    """The messages to learn from, in plain words."""
    coach = ears().coach
    named = (*coach.commands.values(), *coach.signs.values())
    examples = [example for one in named for example in one.examples]
    return {normalise(text) for text in (*examples, *chain(*coach.asides.values()))}


def report(found: list[Heard]) -> str:
    """The figures as a table."""
    labels = list(dict.fromkeys(one.label for one in found))
    signs = ears().coach.signs
    body = [one for one in found if one.label in signs]
    missed = [one for one in body if one.heard in ONWARD]
    right = sum(one.right for one in found)
    known = learnt()
    apart = [one for one in found if normalise(one.text) not in known]
    fresh = sum(one.right for one in apart)
    lines = [
        "# How well the coach hears",
        "",
        "Measured by `make coach-accuracy` on `tests/coach/heldout`, whose writer saw none of the",
        "messages to learn from. Not yet measured on patients.",
        "",
        f"- understood: {right} of {len(found)} ({right / len(found):.1%}); 97% is asked",
        f"- of those that nobody wrote to learn from, too: {fresh} of {len(apart)}",
        f"  ({fresh / len(apart):.1%}); the others are short, such as *next* or *did ten*",
        f"- the body taken for next, yes, a count or harder: {len(missed)} of {len(body)};",
        "  none is asked",
        "",
        "| said | understood | most often taken for |",
        "|---|---|---|",
    ]
    for label in labels:
        own = [one for one in found if one.label == label]
        wrong = [one.heard for one in own if not one.right]
        common = max(set(wrong), key=wrong.count) if wrong else ""
        share = sum(one.right for one in own)
        lines.append(f"| {label} | {share} of {len(own)} | {common} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and write the report."""
    parser = argparse.ArgumentParser(prog="make coach-accuracy", description=__doc__)
    parser.add_argument("--validation", action="store_true", help="print what goes wrong there")
    options = parser.parse_args()
    if options.validation:
        found = heard(VALIDATION)
        for one in found:
            if not one.right:
                print(f"{one.label:12} {one.heard:12} {one.text}")
        print(f"{sum(one.right for one in found)} of {len(found)}")
        return
    text = report(heard(HELDOUT))
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
