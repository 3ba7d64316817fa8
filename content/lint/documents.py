"""A YAML file as values, with the line each of them stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from content.lint import nesting
from content.lint.problems import Place, Problem, error

if TYPE_CHECKING:
    from content.lint.project import Project

_MERGE = "tag:yaml.org,2002:merge"
_STRING = "tag:yaml.org,2002:str"
_QUOTE = "Look at this line and the one above: put a text that holds `: ` or ` #` in quotes."


class UnquotedDate(str):
    """A date that YAML would turn into something other than text."""


class _Loader(yaml.CSafeLoader):
    """Keeps a date as it was written: a date object, or the failure to make one, helps nobody."""


_Loader.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda _, node: UnquotedDate(str(node.value))
)


def _number(loader: _Loader, node: yaml.Node) -> Any:
    nesting.check_number(node)
    return yaml.CSafeLoader.yaml_constructors[node.tag](loader, node)


for _tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
    _Loader.add_constructor(_tag, _number)


@dataclass(frozen=True, eq=False)
class Document:
    """One file; only itself is equal to it.

    Attributes:
        path: as shown to the editor.
        schema: the name of the schema it has to fit; "" for none.
        content: what it holds; empty when it could not be read.
        problems: why it could not be read.
        text: the file itself, for what stands in its comments.
    """

    path: str
    schema: str
    content: Mapping[str, Any] = field(default_factory=dict)
    node: yaml.Node | None = None
    problems: tuple[Problem, ...] = ()
    text: str = ""

    @property
    def readable(self) -> bool:
        """Whether ``content`` is what the file holds."""
        return not self.problems

    def place(self, *steps: str | int) -> Place:
        """Where the value stands that ``steps`` lead to, or the last of them that exists."""
        node, line = self.node, 0
        for step in steps:
            key, node = _step(node, step)
            if node is None:
                break
            line = (key or node).start_mark.line
        return Place(self.path, line + 1)


def check(project: Project) -> Iterator[Problem]:
    """Files that are not YAML, or hold the same key twice, or a key that is not text."""
    for document in project.documents:
        yield from document.problems
    yield from project.unread


def read(path: Path, shown: str, schema: str) -> Document:
    """Read one file. It never raises: what is wrong is among the document's problems.

    Args:
        path: where the file is.
        shown: its path as the editor knows it.
        schema: the name of its schema.
    """
    try:
        raw = path.read_bytes()
    except OSError as failure:
        return unreadable(shown, schema, failure)
    return parsed(raw, shown, schema)


def unreadable(shown: str, schema: str, failure: OSError) -> Document:
    """The document of a file that cannot be read."""
    return _broken(shown, schema, 1, f"the file cannot be read ({failure.strerror})", "Add it.")


def parsed(raw: bytes, shown: str, schema: str) -> Document:
    """The document that a file's bytes hold; it never raises either."""
    try:
        text = raw.decode("utf-8")
        node, content = _parse(text)
    except UnicodeDecodeError as failure:
        line = _line(raw, failure.start)
        return _broken(shown, schema, line, "the line is not UTF-8 text", "Save it as UTF-8.")
    except nesting.Tangled as failure:
        return _broken(shown, schema, failure.line, failure.wrong, failure.mend)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        line = mark.line + 1 if mark else 1
        return _broken(shown, schema, line, f"not valid YAML ({failure.problem})", _QUOTE)
    except (yaml.YAMLError, ValueError, LookupError) as failure:
        line = _line(raw, getattr(failure, "position", 0))
        mend = "Type the text again rather than paste it."
        return _broken(shown, schema, line, "the line holds a sign that YAML forbids", mend)
    if node is None or not isinstance(content, dict):
        mend = "Write `name: value` lines."
        return _broken(shown, schema, 1, "the file holds no `name: value` lines", mend)
    faults = tuple(_bad_keys(node, shown))
    return Document(shown, schema, {} if faults else content, node, faults, text)


def _parse(text: str) -> tuple[yaml.Node | None, Any]:
    nesting.check(text, _Loader)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()


def _line(raw: bytes, offset: int) -> int:
    return raw.count(b"\n", 0, offset) + 1


def _broken(shown: str, schema: str, line: int, wrong: str, mend: str) -> Document:
    return Document(shown, schema, problems=(error(Place(shown, line), wrong, mend),))


def _bad_keys(node: yaml.Node, shown: str) -> Iterator[Problem]:
    """YAML keeps the last of two equal keys and drops the first without a word."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _bad_keys(item, shown)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        place = Place(shown, key.start_mark.line + 1)
        if key.tag not in (_STRING, _MERGE):
            yield error(place, f"`{key.value}` is not read as text", "Put it in quotes.")
        elif key.value in seen:
            wrong = f"`{key.value}:` stands here and in line {seen[key.value]}"
            yield error(place, wrong, "Keep one of them.")
        seen[key.value] = place.line
        yield from _bad_keys(value, shown)


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None
