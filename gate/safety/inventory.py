"""What notices danger, thing by thing, so that nothing of it goes without a word.

Figures on held-out messages may stay the same when a phrase is deleted. So each flag, level,
example, pattern, word and rule that patients are protected by today has to be there, unless the
reason of the change names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.lint.documents import Document
from content.lint.files import SUFFIX, Files
from gate.safety.kinds import KINDS, Guards
from triage.files import CUES, LANGUAGE
from triage.model import RANKS

DAMPING = ("negated", "past", "relative", "hypothetical", "information", "unchanged", "idiom")
"""Kinds of cue by which a sign does not count: here more is less safe."""
CUES_FILE = f"{LANGUAGE}/{CUES}"
SHOWN = 3


@dataclass(frozen=True)
class Loss:
    """Something that protected patients and does not any more.

    Attributes:
        path: the file.
        line: where its field stands, or stood.
        key: the field.
        what: what is gone or lowered, one sentence.
        name: what the reason of the change has to name.
        title: what people call it, which may be named instead.
    """

    path: str
    line: int
    key: tuple[str, ...]
    what: str
    name: str
    title: str


def losses(live: Files, data: Files) -> Iterator[Loss]:
    """What the live content has and that of a change lacks."""
    for pattern, guards in KINDS.items():
        for name in live.matching(pattern):
            before = live.document(name, "")
            if name not in data.names:
                title = str(before.content.get("title", name))
                what = f"“{title}” is gone, with all that it noticed"
                yield Loss(live.place(name), 1, (), what, _name(name), title)
                continue
            yield from _of_file(before, data.document(name, ""), guards, _name(name))
    yield from _cues(live, data)


def _of_file(before: Document, after: Document, guards: Guards, name: str) -> Iterator[Loss]:
    title = str(before.content.get("title", name))
    had, has = guards(before.content), guards(after.content)
    for key, things in had.items():
        there = has.get(key, {})
        gone = [thing for thing in things if thing not in there]
        if gone:
            what = f"{_shown(key)}: {_listed(gone)} {'is' if len(gone) == 1 else 'are'} gone"
            yield Loss(after.path, after.place(*key).line, key, what, name, title)
        for thing, level in things.items():
            if thing in there and RANKS[there[thing]] < RANKS[level]:
                what = f"{_shown(key)}: the level of {_listed([thing])} was lowered"
                what += f" from {level.value} to {there[thing].value}"
                yield Loss(after.path, after.place(*key).line, key, what, name, title)


def _cues(live: Files, data: Files) -> Iterator[Loss]:
    before, after = (files.document(CUES_FILE, "") for files in (live, data))
    for one, other, damping, word in ((after, before, True, "new"), (before, after, False, "gone")):
        known = {**_cue_patterns(other.content)}
        for key, patterns in _cue_patterns(one.content).items():
            changed = [pattern for pattern in patterns if pattern not in known.get(key, ())]
            if changed and (key[0] in DAMPING) is damping:
                what = f"{_shown(key)}: {_listed(changed)} is {word}, so fewer signs count"
                name = _name(CUES_FILE)
                yield Loss(after.path, after.place(*key).line, key, what, name, name)


def _cue_patterns(content: Mapping[str, Any]) -> dict[tuple[str, ...], list[str]]:
    return {
        (kind, scope): list(map(str, patterns))
        for kind, scopes in content.items()
        for scope, patterns in scopes.items()
    }


def _shown(key: Sequence[str]) -> str:
    return f"`{' → '.join(key)}`"


def _listed(things: Sequence[str]) -> str:
    shown = ", ".join(f"“{thing}”" for thing in things[:SHOWN])
    return shown if len(things) <= SHOWN else f"{shown} and {len(things) - SHOWN} more"


def _name(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(SUFFIX)
