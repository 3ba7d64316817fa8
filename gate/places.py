"""Where in a file something stands: the field of a line, and the line of an example."""

from __future__ import annotations

import yaml

from assistant.nlu.text import tidy
from content.lint.documents import Document
from content.lint.files import SUFFIX, Files
from content.model import family_of
from content.names import Intent

EXAMPLES, ASPECTS = "examples", "aspects"


def key_at(document: Document, line: int) -> tuple[str, ...] | None:
    """The field that a line belongs to, as steps from the top; None for the file as a whole.

    A list is one field, whatever it holds.
    """
    steps: list[str] = []
    node = document.node
    while isinstance(node, yaml.MappingNode):
        before = [pair for pair in node.value if pair[0].start_mark.line < line]
        if not before:
            break
        key, node = before[-1]
        if node.end_mark.line + 1 < line:
            break
        steps.append(str(key.value))
    return tuple(steps) or None


class Places:
    """Where the examples of labels stand."""

    def __init__(self, files: Files) -> None:
        """Look into these files."""
        self._files = files
        self._documents: dict[str, Document] = {}

    def of(self, label: str, text: str | None = None) -> tuple[str, int]:
        """The file and line of a label's examples, or of one of them."""
        name, steps = _field(label)
        if name not in self._documents:
            self._documents[name] = self._files.document(name, "")
        document = self._documents[name]
        if text is not None:
            value: object = document.content
            for step in steps:
                value = value.get(step) if isinstance(value, dict) else None
            for at, example in enumerate(value if isinstance(value, list) else ()):
                if tidy(str(example)) == text:
                    return document.place(*steps, at)
        return document.place(*steps)


def _field(label: str) -> tuple[str, tuple[str, ...]]:
    """The file of a label's examples, and the way to them in it."""
    if family_of(label) == Intent.ASPECT.value:
        aspect = label.partition("/")[2]
        return f"conversation/{ASPECTS}{SUFFIX}", (ASPECTS, aspect, EXAMPLES)
    folder = "topics" if "/" in label else "conversation"
    return f"{folder}/{label}{SUFFIX}", (EXAMPLES,)
