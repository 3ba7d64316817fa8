"""Pages whose prose is written by hand and whose tables are filled in between marks."""

from __future__ import annotations

import re


def filled(page: str, mark: str, text: str) -> str:
    """``page`` with ``text`` between ``<!-- mark -->`` and ``<!-- end -->``.

    Raises:
        ValueError: the page has no such marks.
    """
    marks = re.compile(rf"(<!-- {re.escape(mark)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"the page has no marks for {mark}")
    return marks.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page)


def row(cells: list[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def rounded(value: object) -> object:
    """Figures with as many places as they deserve."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value
