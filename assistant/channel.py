"""The private channel between the gateway and Rasa: one message in, one complete turn out."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Container, Mapping
from http import HTTPStatus
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.account import account, release
from assistant.erase import erase, export
from assistant.nlu.understanding import chosen
from assistant.red_flags import close_loop
from assistant.repeat import Orders, said_before
from assistant.tracking.store import refusing
from content import load
from content.names import CHANNEL, DIARY, ESCALATED, UNDERSTANDING, UNHEARD, Field

MESSAGE_FIELDS = ("text", "kind", "level", "topic", "buttons", "sources")
EXTRA_FIELDS = tuple(field.value for field in Field)
ACCOUNT, RELEASE, SERVED = "account", "release", "served"
LEADING = re.compile(r"^[/\s]+")


class DorsiChannel(InputChannel):
    """``POST /webhooks/dorsi/webhook``; not for the public: it trusts its caller."""

    @classmethod
    def name(cls) -> str:
        """The part of the address that names this channel."""
        return CHANNEL

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes Rasa's server adds.

        Args:
            on_new_message: Rasa's handler of one message.

        Returns:
            A blueprint with ``/`` (is it there) and ``/webhook`` (one turn, an erasure, or what
            the diary holds). A message that comes again is answered as it was the first time.
        """
        blueprint = Blueprint(f"{CHANNEL}_webhook")
        catalogue = load()
        acts = frozenset(catalogue.acts)
        served = served_release()
        orders = Orders()

        @blueprint.listener("after_server_start")
        async def refuse_rather_than_forget(app: Sanic, _: object) -> None:
            refusing(app.ctx.agent)

        @blueprint.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            # A message may come before the listener above was called.
            refusing(request.app.ctx.agent)
            body = request.json
            sender = body.get("sender") if isinstance(body, dict) else None
            if not isinstance(sender, str) or not sender:
                return response.json({"error": "sender is missing"}, HTTPStatus.BAD_REQUEST)
            diary = body.get(DIARY)
            if body.get("erase"):
                async with orders.hold(sender):
                    await erase(request.app.ctx.agent, sender, diary)
                return response.empty()
            if body.get("export"):
                return response.json({DIARY: await export(diary)})
            collector = _Turn()
            agent = request.app.ctx.agent
            async with orders.hold(sender):
                message_id = body.get("message_id")
                if not await collector.repeats(agent, sender, message_id):
                    if _metadata(body).get(ESCALATED):
                        await close_loop(agent, sender)
                    if not await collector.asks_again(agent, sender, body):
                        await on_new_message(_user_message(body, sender, collector, acts))
                told = await account(agent, sender, message_id, catalogue)
            by = {RELEASE: release(agent), SERVED: served}
            return response.json({**collector.turn(), ACCOUNT: told, **by})

        return blueprint


def _user_message(
    body: Mapping[str, Any], sender: str, collector: _Turn, acts: Container[str]
) -> UserMessage:
    choice = body.get("choice")
    parsed = chosen(choice, acts) if isinstance(choice, str) else None
    return UserMessage(
        text=parsed["text"] if parsed else as_plain_text(str(body.get("text", ""))),
        output_channel=collector,
        sender_id=sender,
        parse_data=parsed,
        input_channel=CHANNEL,
        message_id=body.get("message_id"),
        metadata=_metadata(body),
    )


def _metadata(body: Mapping[str, Any]) -> dict[str, Any]:
    found = body.get("metadata")
    return found if isinstance(found, dict) else {}


def served_release() -> int | None:
    """The number of the release that this process was started for; None if it was for none."""
    number = os.environ.get("DORSI_SERVED", "")
    return int(number) if number.isdecimal() else None


def as_plain_text(text: str) -> str:
    """What a person typed, without the leading slashes that Rasa takes for a command."""
    return LEADING.sub("", text).rstrip()


class _Turn(CollectingOutputChannel):
    """Collects the replies of one turn whole, with what was understood."""

    def __init__(self) -> None:
        super().__init__()
        self._understanding: dict[str, Any] | None = None

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self._understanding = message.get(UNDERSTANDING) or self._understanding
        self.messages.append(message)

    async def repeats(self, agent: Agent, sender: str, message_id: object) -> bool:
        """Whether this message came before; then what was said to it is collected."""
        if not isinstance(message_id, str):
            return False
        said = await said_before(agent, sender, message_id)
        for message in said or ():
            await self.send_response(sender, message)
        return said is not None

    async def asks_again(self, agent: Agent, sender: str, body: Mapping[str, Any]) -> bool:
        """Whether what was typed cannot be meant for the question that is open: it was never seen.

        The answers to the messages before got lost on their way to the patient. If the last of
        them left a question open, the patient hears that first. A button tells itself what it
        belongs to.
        """
        unheard = _metadata(body).get(UNHEARD)
        if not isinstance(unheard, list) or "choice" in body:
            return False
        tracker = await agent.tracker_store.retrieve(sender) if unheard else None
        if tracker is None or tracker.active_loop_name is None:
            return False
        for message_id in reversed(unheard):
            if await self.repeats(agent, sender, message_id) and self.messages:
                self._understanding = None  # it is what was understood of the message before
                return True
        return False

    def turn(self) -> dict[str, Any]:
        messages: list[dict[str, Any]] = [
            {
                **{field: message.get(field) for field in MESSAGE_FIELDS},
                **{field: message[field] for field in EXTRA_FIELDS if field in message},
            }
            for message in self.messages
        ]
        return {"messages": messages, UNDERSTANDING: self._understanding}
