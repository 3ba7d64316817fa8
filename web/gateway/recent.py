"""What is at hand of the sessions of late, in memory alone.

Another process may have changed or erased it since. So it serves only where that is found out
before it has any effect: recording a message does.
"""

from collections.abc import Sequence
from typing import Any

from gateway.watch import Heard
from records.models import Session

MOST = 10_000


class Recent:
    """Sessions by the hash of their token, what was noted last in them, and what told of signs."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._notes: dict[str, Any] = {}
        self._heard: dict[str, Sequence[Heard]] = {}

    def session(self, token_hash: str) -> Session | None:
        """The session of that token, if it is at hand."""
        return self._sessions.get(token_hash)

    def keep(self, token_hash: str, session: Session) -> None:
        """Keep a session at hand; by the token before, which ends soon, it is not."""
        if session.token_hash == token_hash:
            _put(self._sessions, token_hash, session)

    def note(self, session_id: str) -> Any:
        """What was noted last in a session; None where that is nothing, or not at hand."""
        return self._notes.get(session_id)

    def keep_note(self, session_id: str, note: Any) -> None:
        """Keep at hand what was noted."""
        _put(self._notes, session_id, note)

    def heard(self, session_id: str) -> Sequence[Heard]:
        """The messages of a session that told of signs of red flags, as far as they are at hand."""
        return self._heard.get(session_id, ())

    def keep_heard(self, session_id: str, heard: Sequence[Heard]) -> None:
        """Keep at hand what told of signs."""
        if heard:
            _put(self._heard, session_id, heard)

    def forget(self, session: Session) -> None:
        """Have the session looked up again, if it is still there."""
        self._sessions.pop(session.token_hash, None)
        self._notes.pop(session.id, None)
        self._heard.pop(session.id, None)


def _put[T](kept: dict[str, T], key: str, value: T) -> None:
    kept.pop(key, None)  # the newest stands last
    kept[key] = value
    if len(kept) > MOST:
        del kept[next(iter(kept))]
