"""One turn: record the message, screen it, have it answered, record the reply."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any

from gateway import late, notes, texts
from gateway.hurry import Hurried, Hurry
from gateway.metrics import Metrics
from gateway.normalise import patient_text, storable
from gateway.notes import ANSWERED, EXPECTED, Course
from gateway.rasa import Rasa, RasaUnavailable
from gateway.recent import Recent
from gateway.replies import Reply
from gateway.screening import Said, Saying, Screener, alarms
from gateway.sessions import short_hash
from gateway.steps import TYPED
from gateway.store import SessionGone, Store, Turn
from gateway.stream import NOT_TYPING, TYPING, Streams
from gateway.texts import Texts
from gateway.watch import ALARMING, Notice, Watch
from records.models import Message, Session

log = logging.getLogger(__name__)

TOO_LONG = {"too_long": True}
# So many of the messages that Rasa may have taken, without its answer being heard.
UNHEARD = 10


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
        store: the transcript.
        rasa: who answers.
        texts: the gateway's own texts.
        screener: notices red flags.
        recent: what is at hand of the sessions.
        streams: are told of what is said.
        metrics: are told how it went.
        hurry: ends the wait for Rasa where an emergency waits.
    """

    def __init__(
        self,
        store: Store,
        rasa: Rasa,
        texts: Texts,
        screener: Screener,
        recent: Recent,
        streams: Streams,
        metrics: Metrics,
        hurry: Hurry,
    ) -> None:
        self._store = store
        self._rasa = rasa
        self._texts = texts
        self._screener = screener
        self._recent = recent
        self._streams = streams
        self._metrics = metrics
        self._hurry = hurry

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
        return alarms((await self._screener.screen(said, Watch(), region)).replies)

    async def is_emergency(self, text: str) -> bool:
        """Whether a text by itself tells of an emergency."""
        return any(reply.level == "emergency" for reply in await self.advice(text))

    async def _chosen(self, session: Session, choice: str) -> Said:
        button = await self._store.offered(session.id, storable(choice))
        if button is None:
            if await self._store.is_there(session.id):
                raise UnknownChoice
            self._recent.forget(session)
            raise SessionGone
        return Said(button.title, choice=button.payload, payload={"choice": button.id})

    async def _take(self, session: Session, client_id: str, said: Said) -> Sequence[Message]:
        began = time.monotonic()
        # Beside recording: mostly what is remembered is what this process noted last.
        guess = self._recent.note(session.id)
        screening = asyncio.create_task(self._screen(session, said, guess))
        saying: Saying | None = None
        try:
            turn = await self._store.record(session, client_id, said.text, said.payload)
            if not _is_same(turn.message, said):
                raise IdReused
            if turn.message.answered:
                self._log(session, "repeated", turn.replies, began)
                return turn.replies
            if turn.is_new:
                self._streams.said(session.id, [turn.message])
            saying = await self._screened(session, said, turn, screening, guess)
            return await self._answer(session, turn, said, saying, began)
        except SessionGone:
            self._recent.forget(session)
            raise
        except IdReused:
            raise
        except Exception as error:
            log.exception("a turn failed", extra={"session": short_hash(session.id)})
            saying = saying or await self._screen(session, said, await self._last_note(session))
            raise Unkept(alarms(saying.replies)) from error
        finally:
            screening.cancel()

    async def _screened(
        self,
        session: Session,
        said: Said,
        turn: Turn,
        screening: asyncio.Task[Saying],
        guess: Any,
    ) -> Saying:
        """What is said because of a red flag, whichever messages were answered meanwhile."""
        if turn.later is None:
            return await (
                screening if turn.note == guess else self._screen(session, said, turn.note)
            )
        before, later = notes.remembered(turn.note), notes.remembered(turn.later)
        if turn.replies:
            saying = await self._screener.screen(said, before, session.region)
            saying.notice.watch = late.together(saying.notice.watch, later)
        else:
            watch = late.screened_with(before, later)
            saying = await self._screener.screen(said, watch, session.region)
            saying.notice.watch = late.with_question(saying.notice.watch, before, later)
        return saying

    async def _screen(self, session: Session, said: Said, note: Any) -> Saying:
        return await self._screener.screen(said, notes.remembered(note), session.region)

    async def _last_note(self, session: Session) -> Any:
        """The last note where nothing can be written; none where it cannot be read."""
        try:
            return await self._store.last_note(session.id)
        except Exception:
            log.exception("what was told cannot be read", extra={"session": short_hash(session.id)})
            return None

    async def _answer(
        self, session: Session, turn: Turn, said: Said, saying: Saying, began: float
    ) -> Sequence[Message]:
        notice, course = saying.notice, Course(saying.outcome)
        recorded = turn.replies  # by an earlier try, which came no further
        if not recorded:
            for flag, level in saying.told:
                self._metrics.flagged(flag, level)
        if notice.alone:
            rest = saying.replies
        else:
            if saying.replies and not recorded:
                recorded = await self._tell_first(session, turn.message, saying)
            course, rest = await self._ask_rasa(session, turn.message, said, notice)
            saying.replies += rest
        note = notes.written(said, saying, course, began)
        try:
            replies = await self._store.answer(turn.message, rest, note, before=recorded)
        except SessionGone:
            # Rasa may have been told before it was asked, and then keeps this turn.
            await self._store.owe_erasure(session.id)
            raise
        self._recent.keep_note(session.id, note)
        self._streams.said(session.id, replies[len(recorded) :])
        self._log(session, course.outcome, replies, began)
        return replies

    async def _tell_first(
        self, session: Session, message: Message, saying: Saying
    ) -> Sequence[Message]:
        """Record and tell what is said of a red flag before Rasa is asked."""
        note = notes.begun(saying)
        told = await self._store.answer(message, saying.replies, note, is_all=False)
        self._streams.said(session.id, told)
        return told

    async def _ask_rasa(
        self, session: Session, message: Message, said: Said, notice: Notice
    ) -> tuple[Course, list[Reply]]:
        """How it went, and what is said from here on."""
        self._streams.publish(session.id, TYPING)
        try:
            course, answer = await self._asked(session, message, said, notice)
        finally:
            self._streams.publish(session.id, NOT_TYPING)
        return course, [*self._texts.with_calls(answer, session.region), *notice.after]

    async def _asked(
        self, session: Session, message: Message, said: Said, notice: Notice
    ) -> tuple[Course, Sequence[Reply]]:
        if said.payload.items() >= TOO_LONG.items():
            return Course("too_long"), self._texts.say(texts.TOO_LONG, session.region)
        other, watch = notice.answer_text, notice.watch
        message_id = message.client_id or message.id
        unheard, watch.unheard = watch.unheard, [*watch.unheard, message_id][-UNHEARD:]
        course, answer, began = Course(ANSWERED, earlier=other is not None), None, time.monotonic()
        try:
            answer = await self._hurry.unless(
                session.id,
                lambda: self._rasa.send(
                    session.id,
                    message_id,
                    region=session.region,
                    escalated=watch.untold,
                    raised=_told(watch),
                    unheard=unheard,
                    diary=session.diary_hash,
                    text=said.text if other is None else other,
                    choice=said.choice if other is None else None,
                ),
            )
        except RasaUnavailable as error:
            course.outcome = str(error)
        except Hurried:
            course.outcome = "hurried"
        except Exception as error:
            log.exception("Rasa could not be asked", extra={"session": short_hash(session.id)})
            course.outcome = type(error).__name__
        finally:
            course.seconds = time.monotonic() - began
            self._metrics.rasa(course.seconds)
        if answer is None:
            return course, self._texts.say(texts.UNAVAILABLE, session.region)
        course.answer = answer
        watch.untold, watch.unheard = False, []
        watch.questioned = any(reply.kind == "question" for reply in answer.messages)
        if any(reply.level == "emergency" for reply in alarms(answer.messages)):
            watch.after_emergency = True  # Rasa's safety check sends for help too
        return course, answer.messages

    def _log(
        self, session: Session, outcome: str, replies: Sequence[Message], began: float
    ) -> None:
        seconds = time.monotonic() - began
        self._metrics.turn(outcome, seconds)
        expected = outcome in EXPECTED
        log.log(
            logging.INFO if expected else logging.WARNING,
            "turn" if expected else "Rasa gave no answer",
            extra={
                "session": short_hash(session.id),
                "outcome": outcome if expected else "unavailable",
                "reason": None if expected else outcome,
                "kind": replies[0].kind,
                "level": replies[0].level,
                "ms": round(seconds * 1000, 1),
            },
        )


def _is_same(message: Message, said: Said) -> bool:
    """Whether this was recorded; what was typed beyond the text is dropped once it is answered."""
    kept, sent = ({**payload, TYPED: None} for payload in (message.payload, said.payload))
    return message.text == said.text and kept == sent


def _told(watch: Watch) -> dict[str, str]:
    """The alarming flags the patient was told of, as Rasa is told of them."""
    return {
        flag: level.value for flag, level in watch.raised.items() if level.rank >= ALARMING.rank
    }
