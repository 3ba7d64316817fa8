"""The comments of a YAML text, which no parser gives."""

import re
from collections.abc import Iterator, Sequence

import yaml

from editing.nodes import compose, end, start

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)


def comments(text: str) -> Sequence[str]:
    """All comments in their order, without the space around them.

    Raises:
        BrokenYaml: the text cannot be read.
    """
    masked = [*text]
    for begin, stop in _scalars(compose(text), text):
        masked[begin:stop] = [sign if sign == "\n" else "x" for sign in text[begin:stop]]
    return [found.group().strip() for found in _COMMENT.finditer("".join(masked))]


def _scalars(node: yaml.Node | None, text: str) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield start(node), end(node, text)
    elif isinstance(node, yaml.CollectionNode):
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _scalars(part, text)
