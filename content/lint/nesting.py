"""Files that would take the lint down: nested without end, or repeating themselves.

YAML is read by a library in C, which follows lists in lists until its memory is out, and ``*name``
may stand for a part that holds itself. A number of very many signs is worked out for minutes.
"""

from __future__ import annotations

import re

import yaml

DEEPEST = 40
"""What we write is nested to six levels."""
LONGEST_NUMBER = 40
"""Ours have four signs."""

# A part of a line may open lists and names of its own: `- - ? - a`.
_BEFORE_WORDS = " -?:\t\ufeff"
_WIDE = 12
_MANY = DEEPEST - 2 * (_WIDE + 1)
# Behind a letter or a figure these two are letters themselves: `R&D`, `5*3`.
_NAME = re.compile(r"[&*](?<!\w[&*])[\w-]")


class Tangled(Exception):
    """The file is valid YAML, and nothing that anybody should write."""

    def __init__(self, event: yaml.Event | yaml.Node, wrong: str, mend: str) -> None:
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
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            wrong = f"`{event.anchor}` is the name of a part of the file that is to be repeated"
            raise Tangled(event, wrong, "Write it out, or put it in quotes.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            wrong = f"lists stand in lists, more than {DEEPEST} deep"
            raise Tangled(event, wrong, "Close the brackets, or put them in quotes.")


def check_number(node: yaml.Node) -> None:
    """Look at what YAML would make a number of.

    Raises:
        Tangled: it is too long for one.
    """
    if isinstance(node, yaml.ScalarNode) and len(node.value) > LONGEST_NUMBER:
        wrong = f"`{node.value[:20]}…` would be a number, of {len(node.value)} signs"
        raise Tangled(node, wrong, "Put it in quotes, or take it out.")


def _may_be(text: str) -> bool:
    """A quick look that no such file escapes: most need no other.

    Every bracket opens one part at most. A part without brackets begins further right than what
    it stands in, or, a list below a name, as far: so that there are two at most for every sign
    before the words of a line. YAML knows more ends of lines than one.
    """
    if text.count("[") + text.count("{") > _MANY or _NAME.search(text):
        return True
    return any(len(line) - len(line.lstrip(_BEFORE_WORDS)) > _WIDE for line in text.splitlines())
