"""Who asks: the session of the token that came with a request."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from enum import Enum, auto
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway.errors import IN_DANGER, ApiError, internal_error
from gateway.schemas import NewMessage, ReplyOut
from gateway.services import Services, services
from gateway.sessions import hash_token
from records.models import Session

log = logging.getLogger(__name__)

_bearer = HTTPBearer(scheme_name="session", description="The token of a session.", auto_error=False)


class Absent(Enum):
    """Why there is no session to what somebody wrote."""

    UNKNOWN = auto()
    """There is no token, or it is that of no session, or of one that has ended."""
    UNREADABLE = auto()
    """The database does not say."""


def _hash(token: HTTPAuthorizationCredentials | None) -> str:
    if token is None:
        raise unauthorized()
    return hash_token(token.credentials)


type Parts = Annotated[Services, Depends(services)]
type Token = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def _look_up(parts: Services, token_hash: str) -> Session | Absent:
    try:
        return await parts.store.find_session(token_hash) or Absent.UNKNOWN
    except Exception:
        log.exception("a session could not be looked up")
        return Absent.UNREADABLE


def needed(session: Session | Absent, advice: Sequence[ReplyOut] = ()) -> Session:
    """The session, where nothing can be done without it.

    Args:
        session: what was found.
        advice: what must be said of red flags all the same.

    Raises:
        ApiError: 401, there is none; or 500, nobody can say.
    """
    if session is Absent.UNKNOWN:
        raise unauthorized(advice)
    if session is Absent.UNREADABLE:
        raise internal_error(advice)
    return session


async def _session_or_none(
    parts: Parts, token: Token, body: NewMessage
) -> AsyncIterator[Session | Absent]:
    """The session whose token came with a message, with nothing else happening in it.

    It is held until the route is done, and before it is looked up: messages keep the order in
    which they came, and a session erased by what came before is not found any more. One that was
    looked up a while ago will do: recording the message finds out whether it still lasts. Where
    there is none, the route runs all the same: what was written has to be screened. An emergency
    has the messages before it answered without Rasa.
    """
    if token is None:
        yield Absent.UNKNOWN
        return
    token_hash = hash_token(token.credentials)
    async with AsyncExitStack() as held:
        async with _hurried(parts, token_hash, body.text):
            await held.enter_async_context(parts.locks.hold(token_hash))
            session = parts.recent.session(token_hash) or await _look_up(parts, token_hash)
            if not isinstance(session, Absent):
                parts.recent.keep(token_hash, session)
                await held.enter_async_context(parts.locks.hold(session.id))
        yield session


def _hurried(parts: Services, token_hash: str, text: str) -> AbstractAsyncContextManager[None]:
    """While this lasts, an emergency hurries those who are before it in its session."""
    before = parts.recent.session(token_hash)
    if before is None:
        return nullcontext()  # nobody is
    return parts.hurry.behind(before.id, lambda: parts.turns.is_emergency(text))


async def _session_held(parts: Parts, token: Token) -> AsyncIterator[Session]:
    """The same for any other request, which looks the session up itself and needs it."""
    token_hash = _hash(token)
    async with parts.locks.hold(token_hash):
        session = needed(await _look_up(parts, token_hash))
        async with parts.locks.hold(session.id):
            yield session


async def _session_kept(parts: Parts, token: Token) -> AsyncIterator[Session]:
    """The same, even if the session has ended: it is kept until it is erased."""
    token_hash = _hash(token)
    async with parts.locks.hold(token_hash):
        session = await _look_up(parts, token_hash)
        if session is Absent.UNKNOWN:
            session = await parts.store.kept_session(token_hash) or session
        session = needed(session)
        async with parts.locks.hold(session.id):
            yield session


async def _session(parts: Parts, token: Token) -> Session:
    """The session whose token came with the request, whatever else happens in it."""
    return needed(await _look_up(parts, _hash(token)))


async def _session_or_none_at_once(parts: Parts, token: Token) -> Session | Absent:
    """The same, for a route that runs without one too."""
    return await _look_up(parts, hash_token(token.credentials)) if token else Absent.UNKNOWN


async def _token_hash(token: Token) -> str:
    """What the database knows of the token that came with the request."""
    return _hash(token)


def unauthorized(messages: Sequence[ReplyOut] = ()) -> ApiError:
    """What is answered where the token is not, or no longer, that of a session.

    Args:
        messages: advice on a red flag that is given all the same.
    """
    return ApiError(
        HTTPStatus.UNAUTHORIZED,
        "unknown_session",
        f"This conversation is not known, or it was erased. Start a new one. {IN_DANGER}",
        headers={"WWW-Authenticate": "Bearer"},
        messages=messages,
    )


type HeldOrNone = Annotated[Session | Absent, Depends(_session_or_none, scope="function")]
type OwnOrNone = Annotated[Session | Absent, Depends(_session_or_none_at_once)]
type Own = Annotated[Session, Depends(_session)]
type Held = Annotated[Session, Depends(_session_held, scope="function")]
type Kept = Annotated[Session, Depends(_session_kept, scope="function")]
type TokenHash = Annotated[str, Depends(_token_hash)]
