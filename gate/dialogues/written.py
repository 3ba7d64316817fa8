"""Written conversations: YAML that anybody can write; docs/writing_conversations.md shows how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EXPECTATIONS = {"kind", "topic", "reaches", "offers", "says", "says_one_of", "never_says"}
EXPECTATIONS |= {"level", "never_level", "first_level", "first_says"}
TURN_FIELDS = {"patient", "chooses", "dorsi"}


@dataclass(frozen=True)
class Missed:
    """One thing that was expected of a reply, and what was there.

    Attributes:
        name: what kind of thing, such as ``says``.
        expected: as it is written.
        said: what was there.
        amiss: those of the expected values that are not as they should be.
    """

    name: str
    expected: Any
    said: Any
    amiss: tuple[str, ...] = ()


class ConversationError(AssertionError):
    """The assistant said something else than written, or the file cannot be understood.

    Attributes:
        transcript: what was said up to there.
        missed: what was expected of the last reply and was not so.
        turn: the turn it happened in, counted from 1; 0 where none was played.
    """

    def __init__(
        self,
        text: str,
        transcript: Sequence[str] = (),
        missed: Sequence[Missed] = (),
        turn: int = 0,
    ) -> None:
        """Say what went wrong."""
        super().__init__(text)
        self.transcript, self.missed, self.turn = tuple(transcript), tuple(missed), turn

    def was(self, before: ConversationError) -> bool:
        """Whether an earlier failure was at the same turn and lacked all that this one lacks."""
        return self.turn == before.turn and self._amiss() <= before._amiss()

    def _amiss(self) -> set[tuple[str, str]]:
        return {(one.name, value) for one in self.missed for value in one.amiss}


@dataclass(frozen=True)
class Conversation:
    """One dialogue.

    Attributes:
        name: a sentence.
        turns: what is said.
        region: the patient's.
        fault: what goes wrong today, where it is known to; the dialogue then has to fail.
        file: the name of its file.
    """

    name: str
    turns: list[dict[str, Any]]
    region: str | None = None
    fault: str | None = None
    file: str = ""

    def __str__(self) -> str:
        return self.name


def read(folder: Path) -> Iterator[Conversation]:
    """Every conversation of every file in ``folder``.

    Raises:
        ConversationError: a field is unknown or missing; the text names file and conversation.
    """
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]:
            check(item["turns"], f"{path.name}: {item['name']}")
            name = f"{path.stem}: {item['name']}"
            region, fault = item.get("region"), item.get("fault")
            yield Conversation(name, item["turns"], region, fault, path.name)


def check(turns: list[dict[str, Any]], where: str) -> None:
    """See whether turns can be played.

    Raises:
        ConversationError: a field is unknown or missing; the text says ``where``.
    """
    for turn in turns:
        unknown = (turn.keys() - TURN_FIELDS) | (turn.get("dorsi", {}).keys() - EXPECTATIONS)
        if unknown or not turn.keys() & {"patient", "chooses"}:
            raise ConversationError(f"{where}: mend the turn {turn} ({unknown})")
