"""Whom to call, for everybody: no session, no database and no Rasa is needed for it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from gateway.access import Parts
from gateway.errors import ANY, described
from gateway.extras import Call

router = APIRouter()


class Help(BaseModel):
    """Whom to call in a region."""

    region: str = Field(description="The region whose numbers these are.", examples=["GB"])
    calls: list[Call] = Field(
        description="In danger, for advice, in a crisis: in this order; at least one."
    )
    text: str = Field(description="What to say beside the numbers.")


type Where = Annotated[
    str | None,
    Query(description="Where the patient is. One Dorsi does not know, or none, is `unknown`."),
]


@router.get(
    "/api/help",
    responses=described(HTTPStatus.UNPROCESSABLE_ENTITY, *ANY),
    summary="Read whom to call",
)
async def read_help(parts: Parts, region: Where = None) -> Help:
    """Everybody to call in a region; answered also where nothing else works."""
    texts = parts.bundles.live.texts
    known = texts.region(region)
    return Help(
        region=known, calls=texts.calls(known), text=texts.fill(texts.words.help.text, known)
    )
