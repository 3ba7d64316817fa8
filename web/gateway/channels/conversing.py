"""What the doors share: a conversation found or begun, and a message answered in it."""

import logging
import uuid
from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from gateway import schemas, texts
from gateway.errors import TooMany
from gateway.rates import MESSAGES, SESSIONS
from gateway.replies import Reply
from gateway.schemas import ReplyOut
from gateway.services import Services
from gateway.sessions import hash_token
from gateway.store import SessionGone
from gateway.texts import Texts
from gateway.turns import Unkept, UnknownChoice
from records.models import Message, Session

log = logging.getLogger(__name__)

CHOICE = "choice:"
"""What the payload of a button begins with. The rest is the button's id."""


@dataclass(frozen=True)
class Found:
    """A conversation, and Dorsi's first words if it is new."""

    session: Session
    welcome: Sequence[ReplyOut] = ()


class Conversing:
    """Talks for clients that know no sessions of ours. The caller keeps its messages in order.

    Args:
        parts: the parts of the gateway.
        address: where the client is, if that is known.
    """

    def __init__(self, parts: Services, address: str | None) -> None:
        self._parts = parts
        self._address = address

    @property
    def _served(self) -> Texts:
        return self._parts.bundles.live.texts

    async def find_or_begin(self, tokens: Iterable[str], region: str | None) -> Found | None:
        """The conversation of the first token that has one, or a new one; None if nobody can say.

        A token whose conversation has ended, but is still kept, is of no use: the next is tried.

        Args:
            tokens: what the client's conversations go by, one after the other.
            region: where the patient is, if the conversation is new.

        Raises:
            TooMany: it is one too many.
        """
        try:
            for token in tokens:
                session = await self.known(token)
                if session:
                    return Found(session)
                if await self._parts.store.is_taken(hash_token(token)):
                    continue  # before it counts as a new one
                with suppress(IntegrityError):
                    return await self.begin(token, region)
        except TooMany:
            raise
        except Exception:
            log.exception("a session could be neither found nor begun")
        return None

    async def known(self, token: str) -> Session | None:
        """The conversation of a token, if there is one."""
        return await self._parts.store.find_session(hash_token(token))

    async def begin(self, token: str, region: str | None) -> Found:
        """Begin a conversation under a token.

        Raises:
            TooMany: it is one too many.
        """
        wait = await self._parts.rates.wait(SESSIONS, address=self._address)
        if wait:
            raise TooMany(wait)
        served = self._served
        known = served.region(region)
        welcome = served.say(texts.WELCOME, known)
        session, said = await self._parts.store.open_session(hash_token(token), known, welcome)
        return Found(session, schemas.replies(said))

    async def say(self, session: Session, message: str) -> list[ReplyOut]:
        """Dorsi's replies to a message, at least one, with nothing else happening in the session.

        A message that is the payload of a button offered in this conversation takes it; every
        other is a text, whatever it looks like.

        Raises:
            TooMany: it is one too many.
        """
        wait = await self._parts.rates.wait(MESSAGES, session=session.id, address=self._address)
        if wait:
            raise TooMany(wait, await self.advice(message, session.region))
        try:
            async with AsyncExitStack() as held:
                async with self._hurried(session, message):
                    await held.enter_async_context(self._parts.locks.hold(session.id))
                await self._parts.recovery.catch_up(session)
                return schemas.replies(await self._take(session, message))
        except Unkept as failure:
            return self._sorry(session.region, schemas.unkept(failure.advice))
        except SessionGone:
            return await self.failed(message, session.region)

    def _hurried(self, session: Session, message: str) -> AbstractAsyncContextManager[None]:
        turns = self._parts.turns
        return self._parts.hurry.behind(session.id, lambda: turns.is_emergency(message))

    async def _take(self, session: Session, message: str) -> Sequence[Message]:
        once = str(uuid.uuid4())
        if message.startswith(CHOICE):
            choice = message.removeprefix(CHOICE)
            with suppress(UnknownChoice):
                return await self._parts.turns.take(session, once, choice=choice)
        return await self._parts.turns.take(session, once, text=message)

    async def advice(self, message: str, region: str = texts.UNKNOWN) -> list[ReplyOut]:
        """What must be said of red flags in a message that gets no other answer."""
        return schemas.unkept(await self._parts.turns.advice(message, region))

    async def failed(self, message: str, region: str = texts.UNKNOWN) -> list[ReplyOut]:
        """What is said to a message that cannot be answered now: the advice on red flags first."""
        return self._sorry(region, await self.advice(message, region))

    def region(self, name: str | None) -> str:
        """The region of that name, or `unknown`."""
        return self._served.region(name)

    def refused(
        self, advice: Sequence[ReplyOut], seconds: int, region: str = texts.UNKNOWN
    ) -> list[ReplyOut]:
        """What is said to a message too many, by doors that know no errors.

        Args:
            advice: what must be said of red flags all the same.
            seconds: how long to wait.
            region: where the patient is.
        """
        served = self._served
        line = served.words.too_many.replace("{seconds}", str(seconds))
        wait = Reply(text=served.fill(line, region), kind="notice")
        return [*advice, *schemas.unkept([wait])]

    def _sorry(self, region: str, advice: Sequence[ReplyOut]) -> list[ReplyOut]:
        return [*advice, *schemas.unkept(self._served.say(texts.UNAVAILABLE, region))]


def custom(reply: ReplyOut) -> dict[str, object]:
    """What a reply carries beside its words and buttons."""
    return reply.model_dump(
        mode="json", exclude={"text", "buttons", "id", "seq", "at", "downloads"}, exclude_none=True
    )
