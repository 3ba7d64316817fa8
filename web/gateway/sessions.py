"""Session tokens, and the order of turns within a session."""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

TOKEN_BYTES = 32


def new_token() -> str:
    """A token nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is stored of a token; the token itself is known to the patient's browser alone."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def short_hash(session_id: str) -> str:
    """What logs call a session: enough to follow it there, of no use anywhere else."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:12]


class SessionLocks:
    """Lets one thing at a time happen in a session, in the order of arrival.

    It orders what happens in this process; several gateways need each session to keep to one.
    """

    def __init__(self) -> None:
        # A lock is gone as soon as nobody holds or awaits it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, token_hash: str) -> AsyncIterator[None]:
        """Wait until nothing else happens in the session of that token, and keep it so."""
        lock = self._locks.get(token_hash)
        if lock is None:
            lock = self._locks[token_hash] = asyncio.Lock()
        async with lock:
            yield
