"""The questions understanding is measured on. They are never trained on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.nlu.text import normalise
from content import Catalogue, load
from content.examples import labelled_examples
from deploy.train import ROOT

FOLDER = ROOT / "tests" / "accuracy"
HELDOUT = FOLDER / "heldout"
VALIDATION = FOLDER / "validation"


@dataclass(frozen=True)
class Message:
    """A patient's message and what it is about.

    Attributes:
        text: as typed.
        label: the topic's or act's id.
        also: other topics whose answer is just as right.
        after: the topic answered just before, for questions that lean on it.
    """

    text: str
    label: str
    also: tuple[str, ...] = ()
    after: str | None = None

    @property
    def accepted(self) -> set[str]:
        """Every id that is right."""
        return {self.label, *self.also}

    @property
    def is_topic(self) -> bool:
        """Whether a topic answers it."""
        return "/" in self.label


def unseen(messages: list[Message], folder: Path, *catalogues: Catalogue) -> list[Message]:
    """Those that nobody trained on, and of the validation set those that are not held out.

    Different people now and then write the same few words; such a message proves nothing.

    Args:
        messages: of a folder.
        folder: that folder.
        catalogues: what was trained on; that of ``data/`` if none is given.
    """
    seen = {
        normalise(text)
        for catalogue in catalogues or (load(),)
        for _, text in labelled_examples(catalogue)
    }
    if folder != HELDOUT:
        seen |= {normalise(m.text) for m in topics(HELDOUT) + others(HELDOUT) + aspects(HELDOUT)}
    return [message for message in messages if normalise(message.text) not in seen]


def topics(folder: Path) -> list[Message]:
    """Messages that a topic answers, of all families."""
    return [m for path in sorted(folder.glob("[!_]*.yml")) for m in _labelled(path)]


def others(folder: Path) -> list[Message]:
    """Small talk, out of scope, and medical questions that no topic answers."""
    return _labelled(folder / "_other.yml")


def aspects(folder: Path) -> list[Message]:
    """Short questions that lean on the topic before."""
    return [
        Message(item["text"], item["expect"][0], tuple(item["expect"][1:]), item["after"])
        for item in _read(folder / "_aspects.yml")
    ]


def _labelled(path: Path) -> list[Message]:
    return [_message(label, item) for label, items in _read(path).items() for item in items]


def _message(label: str, item: Any) -> Message:
    if isinstance(item, dict):
        return Message(str(item["text"]), label, tuple(item.get("also") or ()))
    return Message(str(item), label)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
