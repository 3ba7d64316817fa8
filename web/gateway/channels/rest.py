"""The door of the shape that Rasa's own REST channel has: `POST /webhooks/rest/webhook`.

The client names the sender itself, and whoever names the same one continues that conversation and
may hear what was said in it. So it is a door for a server that knows its users, not for browsers.
"""

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Request
from pydantic import BaseModel, Field

from gateway.access import Parts
from gateway.bodies import JsonRoute
from gateway.channels import secret
from gateway.channels.conversing import CHOICE, Conversing, custom
from gateway.errors import ANY, TooMany, described
from gateway.schemas import ReplyOut
from gateway.sessions import hash_token

PATH = "/webhooks/rest/webhook"


class NewMetadata(BaseModel):
    """What a client may say beside the message."""

    region: str | None = None


class FromSender(BaseModel):
    """A message, and who sends it."""

    sender: Annotated[str, Field(min_length=1, max_length=255)] = Field(
        description="Chosen by the client. It must be as hard to guess as a password."
    )
    message: str = Field(description="A text, or the payload of a button.")
    metadata: NewMetadata = NewMetadata()


class Offered(BaseModel):
    """A button."""

    title: str
    payload: str = Field(description="To be sent as the message.")


class ToSender(BaseModel):
    """One message of Dorsi's."""

    recipient_id: str
    text: str
    buttons: list[Offered] = Field(default=[], exclude_if=lambda value: not value)
    custom: dict[str, Any] = Field(description="Kind, level, sources, numbers to call and so on.")


def install(app: FastAPI, home: Path) -> None:
    """Open the door.

    Args:
        app: what it belongs to.
        home: the folder the secret is kept in.

    Raises:
        OSError: the secret can be neither read nor made.
    """
    key = secret.read_or_make(home)
    router = APIRouter(route_class=JsonRoute)

    @router.post(
        PATH,
        responses=described(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.TOO_MANY_REQUESTS,
            *ANY,
        ),
        summary="Send a message as to Rasa",
    )
    async def send(parts: Parts, request: Request, body: FromSender) -> list[ToSender]:
        """Send a text or a choice and get Dorsi's replies; the first time, the welcome too."""
        talk = Conversing(parts, request.client.host if request.client else None)
        said = await _answer(talk, parts, secret.tokens(key, body.sender), body)
        return [_to_sender(reply, body.sender) for reply in said]

    app.include_router(router)


async def _answer(
    talk: Conversing, parts: Parts, tokens: Sequence[str], body: FromSender
) -> list[ReplyOut]:
    async with parts.locks.hold(hash_token(tokens[0])):
        try:
            found = await talk.find_or_begin(tokens, body.metadata.region)
        except TooMany as error:
            error.messages = error.messages or await talk.advice(body.message)
            raise
        if found is None:
            return await talk.failed(body.message)
        return [*found.welcome, *await talk.say(found.session, body.message)]


def _to_sender(reply: ReplyOut, sender: str) -> ToSender:
    return ToSender(
        recipient_id=sender,
        text=reply.text,
        buttons=[
            Offered(title=button.title, payload=f"{CHOICE}{button.id}") for button in reply.buttons
        ],
        custom=custom(reply),
    )
