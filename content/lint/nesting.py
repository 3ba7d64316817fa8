"""Files that would take the lint down: nested without end, or repeating themselves.

YAML is read by a library in C, which follows lists in lists until its memory is out, and ``*name``
may stand for a part that holds itself.
"""

from __future__ import annotations

import re

import yaml

DEEPEST = 40
"""What we write is nested to six levels."""

_BEFORE_WORDS = re.compile(r"^[ \-?]+", re.MULTILINE)
_REPEATS = re.compile(r"(?:^|[\s\[{,])\*\S", re.MULTILINE)


class Tangled(Exception):
    """The file is valid YAML, and nothing that anybody should write."""

    def __init__(self, event: yaml.Event, wrong: str, mend: str) -> None:
        """Say what is wrong where ``event`` is, and how to mend it."""
        super().__init__(wrong)
        self.line = event.start_mark.line + 1 if event.start_mark else 1
        self.wrong = wrong
        self.mend = mend


def check(text: str, loader: type[yaml.CSafeLoader]) -> None:
    """Look through a file that is not parsed yet.

    Raises:
        Tangled: it is nested too deeply, or repeats a part by its name.
        yaml.YAMLError: it is not YAML.
    """
    if not _may_be(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            wrong = f"`*{event.anchor}` repeats another part of the file"
            raise Tangled(event, wrong, "Write it out, or put it in quotes.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            wrong = f"lists stand in lists, more than {DEEPEST} deep"
            raise Tangled(event, wrong, "Close the brackets, or put them in quotes.")


def _may_be(text: str) -> bool:
    """A quick look, which no file escapes that is deep: most need no other."""
    if _REPEATS.search(text):
        return True
    brackets = text.count("[") + text.count("{")
    longest = max(map(len, _BEFORE_WORDS.findall(text)), default=0)
    return brackets + longest > DEEPEST
