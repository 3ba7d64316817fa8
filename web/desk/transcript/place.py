"""Addresses of turns. Pure."""

from urllib.parse import urlencode

HIGHEST = 2**31 - 1
"""No number of a conversation or a message is higher."""
MAX_QUERY = 200


def path_of(number: int, page: int = 1, at: int | None = None, query: str = "") -> str:
    """The address of a page of a conversation, or of a turn on it with its form open.

    Args:
        number: the conversation's.
        page: the page, from 1.
        at: the turn's.
        query: words to mark.
    """
    said = {"page": page if page > 1 else None, "at": at, "q": query or None}
    given = urlencode({name: value for name, value in said.items() if value is not None})
    path = f"/conversations/{number}" + (f"?{given}" if given else "")
    return path if at is None else f"{path}#turn-{at}"
