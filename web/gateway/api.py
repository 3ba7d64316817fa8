"""The routes of the chat API."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway import schemas, texts
from gateway.bodies import JsonRoute
from gateway.errors import ApiError, described
from gateway.models import Session
from gateway.services import Services, services
from gateway.sessions import hash_token, new_token
from gateway.store import SessionGone
from gateway.turns import IdReused, UnknownChoice

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


async def _session(parts: Parts, token: Token) -> Session:
    """The session whose token came with the request.

    Raises:
        ApiError: 401, there is none.
    """
    if token is None:
        raise _unauthorized()
    session = await parts.store.find_session(hash_token(token.credentials))
    if session is None:
        raise _unauthorized()
    return session


async def _session_held(parts: Parts, token: Token) -> AsyncIterator[Session]:
    """The same, with nothing else happening in it until the route is done.

    It is held before it is looked up: messages keep the order in which they came, and a session
    erased by what came before is not found any more.
    """
    if token is None:
        raise _unauthorized()
    async with parts.locks.hold(hash_token(token.credentials)):
        yield await _session(parts, token)


def _unauthorized() -> ApiError:
    return ApiError(
        HTTPStatus.UNAUTHORIZED,
        "unknown_session",
        "This conversation is not known, or it was erased. Start a new one.",
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
async def send_message(parts: Parts, session: Held, body: schemas.NewMessage) -> schemas.Replies:
    """Send a text or a choice and get Dorsi's replies: always at least one.

    Messages of one session are answered in order. Where Dorsi cannot answer now, the reply is a
    notice that says so.
    """
    choice = body.choice if "choice" in body.model_fields_set else None
    try:
        said = await parts.turns.take(session, str(body.id), text=body.text, choice=choice)
    except SessionGone:
        raise _unauthorized() from None
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
