"""Whether examples are enough, and each says one thing that nothing else says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from content.lint.alike import Alike
from content.lint.documents import Document
from content.lint.entries import Entry, Listing
from content.lint.problems import Place, Problem, error
from content.lint.project import Project

LEAST = 25
NEARLY = 94.0
NEARLY_FROM_WORDS = 4

_WORD = re.compile(r"[^\W_]+")


class Example(NamedTuple):
    """An example with the words to compare it by, and the thing it belongs to."""

    plain: str
    words: str
    owner: str
    place: Place


def check(project: Project) -> Iterator[Problem]:
    """Too few examples; the same one twice; nearly the same one for two things."""
    return Comparison().check(project)


class Comparison:
    """Compares examples, and remembers: the next time, only what is new is compared."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._read: WeakKeyDictionary[Document, list[Example]] = WeakKeyDictionary()
        self._alike = Alike(NEARLY)

    def check(self, project: Project) -> Iterator[Problem]:
        """What is wrong with a project's examples."""
        for kind, listing in (("topic", project.topics), ("act", project.acts)):
            yield from _too_few(kind, listing)
        first: dict[str, Example] = {}
        for example in self._examples(project):
            if first.setdefault(example.plain, example) is not example:
                yield _same(first[example.plain], example)
        texts = [text for text in first if len(text.split()) >= NEARLY_FROM_WORDS]
        for text, other in self._alike.pairs(texts):
            if first[text].owner != first[other].owner:
                pair = sorted((first[text], first[other]), key=lambda example: example.place)
                yield _nearly(*pair)

    def _examples(self, project: Project) -> Iterator[Example]:
        """All of them by place, so that of two equal ones the later is named."""
        entries: dict[Document, list[Entry]] = {}
        for entry in project.speakers:
            entries.setdefault(entry.document, []).append(entry)
        for document in sorted(entries, key=lambda document: document.path):
            if document not in self._read:
                found = (example for entry in entries[document] for example in _examples(entry))
                self._read[document] = sorted(found, key=lambda example: example.place)
            yield from self._read[document]


def normalise(text: str) -> str:
    """``text`` without case, punctuation and spare spaces; a text of signs alone stays itself."""
    plain = text.lower().replace("'", "").replace("\u2019", "")
    return " ".join(_WORD.findall(plain)) or text.strip()


def _too_few(kind: str, listing: Listing) -> Iterator[Problem]:
    for entry in listing.values():
        count = sum(isinstance(item, str) for item in entry.items("examples"))
        if entry.document.readable and count < LEAST:
            wrong = f"{count} examples; {'an' if kind == 'act' else 'a'} {kind} needs {LEAST}"
            yield error(entry.place("examples"), wrong, f"Add {LEAST - count} more.")


def _examples(entry: Entry) -> Iterator[Example]:
    owner = f"{entry.document.schema} {entry.id}"
    for text in entry.texts("examples"):
        yield Example(normalise(text.words), text.words, owner, text.place)


def _same(first: Example, again: Example) -> Problem:
    if first.owner == again.owner:
        wrong = f'"{_short(again)}" stands in line {first.place.line} already'
        return error(again.place, wrong, "Delete one of the two.")
    wrong = f'"{_short(again)}" is also an example at {first.place}'
    return error(again.place, wrong, "Keep it where it fits best.", other=first.place.path)


def _nearly(first: Example, again: Example) -> Problem:
    wrong = f'"{_short(again)}" is nearly "{_short(first)}" at {first.place}'
    mend = "Keep one of them, or say it in other words."
    return error(again.place, wrong, mend, other=first.place.path)


def _short(example: Example) -> str:
    return example.words if len(example.words) <= 60 else f"{example.words[:57]}..."
