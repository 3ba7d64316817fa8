"""When two examples are one, as the content lint sees it (`content/lint/examples.py`). Pure."""

import re

_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """A text without case, punctuation and spare spaces; one of signs alone stays itself."""
    lower = text.lower().replace("'", "").replace("\u2019", "")
    return " ".join(_WORD.findall(lower)) or text.strip()
