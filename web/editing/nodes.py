"""YAML as nodes that know where in the text they stand.

Read by the same parser as the content itself is, so that nobody sees a `no` where it reads False.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from editing import numbers, tangled
from editing.broken import BrokenYaml

_NULL = "tag:yaml.org,2002:null"
_STRING = "tag:yaml.org,2002:str"
_DATE = "tag:yaml.org,2002:timestamp"
_MERGE = "tag:yaml.org,2002:merge"
_BOOLEAN, _WHOLE, _BROKEN = (f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float"))
_COLLECTIONS = ("tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
_KNOWN = {_NULL, _STRING, _DATE, _MERGE, _BOOLEAN, _WHOLE, _BROKEN, *_COLLECTIONS}


class _Loader(yaml.CSafeLoader):
    """The content's loader."""


def compose(text: str) -> yaml.Node | None:
    """The node that a text holds; None for a text of nothing but comments.

    Raises:
        BrokenYaml: it cannot be read; the message says what to do.
    """
    tangled.check(text)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        mend = "Look at this line and the one above: put a text that holds `: ` or ` #` in quotes."
        raise BrokenYaml(_line(mark), f"this cannot be read ({error.problem}). {mend}") from None
    except (yaml.YAMLError, UnicodeError) as error:
        line = text.count("\n", 0, max(getattr(error, "position", 0), 0)) + 1
        mend = "the line holds a sign that cannot be kept. Type the text again, do not paste it."
        raise BrokenYaml(line, mend) from None
    finally:
        loader.dispose()
    for part in _all(node):
        if part.tag not in _KNOWN:
            mend = f"put the text in quotes: `{part.tag[:20]}` means something of its own here."
            raise BrokenYaml(_line(part.start_mark), mend)
        numbers.check(part)
    assert node is None or isinstance(node, yaml.Node)
    return node


def plain(node: yaml.Node | None) -> Any:
    """What a node says, in Python's types. A day is a string, quoted or not."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    if node is None or node.tag == _NULL:
        return None
    if isinstance(node, yaml.ScalarNode) and node.tag in (_BOOLEAN, _WHOLE, _BROKEN):
        return _number(node)
    return str(node.value)


def end(node: yaml.Node, text: str) -> int:
    """Where a node really ends, a block with its line.

    The parser counts all space and comments after a block to it.
    """
    if not isinstance(node, yaml.CollectionNode):
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return int(node.end_mark.index)
        body = text[node.start_mark.index : node.end_mark.index].rstrip()
        return line_end(text, int(node.start_mark.index) + len(body))
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    inside = column(node) + isinstance(node, yaml.SequenceNode)
    return notes_end(text, end(last[1] if isinstance(last, tuple) else last, text), inside)


def is_block(node: yaml.Node) -> bool:
    """Whether it is a list or a mapping of lines, not one between brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def column(node: yaml.Node) -> int:
    """How far to the right a node begins."""
    return int(node.start_mark.column)


def start(node: yaml.Node) -> int:
    """Where a node begins."""
    return int(node.start_mark.index)


def line_start(text: str, index: int) -> int:
    """Where the line begins that a place is in."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Where the line ends that a place is in, without its line feed."""
    found = line_after(text, index)
    return found - len(text[index:found]) + len(text[index:found].rstrip("\r\n"))


def line_after(text: str, index: int) -> int:
    """Where the next line begins after the one that a place is in."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def notes_end(text: str, index: int, inside: int) -> int:
    """Where the line ends that a place is in, with the comments below it that belong to it.

    Args:
        text: the whole text.
        index: the place.
        inside: how far to the right a comment has to stand to belong to it.
    """
    stop = line_end(text, index)
    while (begin := line_after(text, stop)) < len(text):
        line = text[begin : line_end(text, begin)]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) < inside:
            break
        stop = begin + len(line)
    return stop


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal, `1` being no text and not true; names in any order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


def _all(node: yaml.Node | None) -> Iterator[yaml.Node]:
    if node is None:
        return
    yield node
    if isinstance(node, yaml.CollectionNode):
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _all(part)


def _line(mark: yaml.Mark | None) -> int:
    return int(mark.line) + 1 if mark else 1


def _number(node: yaml.ScalarNode) -> Any:
    maker = yaml.constructor.SafeConstructor()
    try:
        if node.tag == _BOOLEAN:
            return maker.construct_yaml_bool(node)
        if node.tag == _WHOLE:
            return maker.construct_yaml_int(node)
        return maker.construct_yaml_float(node)
    except (ValueError, LookupError):  # such as `!!int x`, `!!int ""`, `!!bool x`
        return str(node.value)
