"""Changes to content files as people make them, and as they slip."""

from __future__ import annotations

import random
import re

WORDS = "the neurological orthosis is nice, call {emergency} or {nobody} (take 2 tablets of 5 mg)"


def changed(chance: random.Random, text: str, other: str) -> str | None:
    """A file's text after one change; ``other`` is the text of another file."""
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    kind = chance.randrange(12)
    if kind == 0:
        return None
    if kind == 1:
        return text[: chance.randrange(len(text) + 1)]
    if kind == 2:
        return other
    if kind == 3:
        lines.pop(at)
    elif kind == 4:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif kind == 5:
        lines.insert(at, chance.choice(other.splitlines(keepends=True) or [""]))
    elif kind == 6:
        lines[at] = f"{lines[at].rstrip()} {WORDS}\n"
    elif kind == 7:
        lines[at] = re.sub(r"\w+", "x", lines[at], count=1)
    elif kind == 8:
        lines[at] = lines[at].replace("20", "19").replace('"', "")
    elif kind == 9:
        lines[at] = lines[at][:-1] + chance.choice(["[", "{", ": ", " #", "'", "\t", "&a *a", "é"])
    elif kind == 10:
        lines[at] = re.sub(r"(\w)(\w)", r"\2\1", lines[at], count=1)
    else:
        lines[at] = f"{lines[at].rstrip()} \n  - {WORDS}\n"
    return "".join(lines)
