"""Session tokens, diary keys, and the order of turns within a session."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

TOKEN_BYTES = 32
# At least as long as 128 random bits are in base64.
DIARY_KEY = re.compile(r"[A-Za-z0-9_-]{22,100}")


def new_token() -> str:
    """A token nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def diary_key(given: str | None) -> str:
    """The key of a browser's diary: the one it has, if that is well-formed, or else a new one."""
    return given if given and DIARY_KEY.fullmatch(given) else new_token()


def hash_token(token: str) -> str:
    """What is stored of a token or a key; itself it is known to the patient's browser alone."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def short_hash(session_id: str) -> str:
    """What logs call a session: enough to follow it there, of no use anywhere else."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Lifetime:
    """How long a session lasts.

    Attributes:
        idle: without being used.
        total: in all.
    """

    idle: timedelta = timedelta(days=7)
    total: timedelta = timedelta(days=30)

    def parameters(self, present: datetime, token_hash: str | None = None) -> dict[str, Any]:
        """What the queries for a session that lasts are asked with."""
        return {
            "present": present,
            "idle_since": present - self.idle,
            "since": present - self.total,
            "token": token_hash,
        }


class SessionLocks:
    """Lets one thing at a time happen in a session, in the order of arrival.

    It orders what happens in this process; several gateways need each session to keep to one.
    """

    def __init__(self) -> None:
        # A lock is gone as soon as nobody holds or awaits it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Wait until nobody else holds that key, and hold it.

        Args:
            key: a session's id, or the hash of a token, which keeps requests in order until their
                session is known. Who holds both took the token's first.
        """
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            yield
