"""Refusing what is too much, without holding back the advice on a red flag."""

from typing import Annotated

from fastapi import Depends, Request

from gateway import rates, schemas
from gateway.access import Absent, Parts, needed
from gateway.errors import TooMany
from gateway.services import Services
from gateway.texts import UNKNOWN
from records.models import Session


class Rate:
    """How much one request's sender may still send.

    Args:
        parts: the parts of the gateway.
        address: where the request came from, if that is known.
    """

    def __init__(self, parts: Services, address: str | None) -> None:
        self._parts = parts
        self._address = address

    @property
    def address(self) -> str | None:
        """Where the request came from, as far as that is known and counts."""
        return self._address if self._parts.settings.dorsi_rate_limit else None

    async def message(self, session: Session | Absent, text: str) -> Session:
        """Count a message, and find that it has a session.

        Args:
            session: whose it is, if that is known.
            text: what was written, which is screened for red flags before it is refused.

        Returns:
            Whose it is.

        Raises:
            ApiError: 429, it is one too many; 401, it is of no session; or 500, nobody can say.
        """
        known = None if isinstance(session, Absent) else session
        wait = await self._parts.rates.wait(
            rates.MESSAGES, session=known.id if known else None, address=self._address
        )
        if wait:
            raise TooMany(wait, await self._advice(text, known.region if known else UNKNOWN))
        return known or needed(session, await self._advice(text, UNKNOWN))

    async def session(self) -> None:
        """Count a session that is to be opened.

        Raises:
            ApiError: 429, it is one too many.
        """
        wait = await self._parts.rates.wait(rates.SESSIONS, address=self._address)
        if wait:
            raise TooMany(wait)

    async def _advice(self, text: str, region: str) -> list[schemas.ReplyOut]:
        return schemas.unkept(await self._parts.turns.advice(text, region))


async def _rate(parts: Parts, request: Request) -> Rate:
    return Rate(parts, request.client.host if request.client else None)


type Within = Annotated[Rate, Depends(_rate)]
