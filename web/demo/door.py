"""The chat API as the demonstration calls it."""

import asyncio
from typing import Any

import httpx

TRIES = 20
PATIENCE = 40.0
LONGEST_WAIT = 120.0


class DoorError(RuntimeError):
    """The assistant does not answer as it should; the text has no patient's words."""


class Door:
    """A connection to a gateway, which waits where it is asked to come later.

    Args:
        url: the gateway's address.
        connections: how many requests at the same time.
        transport: what carries them, if not the network.

    Attributes:
        waited: for how many seconds it was asked to wait, in all.
    """

    def __init__(
        self, url: str, connections: int, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.waited = 0.0
        # A proxy set for the outside world knows nothing of this machine's own ports.
        self._http = httpx.AsyncClient(
            base_url=url,
            timeout=PATIENCE,
            trust_env=False,
            limits=httpx.Limits(max_connections=connections),
            transport=transport,
        )

    async def call(
        self, method: str, path: str, body: Any = None, token: str | None = None
    ) -> httpx.Response:
        """What the gateway answers in the end.

        Raises:
            DoorError: it answers with an error other than 401, or not at all.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        for _ in range(TRIES):
            try:
                answer = await self._http.request(method, path, json=body, headers=headers)
            except httpx.HTTPError as error:
                raise DoorError(f"{method} {path}: {type(error).__name__}") from error
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            await self._wait(answer)
        if answer.is_error and answer.status_code != httpx.codes.UNAUTHORIZED:
            raise DoorError(f"{method} {path}: status {answer.status_code}")
        return answer

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _wait(self, answer: httpx.Response) -> None:
        asked = answer.headers.get("Retry-After", "")
        seconds = min(float(asked) if asked.isdecimal() else 1.0, LONGEST_WAIT)
        self.waited += seconds
        await asyncio.sleep(seconds)


async def is_up(url: str) -> bool:
    """Whether a gateway answers there that all is well."""
    try:
        async with httpx.AsyncClient(timeout=15, trust_env=False) as http:
            return (await http.get(f"{url}/healthz")).is_success
    except httpx.HTTPError:
        return False
