"""The routes of the chat API."""

import logging
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway import schemas, texts
from gateway.bodies import JsonRoute
from gateway.errors import IN_DANGER, ApiError, described, internal_error
from gateway.models import Session
from gateway.services import Services, services
from gateway.sessions import hash_token, new_token
from gateway.store import SessionGone
from gateway.turns import IdReused, Unkept, UnknownChoice

log = logging.getLogger(__name__)

ANY = (HTTPStatus.INTERNAL_SERVER_ERROR,)
WITH_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)

router = APIRouter(route_class=JsonRoute)

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
        raise _unauthorized()
    return session


async def _session_if_readable(parts: Parts, token: Token) -> AsyncIterator[Session | None]:
    """The session whose token came with the request, with nothing else happening in it.

    It is held until the route is done, and before it is looked up: messages keep the order in
    which they came, and a session erased by what came before is not found any more.
    """
    if token is None:
        raise _unauthorized()
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
        raise _unauthorized()
    session = await _look_up(parts, hash_token(token.credentials))
    if session is None:
        raise internal_error()
    return session


def _unauthorized() -> ApiError:
    return ApiError(
        HTTPStatus.UNAUTHORIZED,
        "unknown_session",
        f"This conversation is not known, or it was erased. Start a new one. {IN_DANGER}",
        headers={"WWW-Authenticate": "Bearer"},
    )


type Own = Annotated[Session, Depends(_session)]
type Held = Annotated[Session, Depends(_session_held, scope="function")]


@router.post(
    "/api/sessions",
    status_code=HTTPStatus.CREATED,
    responses=described(*WITH_BODY, *ANY),
    summary="Begin a session",
)
async def open_session(parts: Parts, body: schemas.NewSession | None = None) -> schemas.Opened:
    """Begin a session and hear Dorsi's first words."""
    region = parts.texts.region(body.region if body else None)
    token = new_token()
    _, said = await parts.store.open_session(
        hash_token(token), region, parts.texts.say(texts.WELCOME, region)
    )
    return schemas.Opened(session=token, messages=schemas.replies(said))


@router.post(
    "/api/messages",
    responses=described(HTTPStatus.UNAUTHORIZED, HTTPStatus.CONFLICT, *WITH_BODY, *ANY),
    summary="Send a message",
)
async def send_message(
    parts: Parts, session: HeldIfReadable, body: schemas.NewMessage
) -> schemas.Replies:
    """Send a text or a choice and get Dorsi's replies: always at least one.

    Messages of one session are answered in order. Where Dorsi cannot answer now, the reply is a
    notice that says so. Where the message or its replies cannot be kept, that is an error, with
    the advice on a red flag beside it; the same message can be sent again.
    """
    if session is None:
        raise internal_error(schemas.unkept(await parts.turns.advice(body.text)))
    choice = body.choice if "choice" in body.model_fields_set else None
    try:
        said = await parts.turns.take(session, str(body.id), text=body.text, choice=choice)
    except SessionGone:
        raise _unauthorized() from None
    except Unkept as failure:
        raise internal_error(schemas.unkept(failure.advice)) from None
    except UnknownChoice:
        raise ApiError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "unknown_choice",
            "This choice was not offered in this conversation. Write it in your own words.",
            field="choice",
        ) from None
    except IdReused:
        raise ApiError(
            HTTPStatus.CONFLICT,
            "id_reused",
            "Another message of this conversation has this id. Send it under a new one.",
            field="id",
        ) from None
    return schemas.Replies(messages=schemas.replies(said))


@router.get(
    "/api/messages",
    responses=described(HTTPStatus.UNAUTHORIZED, *ANY),
    summary="Read the history",
)
async def read_history(parts: Parts, session: Own) -> schemas.History:
    """All messages of the session, the oldest first."""
    return schemas.history(await parts.store.history(session.id))


@router.delete(
    "/api/session",
    status_code=HTTPStatus.NO_CONTENT,
    responses=described(HTTPStatus.UNAUTHORIZED, *ANY),
    summary="Erase the session",
)
async def erase_session(parts: Parts, session: Held) -> None:
    """Erase everything that was kept of the session. Its token is of no use afterwards."""
    await parts.erasures.erase(session.id)


@router.get(
    "/healthz",
    responses=described(HTTPStatus.SERVICE_UNAVAILABLE, *ANY),
    summary="Ask whether Dorsi answers",
)
async def health(parts: Parts) -> schemas.Health:
    """Whether a message sent through all parts gets its answer; found out every few seconds."""
    trouble = await parts.canary.trouble()
    if trouble is not None:
        raise ApiError(
            HTTPStatus.SERVICE_UNAVAILABLE, "unhealthy", f"Dorsi cannot answer now: {trouble}."
        )
    return schemas.Health()
