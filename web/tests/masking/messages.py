"""Messages with what is personal in them marked, as `{kind:words}`."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from desk.privacy.masking import Kind, Span

HERE = Path(__file__).parent
NOTHING = "nothing"
_MARK = re.compile(r"\{(\w+):([^{}]*)\}")


@dataclass(frozen=True)
class Message:
    """A message and what must be masked in it.

    Attributes:
        text: as the patient wrote it.
        personal: what is personal.
        group: the region, `long`, or `nothing` where nothing is personal.
    """

    text: str
    personal: tuple[Span, ...]
    group: str


def read(name: str) -> list[Message]:
    """Read `development` or `heldout`."""
    groups = yaml.safe_load((HERE / f"{name}.yml").read_text("utf-8"))
    return [message(line, group) for group, lines in groups.items() for line in lines.splitlines()]


def message(line: str, group: str = "") -> Message:
    """Read one marked line."""
    parts, personal, end, length = [], [], 0, 0
    line = line.replace("⏎", "\n")
    for mark in _MARK.finditer(line):
        parts += [line[end : mark.start()], mark.group(2)]
        length += mark.start() - end
        personal.append(Span(length, length + len(mark.group(2)), Kind(mark.group(1))))
        length += len(mark.group(2))
        end = mark.end()
    return Message("".join([*parts, line[end:]]), tuple(personal), group)
