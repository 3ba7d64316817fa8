"""Putting a value into a YAML text, or taking one out, with all the rest left as it was written."""

from collections.abc import Sequence

import yaml

from editing.nodes import (
    column,
    compose,
    end,
    is_block,
    line_after,
    line_end,
    line_start,
    notes_end,
    plain,
    start,
)
from editing.order import before
from editing.placing import CannotEdit, Place, find
from editing.shapes import Key
from editing.splices import Splice, style_of, without_item
from editing.writing import STEP, Scalar, as_yaml, indented, item_of, pair, written


def cut(text: str, place: Place) -> str:
    """A value as YAML, as it would stand after a key in the first column."""
    node = place.there
    if node is None:
        return ""
    if place.parent is None:
        return text
    if place.name is not None and is_block(node):
        lines = (
            text[line_after(text, _colon(text, place)) : end(node, text)]
            .replace("\r\n", "\n")
            .split("\n")
        )
        return "\n".join(_dedented(line, column(node)) for line in lines)
    by = column(node) if is_block(node) else 0 if place.flow else column(place.parent)
    first, *rest = text[start(node) : end(node, text)].replace("\r\n", "\n").split("\n")
    return "\n".join([first or "null", *(_dedented(line, by) for line in rest)])


def new_scalar(text: str, place: Place, value: Scalar) -> Sequence[Splice]:
    """What makes a scalar hold another value, quoted as it was where that can be."""
    node = place.node
    assert node is not None and place.parent is not None
    body = written(value, style_of(node), flow=place.flow, indent=STEP)
    return [_inline(text, place, node, body)]


def put(text: str, root: yaml.Node | None, place: Place, body: str) -> Sequence[Splice]:
    """What gives a place a value.

    Args:
        text: the whole text.
        root: its node.
        place: where.
        body: the value as YAML, as it would stand after a key in the first column.

    Raises:
        CannotEdit: something that holds no parts stands in the way.
    """
    if place.blocked:
        raise CannotEdit(place.key)
    for step in reversed(place.within):
        body = pair(step, body)
    if place.node is not None:
        return _instead(text, place, place.node, body)
    parent = place.parent
    if parent is None:
        return [(len(text), len(text), pair(place.missing[0], body) + "\n")]
    if not parent.value:
        return _first(text, root, place, parent, body)
    if isinstance(parent, yaml.MappingNode):
        return [_added(text, parent, place.missing[0], body)]
    return [_appended(text, parent, body)]


def without(text: str, root: yaml.Node | None, place: Place) -> Sequence[Splice]:
    """What takes a value out, with its name or its dash."""
    parent, node = place.parent, place.there
    assert parent is not None and node is not None
    if len(parent.value) == 1 and parent is not root:
        brackets = "{}" if isinstance(parent, yaml.MappingNode) else "[]"
        return put(text, root, find(root, _way(place)[:-1]), brackets)
    if isinstance(parent, yaml.SequenceNode):
        return [without_item(text, parent, parent.value.index(node))]
    names = [name for name, _ in parent.value]
    index = next(i for i, name in enumerate(names) if name is place.name)
    begin, stop = start(names[index]), end(node, text)
    line = line_start(text, begin)
    if not parent.flow_style and not text[line:begin].strip():
        stop = line_after(text, notes_end(text, stop, column(parent) + 1))
        return [(line, stop, "")]
    if index + 1 < len(names):
        return [(begin, start(names[index + 1]), "")]
    before_it = parent.value[index - 1][1] if index else None
    return [(end(before_it, text) if before_it is not None else begin, stop, "")]


def _instead(text: str, place: Place, node: yaml.Node, body: str) -> Sequence[Splice]:
    """One value instead of another."""
    if place.parent is None:
        return [(0, len(text), body + "\n")]
    new = compose(body)
    if place.flow:
        return [_inline(text, place, node, as_yaml(plain(new), flow=True))]
    block = new is not None and is_block(new)
    if place.name is None or not (block or is_block(node)):
        return [_inline(text, place, node, body)]
    colon = _colon(text, place)
    line, stop = line_end(text, colon), end(node, text)
    if not block:
        return [(colon, colon, f" {_moved(body, column(place.parent))}"), (line, stop, "")]
    if not is_block(node):
        after = line_end(text, stop)
        lines = "\n" + indented(body, column(place.parent) + STEP)
        return [(colon, stop, ""), (after, after, lines)]
    listed = isinstance(new, yaml.SequenceNode)
    inner = column(node) > column(place.parent)
    by = column(node) if inner or listed else column(place.parent) + STEP
    return [(line_after(text, colon), stop, indented(body, by))]


def _inline(text: str, place: Place, node: yaml.Node, body: str) -> Splice:
    """A value that begins where the old one did; a comment stays on that line."""
    assert place.parent is not None
    new = compose(body) if "\n" in body else None
    by = column(place.parent) if not place.flow else 0
    if new is not None and is_block(new):
        by = column(node) if is_block(node) else by + STEP
    begin, stop = start(node), end(node, text)
    space = " " if begin and not text[begin - 1].isspace() and begin == stop else ""
    first, line, rest = _moved(body, by).partition("\n")
    if not line or place.flow:
        return begin, stop, f"{space}{first}{line}{rest}"
    after = line_end(text, stop)
    return begin, after, f"{space}{first}{text[stop:after]}\n{rest}"


def _first(
    text: str, root: yaml.Node | None, place: Place, parent: yaml.CollectionNode, body: str
) -> Sequence[Splice]:
    """The first part of what was empty."""
    listed = isinstance(parent, yaml.SequenceNode)
    whole = item_of(body) if listed else pair(place.missing[0], body)
    if parent is root:
        return [(start(parent), end(parent, text), whole)]
    holder = find(root, tuple(map(str, place.way)))
    return put(text, root, holder, whole)


def _appended(text: str, parent: yaml.CollectionNode, body: str) -> Splice:
    at = end(parent, text)
    if parent.flow_style:
        at = end(parent.value[-1], text)
        return at, at, f", {as_yaml(plain(compose(body)), flow=True)}"
    return at, at, "\n" + indented(item_of(body), column(parent))


def _added(text: str, parent: yaml.MappingNode, name: str, body: str) -> Splice:
    """A new name with its value, where the house has it among its neighbours."""
    names = [str(key.value) for key, _ in parent.value]
    index = before(name, names)
    if parent.flow_style:
        row = f"{written(name, flow=True)}: {as_yaml(plain(compose(body)), flow=True)}"
        if index == 0:
            at = start(parent.value[0][0])
            return at, at, f"{row}, "
        at = end(parent.value[index - 1][1], text)
        return at, at, f", {row}"
    by = column(parent)
    if index == 0:
        at = start(parent.value[0][0])
        return at, at, indented(pair(name, body), by)[by:] + "\n" + " " * by
    at = notes_end(text, end(parent.value[index - 1][1], text), by + 1)
    return at, at, "\n" + indented(pair(name, body), by)


def _way(place: Place) -> Key:
    return tuple(map(str, place.way))


def _colon(text: str, place: Place) -> int:
    """Where what belongs to a name begins: after its colon."""
    assert place.name is not None
    return text.index(":", end(place.name, text)) + 1


def _dedented(line: str, by: int) -> str:
    return line[min(by, len(line) - len(line.lstrip(" "))) :]


def _moved(body: str, by: int) -> str:
    """A value whose lines after the first are moved to the right."""
    first, line, rest = body.partition("\n")
    return first + line + indented(rest, by) if line else first
