"""Where in a file a line is: the key it belongs to, so that a finding stands beside its field."""

from collections.abc import Iterator, Sequence

import yaml

from editing.broken import BrokenYaml
from editing.nodes import compose

type Key = tuple[str, ...]


def key_at(text: str, line: int) -> Key:
    """The key whose value has a line; an item of a list is named by its place, from "0" on.

    Args:
        text: a file, as YAML.
        line: counted from 1.

    Returns:
        The deepest key; empty where the line stands before all of them or the text is no YAML.
    """
    try:
        node = compose(text)
    except BrokenYaml:
        return ()
    key: list[str] = []
    while node is not None:
        within = None
        for name, begins, child in _children(node):
            if begins > line - 1:
                break
            within = name, child
        if within is None:
            break
        key.append(within[0])
        node = within[1]
    return tuple(key)


def field_at(key: Key, fields: Sequence[Key]) -> Key | None:
    """The field that a key belongs to: the one that names most of it.

    Args:
        key: where something is.
        fields: the keys that fields have.
    """
    within = [field for field in fields if field and key[: len(field)] == field]
    return max(within, key=len, default=None)


def _children(node: yaml.Node) -> Iterator[tuple[str, int, yaml.Node]]:
    """What a mapping or a list holds: its name, the line it begins on, and itself."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield str(name.value), name.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield str(index), value.start_mark.line, value
