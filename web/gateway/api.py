"""The routes of the chat API."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse, StreamingResponse

from gateway import entries, schemas, texts
from gateway.access import Held, HeldOrNone, Kept, Own, Parts, TokenHash, unauthorized
from gateway.bodies import JsonRoute
from gateway.errors import ANY, ApiError, described, internal_error
from gateway.limiting import Within
from gateway.rasa import RasaUnavailable
from gateway.sessions import diary_key, hash_token, new_token
from gateway.store import NEWEST, SessionGone
from gateway.stream import EVENT_STREAM, EventStream
from gateway.turns import IdReused, Unkept, UnknownChoice

WITH_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
MOST_DIGITS = len(str(NEWEST))
EVENTS: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK.value: {
        "description": "The events, for as long as the connection lasts.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}

router = APIRouter(route_class=JsonRoute)


@router.post(
    "/api/sessions",
    status_code=HTTPStatus.CREATED,
    response_model=schemas.Opened,
    responses=described(HTTPStatus.TOO_MANY_REQUESTS, *WITH_BODY, *ANY),
    summary="Begin a session",
)
async def open_session(
    parts: Parts, rate: Within, body: schemas.NewSession | None = None
) -> Response:
    """Begin a session and hear Dorsi's first words.

    A client that keeps the key of a diary sends it; every other gets a new one.
    """
    await rate.session()
    served = parts.bundles.live.texts
    region = served.region(body.region if body else None)
    token, diary = new_token(), diary_key(body.diary if body else None)
    _, said = await parts.store.open_session(
        hash_token(token), region, served.say(texts.WELCOME, region), hash_token(diary)
    )
    opened = {
        "session": token,
        "diary": diary,
        **entries.replies(said),
        "kept": {"days": parts.settings.retention_days},
    }
    return JSONResponse(opened, HTTPStatus.CREATED)


@router.post(
    "/api/session/token",
    responses=described(HTTPStatus.UNAUTHORIZED, *ANY),
    summary="Change the token",
)
async def change_token(parts: Parts, session: Held, presented: TokenHash) -> schemas.NewToken:
    """Get another token for the session. The old one is taken for another minute, then never."""
    token = new_token()
    await parts.store.rotate(session, presented, hash_token(token))
    parts.recent.forget(session)
    return schemas.NewToken(session=token)


@router.post(
    "/api/messages",
    response_model=schemas.Replies,
    responses=described(
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.CONFLICT,
        HTTPStatus.TOO_MANY_REQUESTS,
        *WITH_BODY,
        *ANY,
    ),
    summary="Send a message",
)
async def send_message(
    parts: Parts,
    found: HeldOrNone,
    rate: Within,
    body: schemas.NewMessage,
) -> Response:
    """Send a text or a choice and get Dorsi's replies: always at least one.

    Messages of one session are answered in order. Where Dorsi cannot answer now, the reply is a
    notice that says so. Where the message or its replies cannot be kept, that is an error, with
    the advice on a red flag beside it; the same message can be sent again.
    """
    session = await rate.message(found, body.text)
    choice = body.choice if "choice" in body.model_fields_set else None
    await parts.recovery.catch_up(session, str(body.id))
    try:
        said = await parts.turns.take(session, str(body.id), text=body.text, choice=choice)
    except SessionGone:
        advice = await parts.turns.advice(body.text, session.region)
        raise unauthorized(schemas.unkept(advice)) from None
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
            messages=schemas.unkept(await parts.turns.advice(body.text, session.region)),
        ) from None
    return JSONResponse(entries.replies(said))


@router.get(
    "/api/messages",
    response_model=schemas.History,
    responses=described(HTTPStatus.UNAUTHORIZED, *ANY),
    summary="Read the history",
)
async def read_history(parts: Parts, session: Own) -> Response:
    """All messages of the session, the oldest first. One without its reply gets it first."""
    messages = await parts.store.history(session.id)
    if not all(message.answered for message in messages):
        await parts.recovery.resume(session)
        messages = await parts.store.history(session.id)
    return JSONResponse(entries.history(messages))


@router.get(
    "/api/stream",
    response_class=StreamingResponse,
    responses=EVENTS
    | described(
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        *ANY,
    ),
    summary="Follow the session",
)
async def follow(
    parts: Parts,
    session: Own,
    rate: Within,
    after: Annotated[int, Query(ge=0, le=NEWEST, description="The last `seq` known.")] = 0,
    last_event_id: Annotated[
        str | None, Header(description="The last id known, as a browser sends it; it goes first.")
    ] = None,
) -> Response:
    """Server-sent events: first the messages that are not known yet, then what happens.

    `message` has an entry of the history as its data and `seq` as its id; `typing` has
    `{"typing": true}` or `false`; `erased` says that nothing of the session is kept any more.
    """
    if last_event_id and last_event_id.isdecimal() and len(last_event_id) < MOST_DIGITS:
        after = int(last_event_id)
    parts.recovery.begin(session)
    return EventStream(parts.streams, parts.store, session.id, after, rate.address)


@router.get(
    "/api/session",
    response_model=schemas.Kept,
    responses=described(HTTPStatus.UNAUTHORIZED, HTTPStatus.SERVICE_UNAVAILABLE, *ANY),
    summary="Read all that is kept",
)
async def read_all(parts: Parts, session: Own) -> Response:
    """All messages of the session, what was said of them, and the whole diary of its key.

    It is everything, or an error.
    """
    diary = None
    if session.diary_hash:
        try:
            live = parts.bundles.live
            with parts.bundles.held(live):
                diary = await live.rasa.diary(session.id, session.diary_hash)
        except RasaUnavailable:
            raise ApiError(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "diary_unavailable",
                "Your diary cannot be read just now. Please try again in a minute.",
            ) from None
    kept = {
        "region": session.region,
        "created_at": session.created_at.isoformat(),
        **entries.history(await parts.store.history(session.id)),
        "feedback": entries.feedback(await parts.store.opinions(session.id)),
        "diary": diary,
    }
    return JSONResponse(kept)


@router.delete(
    "/api/session",
    status_code=HTTPStatus.NO_CONTENT,
    responses=described(HTTPStatus.UNAUTHORIZED, *ANY),
    summary="Erase the session",
)
async def erase_session(parts: Parts, session: Kept) -> None:
    """Erase everything that was kept of the session, and the diary of its key.

    A session that has ended is erased too. The token and the key are of no use afterwards.
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
