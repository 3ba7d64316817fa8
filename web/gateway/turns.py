"""One turn: record the message, screen it, have it answered, record the reply."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any

from gateway import notes, texts
from gateway.answering import TOO_LONG, Answering, Means, ended
from gateway.bundle import Bundle
from gateway.bundles import RELEASE
from gateway.normalise import patient_text, storable
from gateway.replies import Reply
from gateway.screening import Said, Saying, alarms
from gateway.sessions import short_hash
from gateway.steps import TYPED
from gateway.store import SessionGone
from gateway.watch import Watch
from records.models import Message, Session

log = logging.getLogger(__name__)


class UnknownChoice(Exception):
    """The button was not offered in this session."""


class IdReused(Exception):
    """The id belongs to another message of this session."""


class Unkept(Exception):
    """The turn failed and its replies are not kept.

    Args:
        advice: what must be said of red flags all the same; it may be nothing.
    """

    def __init__(self, advice: Sequence[Reply]) -> None:
        super().__init__("the turn failed")
        self.advice = advice


class Turns:
    """Takes patients' messages and gives Dorsi's replies.

    Args:
        means: what every turn works with.
    """

    def __init__(self, means: Means) -> None:
        self._means = means

    async def take(
        self, session: Session, client_id: str, *, text: str = "", choice: str | None = None
    ) -> Sequence[Message]:
        """Answer one message, once, however often it is sent.

        The message is committed before Rasa is called, and so is what is said of a red flag; the
        reply is committed before it is returned. Where that is cut short, the same message sent
        again takes it up again. No failure takes the advice on a red flag away. The caller sees
        to it that one thing at a time happens in the session.

        Args:
            session: whose message it is.
            client_id: the client's id of the message.
            text: what the patient wrote, any string, or
            choice: the id of the button taken.

        Returns:
            The replies, at least one.

        Raises:
            UnknownChoice: the button was not offered in this session.
            IdReused: the id belongs to another message of this session.
            gateway.store.SessionGone: the session was erased meanwhile.
            Unkept: something failed that nobody foresaw, such as the database.
        """
        if choice is not None:
            return await self._take(session, client_id, await self._chosen(session, choice))
        kept, too_long = patient_text(text)
        # The end of a long text may hold the red flag: it is kept for whoever takes it up again.
        payload = {**TOO_LONG, TYPED: storable(text)} if too_long else {}
        said = Said(kept, typed=text, payload=payload)
        return await self._take(session, client_id, said)

    async def resume(self, session: Session, message: Message) -> Sequence[Message]:
        """Answer a message that was recorded and has not got all its replies.

        Raises:
            UnknownChoice: the button it took is not there any more.
            gateway.store.SessionGone: the session was erased meanwhile, or has ended.
            Unkept: something failed that nobody foresaw, such as the database.
        """
        typed = message.payload.get(TYPED, message.text)
        said = Said(message.text, typed=typed, payload=message.payload)
        if "choice" in message.payload:
            said = await self._chosen(session, message.payload["choice"])
        return await self._take(session, message.client_id or message.id, said)

    async def advice(self, text: str, region: str = texts.UNKNOWN) -> list[Reply]:
        """What must be said of red flags in a text that is not answered.

        Args:
            text: what the patient wrote.
            region: where the patient is, if that is known.
        """
        said = Said(patient_text(text).text, typed=text)
        screener = self._means.bundles.live.screener
        return alarms((await screener.screen(said, Watch(), region)).replies)

    async def is_emergency(self, text: str) -> bool:
        """Whether a text by itself tells of an emergency."""
        return any(reply.level == "emergency" for reply in await self.advice(text))

    async def _chosen(self, session: Session, choice: str) -> Said:
        button = await self._means.store.offered(session.id, storable(choice))
        if button is None:
            if await self._means.store.is_there(session.id):
                raise UnknownChoice
            self._means.recent.forget(session)
            raise SessionGone
        return Said(button.title, choice=button.payload, payload={"choice": button.id})

    async def _take(self, session: Session, client_id: str, said: Said) -> Sequence[Message]:
        began, bundles = time.monotonic(), self._means.bundles
        # Beside recording: mostly what is remembered is what this process noted last.
        guess = self._means.recent.note(session.id)
        bundle = expected = bundles.expected(guess)
        screening = asyncio.create_task(self._screen(bundle, session, said, guess))
        saying: Saying | None = None
        try:
            payload = {**said.payload, **_of(bundle)}
            turn = await self._means.store.record(session, client_id, said.text, payload)
            if not _is_same(turn.message, said):
                raise IdReused
            if turn.message.answered:
                ended(self._means.metrics, session, "repeated", turn.replies, began)
                return turn.replies
            if turn.is_new:
                self._means.streams.said(session.id, [turn.message])
            if bundles.is_behind(turn.note):
                await self._means.look()
            bundle = bundles.chosen(turn)
            with bundles.held(bundle):
                answering = Answering(self._means, bundle, session, said, began)
                is_as_expected = turn.later is None and turn.note == guess and bundle is expected
                saying = await (screening if is_as_expected else answering.screened(turn))
                return await answering.answer(turn, saying)
        except SessionGone:
            self._means.recent.forget(session)
            raise
        except IdReused:
            raise
        except Exception as error:
            log.exception("a turn failed", extra={"session": short_hash(session.id)})
            if saying is None:
                saying = await self._screen(bundle, session, said, await self._last_note(session))
            raise Unkept(alarms(saying.replies)) from error
        finally:
            screening.cancel()

    async def _screen(self, bundle: Bundle, session: Session, said: Said, note: Any) -> Saying:
        watch = notes.remembered(note, self._means.recent.heard(session.id))
        return await bundle.screener.screen(said, watch, session.region)

    async def _last_note(self, session: Session) -> Any:
        """The last note where nothing can be written; none where it cannot be read."""
        try:
            return await self._means.store.last_note(session.id)
        except Exception:
            log.exception("what was told cannot be read", extra={"session": short_hash(session.id)})
            return None


def _of(bundle: Bundle) -> dict[str, int]:
    """What is kept beside a message of the release that is to answer it."""
    return {} if bundle.number is None else {RELEASE: bundle.number}


def _is_same(message: Message, said: Said) -> bool:
    """Whether this was recorded, by whichever release.

    What was typed beyond the text is dropped once it is answered.
    """
    kept, sent = (
        {**payload, TYPED: None, RELEASE: None} for payload in (message.payload, said.payload)
    )
    return message.text == said.text and kept == sent
