"""Making a text harmless in a spreadsheet, so that it can be had back as it was. Pure.

Where something could begin a formula an apostrophe goes before it: at the start, and after
whatever may part cells elsewhere. So it does before a number that begins with nought, which
spreadsheets drop. `desk.export.safe` does the same for what never comes back.
"""

import re
from collections.abc import Callable

_PARTS = re.compile("([\n\t,;|])")
# A formula begins with one of these, or with its sister of full width.
_FORMULA = re.compile("[ \u00a0\"']*(?:[=+\\-@\uff1d\uff0b\uff0d\uff20]|0[0-9])")
_GUARD = "'"


def guarded(text: str) -> str:
    """A text in which nothing is a formula."""
    return _each(text, lambda part: _GUARD + part if _FORMULA.match(part) else part)


def unguarded(text: str) -> str:
    """What `guarded` made such a text of."""
    return _each(text, _without)


def _without(part: str) -> str:
    return part[1:] if part.startswith(_GUARD) and _FORMULA.match(part) else part


def _each(text: str, change: Callable[[str], str]) -> str:
    parts = _PARTS.split(text)
    parts[::2] = [change(part) for part in parts[::2]]
    return "".join(parts)
