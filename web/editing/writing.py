"""How a value is written so that YAML reads the same value again, in the style of its place."""

import re
from typing import Literal

from editing.broken import BrokenYaml
from editing.nodes import compose, is_block, plain, same
from editing.order import ROWS

type Scalar = str | bool | int | None
type Style = Literal["", "'", '"', "|", ">"]

# Words that some reader of YAML takes for something else, and the house quotes.
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "~"))
_NUMBER = re.compile(r"[-+\d.,:_/ ]+|0[xob][0-9a-fA-F_]+|[-+]?[\d.]+[eE][-+]?\d+")
_LITERAL = re.compile(r"(?! )[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]*[^\s]\n?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
STEP = 2
"""How far to the right what belongs to a key is moved."""


def written(value: Scalar, style: Style = "", *, flow: bool = False, indent: int = 0) -> str:
    """A value as it stands after its key or its dash.

    Args:
        value: the value.
        style: how the one before it was written; kept where it can hold this one.
        flow: whether it stands between brackets.
        indent: how far the lines of a long text are indented.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if "\n" in value and not flow and style not in ("'", '"') and _LITERAL.fullmatch(value):
        return _literal(value, indent)
    if "\n" not in value:
        for attempt in _attempts(value, style):
            if _reads_as(attempt, value, flow=flow):
                return attempt
    return _double(value)


def as_yaml(value: object, name: str = "", *, flow: bool = False) -> str:
    """A value of any kind, as it stands after a key in the first column, in the house's style.

    Args:
        value: scalars, and lists and mappings of them.
        name: the key's name; lists of some stand between brackets.
        flow: whether it stands between brackets itself.
    """
    if isinstance(value, dict):
        if flow or not value:
            rows = (
                f"{written(name, flow=True)}: {as_yaml(value[name], flow=True)}" for name in value
            )
            return "{" + ", ".join(rows) + "}"
        return "\n".join(pair(name, as_yaml(part, name)) for name, part in value.items())
    if isinstance(value, list):
        row = "[" + ", ".join(as_yaml(item, flow=True) for item in value) + "]"
        if flow or not value or name in ROWS:
            return row
        return "\n".join(item_of(as_yaml(item)) for item in value)
    assert value is None or isinstance(value, str | int)
    return written(value, flow=flow, indent=STEP)


def pair(name: str, body: str) -> str:
    """A key with its value, given as it stands after a key in the first column."""
    node = compose(body)
    block = node is not None and is_block(node)
    return f"{written(name)}:\n{indented(body, STEP)}" if block else f"{written(name)}: {body}"


def item_of(body: str) -> str:
    """An item of a list with its dash, given as it stands after a key in the first column."""
    node = compose(body)
    first, *rest = body.split("\n")
    by = STEP if node is not None and is_block(node) else 0
    return "\n".join([f"- {first}", *(indented(line, by) for line in rest)])


def indented(body: str, by: int) -> str:
    """A text of lines, moved to the right; empty lines stay empty."""
    return "\n".join(" " * by + line if line else "" for line in body.split("\n"))


def _attempts(value: str, style: Style) -> list[str]:
    single, double = "'" + value.replace("'", "''") + "'", _double(value)
    quoted = [single, double] if '"' in value or "\\" in value else [double, single]
    if style == '"':
        return [double]
    if style == "'":
        return [single, double]
    meant_as_text = value.lower() not in _WORDS and not _NUMBER.fullmatch(value)
    return [value, *quoted] if meant_as_text else quoted


def _double(value: str) -> str:
    return '"' + "".join(_escaped(sign) for sign in value) + '"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    code = ord(sign)
    if sign.isprintable() or code == 0x20:
        return sign
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else sign


def _literal(value: str, indent: int) -> str:
    head = "|" if value.endswith("\n") else "|-"
    lines = value.removesuffix("\n").split("\n")
    return "\n".join([head, *(" " * indent + line if line else "" for line in lines)])


def _reads_as(text: str, value: str, *, flow: bool) -> bool:
    around = f"[{text}, x]" if flow else f"x: {text}\n"
    wanted = [value, "x"] if flow else {"x": value}
    try:
        return same(plain(compose(around)), wanted)
    except BrokenYaml:
        return False
