"""The server: it ends the streams when it is told to stop, which would otherwise never end."""

import socket

import uvicorn
from fastapi import FastAPI

from gateway.services import Services


class Server(uvicorn.Server):
    """A server of the gateway.

    Args:
        app: the gateway.
        config: how it is served.
    """

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams and what else never ends, then let every other request finish."""
        services: Services = self._app.state.services
        services.streams.close()
        for end in self._app.state.endless:
            await end()
        await super().shutdown(sockets)
