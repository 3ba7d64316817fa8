"""The door of the shape that Rasa's Socket.IO channel has, at `/socket.io/`.

A client asks for a session (`session_request`), is told its id (`session_confirm`), says something
(`user_uttered`) and hears the replies (`bot_uttered`). Ids are made here and cannot be guessed; one
that is not known is answered with a new one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import socketio  # type: ignore[import-untyped]
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, ValidationError

from gateway import texts
from gateway.channels.conversing import CHOICE, Conversing, custom
from gateway.errors import TooMany
from gateway.normalise import encodable
from gateway.schemas import ReplyOut
from gateway.services import Services
from gateway.sessions import hash_token, new_token
from served.limits import MAX_BODY

log = logging.getLogger(__name__)

PATH = "/socket.io"
GOODBYE_SECONDS = 1.0
WAITING = 40
"""What one client may send ahead: more than is taken in a minute."""
WAIT_SECONDS = 60
"""How long who has sent so much is asked to wait."""


class Named(BaseModel):
    """The session a client means, and where it is if that one is new."""

    model_config = ConfigDict(extra="ignore")

    session_id: str | None = None
    region: str | None = None


class Requested(Named):
    """A client wants to know its session."""


class Uttered(Named):
    """What a client says."""

    message: str


@dataclass
class _Client:
    """Somebody connected.

    Attributes:
        address: where from.
        token: of the session they are in.
        region: where they are, as far as that is known.
        turn: what they send is dealt with in order.
        waiting: how much of it waits.
    """

    address: str | None
    token: str | None = None
    region: str = texts.UNKNOWN
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


def install(app: FastAPI) -> None:
    """Open the door."""
    # Who may come in, `OriginGuard` says: for all doors.
    server = socketio.AsyncServer(
        async_mode="asgi", cors_allowed_origins=[], max_http_buffer_size=MAX_BODY
    )
    door = Door(app, server)
    server.on("connect", door.connect)
    server.on("disconnect", door.disconnect)
    server.on("session_request", door.session_request)
    server.on("user_uttered", door.user_uttered)
    app.state.endless.append(door.close)
    app.mount(PATH, socketio.ASGIApp(server, socketio_path=PATH))


class Door:
    """What is done with each event.

    Args:
        app: whose services answer.
        server: what sends.
    """

    def __init__(self, app: FastAPI, server: Any) -> None:
        self._app = app
        self._server = server
        self._clients: dict[str, _Client] = {}

    async def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Somebody connects."""
        client = environ["asgi.scope"].get("client")
        self._clients[sid] = _Client(address=client[0] if client else None)

    async def disconnect(self, sid: str, reason: Any = None) -> None:
        """They leave."""
        self._clients.pop(sid, None)

    async def close(self) -> None:
        """Send everybody away: a poll that waits for news would hold up the server's end."""
        if not self._server.eio.sockets:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._server.eio.disconnect()

    async def session_request(self, sid: str, data: Any = None) -> None:
        """Go on with the session that is named, or begin one."""
        async with self._in_order(sid) as client:
            asked = _read(Requested, data or {})
            if client is None or asked is None:
                return
            talk = self._talk(client)
            try:
                await self._enter(sid, client, talk, asked)
            except TooMany as error:
                await self._utter(sid, talk.refused((), error.seconds, client.region))
            except Exception:
                log.exception("a session could be neither found nor begun")
                await self._utter(sid, await talk.failed(""))

    async def user_uttered(self, sid: str, data: Any = None) -> None:
        """Answer what is said, in the session that is named or the one they are in."""
        client = self._clients.get(sid)
        if client is not None and client.waiting >= WAITING:
            await self._refuse(sid, client, data)
            return
        async with self._in_order(sid) as client:
            said = _read(Uttered, data)
            if client is None or said is None:
                return
            await self._utter(sid, await self._answer(sid, client, said))

    async def _refuse(self, sid: str, client: _Client, data: Any) -> None:
        """Tell at once who sends too far ahead, since it is dealt with in no turn."""
        said = _read(Uttered, data)
        if said is not None:
            talk = self._talk(client)
            advice = await talk.advice(encodable(said.message))
            await self._utter(sid, talk.refused(advice, WAIT_SECONDS, client.region))

    async def _answer(self, sid: str, client: _Client, said: Uttered) -> list[ReplyOut]:
        talk, message = self._talk(client), encodable(said.message)
        try:
            token = await self._enter(sid, client, talk, said)
            async with self._parts.locks.hold(hash_token(token)):
                session = await talk.known(token)
                return await (talk.say(session, message) if session else talk.failed(message))
        except TooMany as error:
            advice = error.messages or await talk.advice(message)
            return talk.refused(advice, error.seconds, client.region)
        except Exception:
            log.exception("a message could not be answered")
            return await talk.failed(message)

    async def _enter(self, sid: str, client: _Client, talk: Conversing, asked: Named) -> str:
        """Let a client into the session it names or is in, or into a new one, and tell it which.

        Returns:
            The session's token.

        Raises:
            TooMany: the new one is one too many.
        """
        named = encodable(asked.session_id) if asked.session_id else client.token
        session = await talk.known(named) if named else None
        client.region = session.region if session else talk.region(asked.region)
        if named and session:
            token, welcome = named, list[ReplyOut]()
        else:
            token = new_token()
            welcome = [*(await talk.begin(token, asked.region)).welcome]
        if token != client.token or isinstance(asked, Requested):
            client.token = token
            await self._server.emit("session_confirm", token, to=sid)
        await self._utter(sid, welcome)
        return token

    @asynccontextmanager
    async def _in_order(self, sid: str) -> AsyncIterator[_Client | None]:
        """Who sent something, when all they sent before is dealt with; None if they are gone."""
        client = self._clients.get(sid)
        if client is None or client.waiting >= WAITING:
            yield None
            return
        client.waiting += 1
        try:
            async with client.turn:
                yield client
        finally:
            client.waiting -= 1

    async def _utter(self, sid: str, replies: Iterable[ReplyOut]) -> None:
        for reply in replies:
            await self._server.emit("bot_uttered", _as_rasa(reply), to=sid)

    def _talk(self, client: _Client) -> Conversing:
        return Conversing(self._parts, client.address)

    @property
    def _parts(self) -> Services:
        found = self._app.state.services
        assert isinstance(found, Services)
        return found


def _as_rasa(reply: ReplyOut) -> dict[str, Any]:
    uttered: dict[str, Any] = {"text": reply.text, "custom": custom(reply)}
    if reply.buttons:
        uttered["quick_replies"] = [
            {"content_type": "text", "title": button.title, "payload": f"{CHOICE}{button.id}"}
            for button in reply.buttons
        ]
    return uttered


def _read[T: BaseModel](shape: type[T], data: Any) -> T | None:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        # Where and how only: the values may hold a patient's words.
        kinds = sorted({found["type"] for found in error.errors(include_input=False)})
        log.warning("an event cannot be read", extra={"reason": ", ".join(kinds)})
        return None
