"""Numbers that YAML's rules find, and that nobody should work out.

A text of figures, colons and underscores may be a number: `1:30` is 90, and one of 300 000 such
signs keeps whoever reads it busy for seconds; twice as many, for four times as long.
"""

from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from editing.broken import BrokenYaml

WHOLE, BROKEN = (f"tag:yaml.org,2002:{name}" for name in ("int", "float"))
LONGEST = 40
"""No number has more signs; the longest in the content has four."""


def check(node: yaml.Node) -> None:
    """Look at a node before it is made a number.

    Raises:
        BrokenYaml: it would be a number of too many signs.
    """
    is_number = isinstance(node, yaml.ScalarNode) and node.tag in (WHOLE, BROKEN)
    if is_number and len(node.value) > LONGEST:
        line = int(node.start_mark.line) + 1 if node.start_mark else 1
        message = f"`{node.value[:20]}…` would be a number, of {len(node.value)} signs."
        raise BrokenYaml(line, f"{message} Put it in quotes, or take it out.")


class Loader(yaml.CSafeLoader):
    """The content's loader; what no number can be made of raises `BrokenYaml`."""


def _whole(loader: Loader, node: yaml.ScalarNode) -> Any:
    check(node)
    return SafeConstructor.construct_yaml_int(loader, node)


def _broken(loader: Loader, node: yaml.ScalarNode) -> Any:
    check(node)
    return SafeConstructor.construct_yaml_float(loader, node)


Loader.add_constructor(WHOLE, _whole)
Loader.add_constructor(BROKEN, _broken)
