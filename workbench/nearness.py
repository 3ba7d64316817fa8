"""Which examples of other things are like a sentence: in meaning, or in spelling."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from assistant.nlu.embeddings import Embeddings
from assistant.nlu.text import tidy
from assistant.nlu.types import Floats
from content.files import DATA
from content.lint.documents import parsed
from content.lint.entries import Entry
from content.lint.examples import normalise
from content.lint.files import Files
from content.load import NOT_ACTS
from content.names import Intent
from workbench.drafts import SHOWN, Changes, overlay
from workbench.models import encoder

MEANT = 0.75
"""From so much likeness on a sentence may be taken for the other; 2 % of today's examples are."""
SPELT = 88.0
MOST = 3
LOOKED_AT = 60
FILES = 2_000
"""Files as they were at some time, of which the examples are remembered."""
REMEMBERED, OWN = "embeddings.npz", "workbench-embeddings.npz"
ASPECTS = "conversation/aspects.yml"


class Example(NamedTuple):
    """One example: what it teaches, and the file it stands in."""

    text: str
    label: str
    title: str
    path: str


class Nearness:
    """Knows every example of the content by its meaning; the first time takes a while."""

    def __init__(self, home: Path) -> None:
        """Take what trainings left in the folder ``home``, or learn it and leave it there."""
        self._home = home
        self._files: dict[bytes, list[Example]] = {}
        self._rows: dict[str, int] = {}
        self._vectors: Floats = np.zeros((0, 0), dtype=np.float32)

    def __call__(
        self,
        texts: Sequence[str],
        data: str | None = None,
        changes: Changes | None = None,
        but: str | None = None,
    ) -> list[list[dict[str, Any]]]:
        """The nearest examples, for each text.

        Args:
            texts: any sentences.
            data: the folder of the content; that which is served if not given.
            changes: what differs from it.
            but: the path of the file whose own examples do not count.

        Returns:
            For each text at most ``MOST``, the likest first: ``text``, ``label``, ``title``,
            ``path``, ``likeness`` from 0 to 1, ``spelling`` from 0 to 1, and whether it is
            ``near`` enough to be mistaken.
        """
        folder = Path(data) if data else DATA
        examples = list(self._examples(folder, changes))
        self._learn([one.text for one in examples])
        by_text = {one.text: one for one in examples if one.path != but}
        return [self._nearest(tidy(text), by_text) for text in texts]

    def _nearest(self, text: str, examples: dict[str, Example]) -> list[dict[str, Any]]:
        """By meaning, and above all what is spelt alike, which means the same."""
        if not text or not examples:
            return []
        names = list(examples)
        likeness = self._vectors[[self._rows[name] for name in names]] @ encoder().encode([text])[0]
        likest = [names[at] for at in np.argsort(-likeness)[:LOOKED_AT]]
        meant = dict(zip(names, likeness.tolist(), strict=True))
        plain = normalise(text)
        alike = process.extract(
            plain, names, scorer=fuzz.ratio, processor=normalise, limit=MOST, score_cutoff=SPELT
        )
        found = dict.fromkeys([*(name for name, _, _ in alike), *likest])
        judged = [_judged(examples[name], plain, meant[name]) for name in found]
        return sorted(judged, key=lambda one: (-one["near"], -one["likeness"]))[:MOST]

    def _learn(self, texts: Sequence[str]) -> None:
        """Embed what is new: all of it at first, a few sentences afterwards."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if not new:
            return
        if self._rows:
            made = np.vstack([encoder().encode([text]) for text in new])
        else:
            trained = self._home / REMEMBERED
            file = trained if trained.exists() else self._home / OWN
            embeddings = Embeddings(encoder(), file)
            made = embeddings.of(new)
            if file.name == OWN:
                embeddings.keep()
        self._rows |= {text: len(self._rows) + at for at, text in enumerate(new)}
        self._vectors = np.vstack([self._vectors, made]) if len(self._vectors) else made

    def _examples(self, folder: Path, changes: Changes | None) -> Iterator[Example]:
        files = Files(folder, SHOWN, overlay(changes))
        for name in [*files.below("topics"), *files.matching("conversation/*.yml")]:
            try:
                raw = files.raw(name)
            except OSError:
                continue
            key = hashlib.sha256(name.encode() + b"\0" + raw).digest()
            if key not in self._files:
                if len(self._files) > FILES:
                    self._files.clear()
                self._files[key] = list(_of(name, raw))
            yield from self._files[key]


def _of(name: str, raw: bytes) -> Iterator[Example]:
    """The examples of a file; of one that cannot be read, none."""
    path = f"{SHOWN}/{name}"
    document = parsed(raw, path, "")
    folder, _, rest = name.removesuffix(".yml").partition("/")
    entries = [Entry(rest, document)]
    if name == ASPECTS:
        aspects = Entry("", document, ("aspects",)).body
        entries = [
            Entry(f"{Intent.ASPECT.value}/{id_}", document, ("aspects", id_)) for id_ in aspects
        ]
    elif folder != "topics" and rest in NOT_ACTS:
        return
    for entry in entries:
        title = str(entry.body.get("title") or entry.id)
        for text in entry.items("examples"):
            if isinstance(text, str) and text.strip():
                yield Example(tidy(text), entry.id, title, path)


def _judged(example: Example, plain: str, likeness: float) -> dict[str, Any]:
    spelling = fuzz.ratio(plain, normalise(example.text))
    return {
        **example._asdict(),
        "likeness": round(max(0.0, likeness), 3),
        "spelling": round(spelling / 100, 3),
        "near": likeness >= MEANT or spelling >= SPELT,
    }
