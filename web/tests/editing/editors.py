"""People who change a topic in random ways, and what each of them is owed afterwards."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from editing.documents import Document
from editing.shapes import Key

TEXTS: Sequence[Key] = (("title",), ("scope",), ("see_someone",))
LISTS: Sequence[Key] = (("examples",), ("follow_ups",))
ORDERED: Key = ("answer",)
REMARKS: Key = ("#",)

TOPIC = """\
# A topic.
id: brace/types
title: Kinds of brace
scope: 'The kinds: all.' # not which one
examples:
  - first
  - "no"
  # about the third
  - third: one
  - fourth
answer:
  - There are several kinds.
  - Some are soft.
  - Some are stiff.
follow_ups: [brace/shoes, brace/choosing]
sources: [a-source]
reviewed: "2026-11-21"
""".replace("third: one", "'third: one'")


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did: a value given, an item added or taken out, a remark written."""

    key: Key
    what: str
    value: str
    before: str = ""


@dataclass
class Ledger:
    """All that was done and is not undone by somebody who saw it, nor told as a conflict."""

    owed: list[Deed] = field(default_factory=list)

    def enter(self, deeds: Sequence[Deed]) -> None:
        """Add deeds; what they knowingly undo is owed no more."""
        for deed in deeds:
            self.owed = [old for old in self.owed if not _undoes(deed, old)]
            self.owed.append(deed)

    def told(self, key: Key) -> None:
        """A conflict of a field was told: whoever chooses sees all that was done to it."""
        self.owed = [d for d in self.owed if key and d.key != key and d.key[:1] != key[:1]]

    def remark(self, said: str) -> None:
        """It was told that a remark was left out."""
        self.owed = [d for d in self.owed if d.key != REMARKS or d.value not in said]

    def missing(self, text: str) -> list[Deed]:
        """What is owed and not in the text."""
        document = Document.parse(text)
        return [deed for deed in self.owed if not _is_in(deed, document)]


def _undoes(deed: Deed, old: Deed) -> bool:
    if deed.key != old.key:
        return False
    if deed.what == "set":
        return old.what == "set" and deed.before == old.value
    return deed.what == "out" and old.what == "in" and deed.value == old.value


def _is_in(deed: Deed, document: Document) -> bool:
    if deed.what == "remark":
        return deed.value in document.text()
    value: Any = document.value(deed.key)
    if deed.what == "set":
        return bool((value or "") == deed.value)
    return (deed.value in (value or [])) == (deed.what == "in")


numbers = itertools.count(1)
deeds = st.lists(
    st.tuples(
        st.sampled_from(["text", "text", "add", "add", "out", "say", "remark", "reword", "move"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=4,
)
"""What somebody does at once: what, to which field, and where in it."""


def changed(text: str, plan: Sequence[tuple[str, int, int]], who: str) -> tuple[str, list[Deed]]:
    """A text after somebody did what a plan says, and the deeds. Everything new is unique."""
    document, seen = Document.parse(text), Document.parse(text)
    done: list[Deed] = []
    for what, which, place in plan:
        done += _do(document, what, which, place, f"{who}: {next(numbers)}")
    text = document.text()
    for deed in done:
        if deed.what == "remark":
            lines = text.splitlines(keepends=True)
            place = int(deed.before) % (len(lines) + 1)
            text = "".join([*lines[:place], f"{deed.value}\n", *lines[place:]])
            Document.parse(text)
    return text, _kept(seen, document, done)


def _do(document: Document, what: str, which: int, place: int, new: str) -> Iterator[Deed]:
    texts, lists = TEXTS[which % len(TEXTS)], LISTS[which % len(LISTS)]
    items = list(document.value(lists) or [])
    messages = list(document.value(ORDERED) or [])
    if what == "text":
        yield Deed(texts, "set", new, str(document.value(texts) or ""))
        document.set(texts, new)
    elif what == "add":
        items.insert(place % (len(items) + 1), new)
        document.set(lists, items)
        yield Deed(lists, "in", new)
    elif what == "out" and items:
        gone = items.pop(place % len(items))
        document.set(lists, items)
        yield Deed(lists, "out", gone)
    elif what == "reword" and items:
        gone = items[place % len(items)]
        items[place % len(items)] = new
        document.set(lists, items)
        yield from (Deed(lists, "out", gone), Deed(lists, "in", new))
    elif what == "move" and items:
        items.insert(which % len(items), items.pop(place % len(items)))
        document.set(lists, items)
    elif what == "say" and messages:
        gone = messages[place % len(messages)]
        messages[place % len(messages)] = new
        document.set(ORDERED, messages)
        yield from (Deed(ORDERED, "out", gone), Deed(ORDERED, "in", new))
    elif what == "remark":
        yield Deed(REMARKS, "remark", f"# {new}", str(place))


def _kept(seen: Document, document: Document, done: Sequence[Deed]) -> list[Deed]:
    """The deeds that somebody did not undo in the same go, against what they saw at first."""
    kept = [deed for deed in done if deed.what == "remark" or _is_in(deed, document)]
    return [
        replace(deed, before=str(seen.value(deed.key) or "")) if deed.what == "set" else deed
        for deed in kept
    ]
