"""Texts that would take down whoever reads them: nested without end, or repeating themselves.

YAML's library in C follows lists in lists until its memory is out, and `*name` may stand for a part
that holds itself, or for one that holds ten that hold ten. The content has neither, so that what
can hold neither is told by a look at its signs; only the rest is gone through, part by part.
"""

import re

import yaml

from editing.broken import BrokenYaml

DEEPEST = 50
"""The content is nested to six levels."""

# A part of a line may open lists and names of its own: `- - ? - a`.
_BEFORE_WORDS = " -?:\t\ufeff"
_WIDE = 14
_MANY = DEEPEST - 2 * (_WIDE + 1)
# Behind a letter or a figure these two are letters themselves: `R&D`, `5*3`.
_NAME = re.compile(r"[&*](?<!\w[&*])[\w-]")
_QUOTES = "Take it out, or put the text in quotes."


def check(text: str) -> None:
    """Look through a text before it is read.

    Raises:
        BrokenYaml: it is nested too deeply, or names a part of itself.
    """
    if not _may_be(text):
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
                raise BrokenYaml(
                    line,
                    f"`{event.anchor}` is the name of a part that is to be repeated, and nothing "
                    f"here may repeat itself. {_QUOTES}",
                )
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                message = f"lists stand in lists, more than {DEEPEST} deep. Close the brackets."
                raise BrokenYaml(line, message)
    except (yaml.YAMLError, UnicodeError):
        return  # whoever reads it says so


def _may_be(text: str) -> bool:
    """A quick look that no such text escapes.

    Every bracket opens one part at most. A part without brackets begins further right than what
    it stands in, or, a list below a name, as far: so that there are two at most for every sign
    before the words of a line.
    """
    if text.count("[") + text.count("{") > _MANY or _NAME.search(text):
        return True
    return any(len(line) - len(line.lstrip(_BEFORE_WORDS)) > _WIDE for line in text.splitlines())
