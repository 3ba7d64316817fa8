"""Whether examples are enough, and each says one thing that nothing else says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from content.lint.problems import Place, Problem, error
from content.lint.project import Listing, Project

LEAST = 25
NEARLY = 94.0
NEARLY_FROM_WORDS = 4
BLOCK = 512
# Two texts can only be NEARLY alike if the longer has at most this many times the letters.
STRETCH = 200 / NEARLY - 1

_WORD = re.compile(r"[^\W_]+")


class Example(NamedTuple):
    """An example with the words to compare it by, and the thing it belongs to."""

    plain: str
    words: str
    owner: str
    place: Place


def check(project: Project) -> Iterator[Problem]:
    """Too few examples; the same one twice; nearly the same one for two things."""
    for kind, listing in (("topic", project.topics), ("act", project.acts)):
        yield from _too_few(kind, listing)
    # By place, so that of two equal examples the later one is named.
    examples = sorted(_examples(project), key=lambda example: example.place)
    first: dict[str, Example] = {}
    for example in examples:
        if first.setdefault(example.plain, example) is not example:
            yield _same(first[example.plain], example)
    yield from _nearly(list(first.values()))


def normalise(text: str) -> str:
    """``text`` without case, punctuation and spare spaces; a text of signs alone stays itself."""
    plain = text.lower().replace("'", "").replace("\u2019", "")
    return " ".join(_WORD.findall(plain)) or text.strip()


def _too_few(kind: str, listing: Listing) -> Iterator[Problem]:
    for entry in listing.values():
        count = len(entry.texts("examples"))
        if entry.document.readable and count < LEAST:
            wrong = f"{count} examples; {'an' if kind == 'act' else 'a'} {kind} needs {LEAST}"
            yield error(entry.place("examples"), wrong, f"Add {LEAST - count} more.")


def _examples(project: Project) -> Iterator[Example]:
    for entry in project.speakers:
        owner = f"{entry.document.schema} {entry.id}"
        for text in entry.texts("examples"):
            yield Example(normalise(text.words), text.words, owner, text.place)


def _same(first: Example, again: Example) -> Problem:
    if first.owner == again.owner:
        wrong = f'"{_short(again)}" stands in line {first.place.line} already'
        return error(again.place, wrong, "Delete one of the two.")
    wrong = f'"{_short(again)}" is also an example at {first.place}'
    return error(again.place, wrong, "Keep it where it fits best.", other=first.place.path)


def _nearly(examples: Sequence[Example]) -> Iterator[Problem]:
    """Compare texts of about the same length, a block at a time, in rapidfuzz's own threads."""
    longer = [e for e in examples if len(e.plain.split()) >= NEARLY_FROM_WORDS]
    longer.sort(key=lambda example: len(example.plain))
    plain = [example.plain for example in longer]
    lengths = [len(text) for text in plain]
    for start in range(0, len(plain), BLOCK):
        block = plain[start : start + BLOCK]
        end = bisect_right(lengths, len(block[-1]) * STRETCH)
        likeness = process.cdist(
            block, plain[start:end], scorer=fuzz.ratio, score_cutoff=NEARLY, workers=-1
        )
        for row, column in zip(*likeness.nonzero(), strict=True):
            one, other = longer[start + row], longer[start + column]
            if row < column and one.owner != other.owner:
                yield _alike(*sorted((one, other), key=lambda example: example.place))


def _alike(first: Example, again: Example) -> Problem:
    wrong = f'"{_short(again)}" is nearly "{_short(first)}" at {first.place}'
    mend = "Keep one of them, or say it in other words."
    return error(again.place, wrong, mend, other=first.place.path)


def _short(example: Example) -> str:
    return example.words if len(example.words) <= 60 else f"{example.words[:57]}..."
