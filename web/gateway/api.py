"""The routes of the chat API."""

from http import HTTPStatus

from fastapi import APIRouter

from gateway import schemas, texts
from gateway.access import Held, HeldIfReadable, Own, Parts, unauthorized
from gateway.bodies import JsonRoute
from gateway.errors import ANY, ApiError, described, internal_error
from gateway.rasa import RasaUnavailable
from gateway.sessions import diary_key, hash_token, new_token
from gateway.store import SessionGone
from gateway.turns import IdReused, Unkept, UnknownChoice

WITH_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)

router = APIRouter(route_class=JsonRoute)


@router.post(
    "/api/sessions",
    status_code=HTTPStatus.CREATED,
    responses=described(*WITH_BODY, *ANY),
    summary="Begin a session",
)
async def open_session(parts: Parts, body: schemas.NewSession | None = None) -> schemas.Opened:
    """Begin a session and hear Dorsi's first words.

    A client that keeps the key of a diary sends it; every other gets a new one.
    """
    region = parts.texts.region(body.region if body else None)
    token, diary = new_token(), diary_key(body.diary if body else None)
    _, said = await parts.store.open_session(
        hash_token(token), region, parts.texts.say(texts.WELCOME, region), hash_token(diary)
    )
    return schemas.Opened(session=token, diary=diary, messages=schemas.replies(said))


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
        raise unauthorized() from None
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


@router.get(
    "/api/session",
    responses=described(HTTPStatus.UNAUTHORIZED, HTTPStatus.SERVICE_UNAVAILABLE, *ANY),
    summary="Read all that is kept",
)
async def read_all(parts: Parts, session: Own) -> schemas.Kept:
    """All messages of the session and the whole diary of its key: everything, or an error."""
    diary = None
    if session.diary_hash:
        try:
            diary = await parts.rasa.diary(session.id, session.diary_hash)
        except RasaUnavailable:
            raise ApiError(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "diary_unavailable",
                "Your diary cannot be read just now. Please try again in a minute.",
            ) from None
    return schemas.Kept(
        region=session.region,
        created_at=session.created_at,
        messages=schemas.history(await parts.store.history(session.id)).messages,
        diary=diary,
    )


@router.delete(
    "/api/session",
    status_code=HTTPStatus.NO_CONTENT,
    responses=described(HTTPStatus.UNAUTHORIZED, *ANY),
    summary="Erase the session",
)
async def erase_session(parts: Parts, session: Held) -> None:
    """Erase everything that was kept of the session, and the diary of its key.

    The token and the key are of no use afterwards.
    """
    await parts.erasures.erase(session)


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
