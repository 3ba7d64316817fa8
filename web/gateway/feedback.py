"""Whether an answer helped, and why not: kept for as long as the conversation is."""

import logging
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gateway import schemas
from gateway.access import OwnOrNone, Parts
from gateway.bodies import JsonRoute
from gateway.errors import ANY, ApiError, described, internal_error
from gateway.limiting import Within
from gateway.normalise import patient_text, storable
from gateway.sessions import short_hash
from gateway.store import UnknownMessage

log = logging.getLogger(__name__)

MAX_REASON = 500

router = APIRouter(route_class=JsonRoute)


class NewFeedback(BaseModel):
    """What a patient thinks of one of Dorsi's messages."""

    message: str = Field(description="The id of a message of Dorsi's in this conversation.")
    helpful: Annotated[bool, Field(strict=True)] | None = Field(
        description="Null takes back what was said of it before."
    )
    reason: str | None = Field(
        default=None,
        description=f"In the patient's words; the first {MAX_REASON} characters are kept.",
    )


@router.post(
    "/api/feedback",
    responses=described(
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        *ANY,
    ),
    summary="Say whether a message helped",
)
async def give_feedback(
    parts: Parts, found: OwnOrNone, rate: Within, body: NewFeedback
) -> schemas.Replies:
    """Keep it; what was said of the same message before is replaced.

    The reason is screened for red flags like every text: the advice on them, which is in no
    transcript, is the answer. Mostly there is none.
    """
    written = body.reason or ""
    session = await rate.message(found, written)
    told = await parts.turns.advice(written, session.region) if written.strip() else []
    advice = schemas.unkept(told)
    reason = patient_text(written).text[:MAX_REASON] or None
    try:
        await parts.store.feedback(session.id, storable(body.message), body.helpful, reason)
    except UnknownMessage:
        raise ApiError(
            HTTPStatus.NOT_FOUND,
            "no_message",
            "This conversation has no such message of Dorsi's. Send the id of one it has.",
            field="message",
            messages=advice,
        ) from None
    except Exception:
        log.exception("feedback could not be kept", extra={"session": short_hash(session.id)})
        raise internal_error(advice) from None
    return schemas.Replies(messages=advice)
