"""The examples of every red-flag file: what must raise it, and what must raise no alarm."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.files import FLAGS, HOME, LANGUAGE, KnowledgeError, read
from triage.model import Level

ORDINARY = "ordinary.yml"
LEARNING, NOTHING = "learning", "none"
NOT_ALARMING = Level.SOON


@dataclass(frozen=True)
class Example:
    """One message with what is expected of it.

    Attributes:
        text: the message.
        flag: the flag in whose file it stands; empty for ordinary messages.
        level: the level it must reach, or, for near misses, none.
        kind: empty for a message that must fire, else the class of near miss.
    """

    text: str
    flag: str
    level: Level
    kind: str = ""

    @property
    def must_fire(self) -> bool:
        """Whether the message shows the flag."""
        return not self.kind


def examples(home: Path = HOME) -> Iterator[Example]:
    """All examples of the content files.

    Args:
        home: the folder with ``red_flags`` and ``triage``.
    """
    for file in sorted((home / FLAGS).glob("*.yml")):
        yield from of_flag(read(file))
    for text in read(home / LANGUAGE / ORDINARY)["messages"]:
        yield Example(str(text), "", Level.NONE, "ordinary")


def learning(home: Path = HOME) -> Iterator[Example]:
    """The messages that the second opinion learns from, beside the files' own examples.

    Args:
        home: the folder with ``red_flags`` and ``triage``.

    Raises:
        KnowledgeError: a file's label is neither none nor a red flag with a level.
    """
    flags = {file.stem for file in (home / FLAGS).glob("*.yml")}
    for file in sorted((home / LANGUAGE / LEARNING).glob("*.yml")):
        for label, texts in read(file).items():
            flag, level = _flag_and_level(str(label), flags, file)
            for text in texts or ():
                yield Example(str(text), flag, level, "" if flag else NOTHING)


def _flag_and_level(label: str, flags: Container[str], file: Path) -> tuple[str, Level]:
    if label == NOTHING:
        return "", Level.NONE
    flag, _, level = label.partition(":")
    if flag not in flags:
        raise KnowledgeError(f"{file}: `{label}`: no red flag is called `{flag}`; see red_flags/")
    if level not in [one.value for one in Level if one is not Level.NONE]:
        raise KnowledgeError(f"{file}: `{label}`: write soon, urgent or emergency after the colon")
    return flag, Level(level)


def of_flag(document: Mapping[str, Any]) -> Iterator[Example]:
    """The examples of one flag's file."""
    for level, texts in (document.get("must_fire") or {}).items():
        for text in texts:
            yield Example(str(text), document["id"], Level(level))
    for kind, texts in (document.get("must_not_fire") or {}).items():
        for text in texts:
            yield Example(str(text), document["id"], Level.NONE, kind)
