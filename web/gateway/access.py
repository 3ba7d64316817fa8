"""Who asks: the session of the token that came with a request."""

import logging
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway.errors import IN_DANGER, ApiError, internal_error
from gateway.models import Session
from gateway.services import Services, services
from gateway.sessions import hash_token

log = logging.getLogger(__name__)

_bearer = HTTPBearer(scheme_name="session", description="The token of a session.", auto_error=False)
type Parts = Annotated[Services, Depends(services)]


type Token = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def _look_up(parts: Services, token_hash: str) -> Session | None:
    """The session of a token; None where the database does not say.

    Raises:
        ApiError: 401, there is none.
    """
    try:
        session = await parts.store.find_session(token_hash)
    except Exception:
        log.exception("a session could not be looked up")
        return None
    if session is None:
        raise unauthorized()
    return session


async def _session_if_readable(parts: Parts, token: Token) -> AsyncIterator[Session | None]:
    """The session whose token came with the request, with nothing else happening in it.

    It is held until the route is done, and before it is looked up: messages keep the order in
    which they came, and a session erased by what came before is not found any more.
    """
    if token is None:
        raise unauthorized()
    token_hash = hash_token(token.credentials)
    async with parts.locks.hold(token_hash):
        yield await _look_up(parts, token_hash)


type HeldIfReadable = Annotated[Session | None, Depends(_session_if_readable, scope="function")]


async def _session_held(session: HeldIfReadable) -> Session:
    """The same, for a route that can do nothing without it."""
    if session is None:
        raise internal_error()
    return session


async def _session(parts: Parts, token: Token) -> Session:
    """The session whose token came with the request, whatever else happens in it."""
    if token is None:
        raise unauthorized()
    session = await _look_up(parts, hash_token(token.credentials))
    if session is None:
        raise internal_error()
    return session


def unauthorized() -> ApiError:
    """What is answered where the token is not, or no longer, that of a session."""
    return ApiError(
        HTTPStatus.UNAUTHORIZED,
        "unknown_session",
        f"This conversation is not known, or it was erased. Start a new one. {IN_DANGER}",
        headers={"WWW-Authenticate": "Bearer"},
    )


type Own = Annotated[Session, Depends(_session)]
type Held = Annotated[Session, Depends(_session_held, scope="function")]
