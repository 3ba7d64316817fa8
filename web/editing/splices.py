"""Changing the items of a list in a YAML text and leaving all the rest as it was written."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import yaml

from editing.nodes import column, end, line_after, line_start, notes_end, plain, start
from editing.writing import STEP, Scalar, Style, written

type Splice = tuple[int, int, str]
"""From where to where in the text, and what comes there."""


def applied(text: str, splices: Sequence[Splice]) -> str:
    """A text with its splices made; they must not overlap."""
    for begin, stop, put in sorted(splices, reverse=True):
        text = text[:begin] + put + text[stop:]
    return text


def style_of(node: yaml.Node) -> Style:
    """How a scalar is quoted."""
    found = node.style if isinstance(node, yaml.ScalarNode) else None
    styles: dict[str | None, Style] = {"'": "'", '"': '"', "|": "|", ">": ">"}
    return styles.get(found, "")


def item_start(text: str, items: yaml.SequenceNode, index: int) -> int:
    """Where the line of an item's dash begins, in a list of lines."""
    at = line_start(text, start(items.value[index]))
    dash = column(items)
    while text[at + dash : at + dash + 1] != "-" or text[at : at + dash].strip(" -"):
        at = line_start(text, at - 1)
    return at


def new_list(text: str, node: yaml.SequenceNode, values: Sequence[Scalar]) -> list[Splice]:
    """What makes a list hold these values, with what stays in it left alone.

    Args:
        text: the whole text.
        node: the list, of scalars alone and not empty.
        values: what it is to hold, at least one.
    """
    if node.flow_style:
        return [_row(text, node, values)]
    before = [plain(item) for item in node.value]
    splices: list[Splice] = []
    styles = {style_of(item) for item in node.value}
    common = next(iter(styles)) if len(styles) == 1 else ""
    keys = [repr(value) for value in before], [repr(value) for value in values]
    for what, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        both = min(b - a, d - c)
        for old, new in zip(range(a, a + both), values[c : c + both], strict=True):
            splices.append(_replaced(text, node, node.value[old], new))
        splices += [without_item(text, node, old) for old in range(a + both, b)]
        if added := values[c + both : d]:
            splices.append(_inserted(text, node, a + both, added, common))
    return _joined(splices)


def _joined(splices: list[Splice]) -> list[Splice]:
    """The splices, those that touch at one place in the order they were made in."""
    made: dict[tuple[int, int], str] = {}
    for begin, stop, put in splices:
        made[begin, stop] = made.get((begin, stop), "") + put
    return [(begin, stop, put) for (begin, stop), put in made.items()]


def _row(text: str, node: yaml.SequenceNode, values: Sequence[Scalar]) -> Splice:
    """A list between brackets, written again with the texts and the spaces that it had."""
    items = node.value
    sources = [text[start(item) : end(item, text)] for item in items]
    spaces = [text[end(a, text) : start(b)] for a, b in pairwise(items)]
    keys = [repr(plain(item)) for item in items]
    kept: dict[int, int] = {}
    for a, b, size in SequenceMatcher(
        None, keys, [repr(value) for value in values], autojunk=False
    ).get_matching_blocks():
        kept.update((b + number, a + number) for number in range(size))
    row = text[start(node) : start(items[0])]
    for number, value in enumerate(values):
        old = kept.get(number)
        if number:
            neighbours = old is not None and kept.get(number - 1) == old - 1
            row += spaces[old - 1] if neighbours and old is not None else ", "
        row += sources[old] if old is not None else written(value, flow=True)
    return start(node), end(node, text), row + text[end(items[-1], text) : end(node, text)]


def _replaced(text: str, node: yaml.SequenceNode, item: yaml.Node, value: Scalar) -> Splice:
    put = written(value, style_of(item), indent=column(node) + STEP)
    return start(item), end(item, text), put


def without_item(text: str, node: yaml.SequenceNode, index: int) -> Splice:
    """What takes an item out of a list where others stay."""
    if not node.flow_style:
        stop = line_after(text, notes_end(text, end(node.value[index], text), column(node) + 1))
        return item_start(text, node, index), stop, ""
    if index + 1 < len(node.value):
        return start(node.value[index]), start(node.value[index + 1]), ""
    return end(node.value[index - 1], text), end(node.value[index], text), ""


def _inserted(
    text: str, node: yaml.SequenceNode, index: int, values: Sequence[Scalar], style: Style
) -> Splice:
    """New lines before the item of that index, or at the end."""
    indent = column(node)
    style = "" if style in ("|", ">") else style
    rows = [f"{' ' * indent}- {written(v, style, indent=indent + STEP)}" for v in values]
    if index == 0:
        at = item_start(text, node, 0)
        return at, at, "".join(f"{row}\n" for row in rows)
    at = notes_end(text, end(node.value[index - 1], text), indent + 1)
    return at, at, "".join(f"\n{row}" for row in rows)
