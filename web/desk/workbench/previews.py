"""Previews under way: what was said in them, in memory alone and for a while."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

MOST = 200
"""So many previews are remembered; the one that was used longest ago goes first."""


@dataclass(frozen=True)
class Opened:
    """What a preview is of.

    Attributes:
        user: who looks.
        change: the change request's number.
        head: the commit it was at.
        path: the file that it was opened at.
        part: the part of the file, where it is one of many.
    """

    user: int
    change: int
    head: str
    path: str
    part: str


@dataclass
class Preview:
    """A conversation with a draft.

    Attributes:
        of: what it is of.
        region: where the patient would be.
        state: what the workbench remembers of it.
        said: all messages, as the chat shows them.
        offered: what buttons stand for, by their ids.
    """

    of: Opened
    region: str
    state: dict[str, Any] | None = None
    said: list[dict[str, Any]] = field(default_factory=list)
    offered: dict[str, str] = field(default_factory=dict)


class Previews:
    """All previews, by their tokens; gone when the desk ends."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Preview] = OrderedDict()

    def begin(self, preview: Preview) -> str:
        """Remember a preview; gives its token."""
        token = secrets.token_urlsafe(24)
        self._kept[token] = preview
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return token

    def find(self, token: str, of: Opened) -> Preview | None:
        """The preview of a token, if it is of that: what was edited since is previewed anew."""
        found = self._kept.get(token)
        if found is None or found.of != of:
            return None
        self._kept.move_to_end(token)
        return found

    def end(self, token: str) -> None:
        """Forget a preview."""
        self._kept.pop(token, None)
