"""The channel as a real Sanic app: one for all tests, since a process can start only one."""

from __future__ import annotations

import asyncio
from functools import lru_cache

from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from assistant.channel import DorsiChannel


@lru_cache(maxsize=1)
def channel_app() -> Sanic:
    """The app; each message goes to ``hear`` of its ``ctx.rasa``, the rest to ``ctx.agent``."""

    async def hear(message: UserMessage) -> None:
        await app.ctx.rasa.hear(message)

    app = Sanic("dorsi-channel-test")
    app.blueprint(DorsiChannel().blueprint(hear), url_prefix="/webhooks/dorsi")
    asyncio.run(app._startup())
    return app
