"""One turn: screen the message, record it, have it answered, record the reply."""

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import triage
from triage import Flag, Numbers

from gateway import notes, texts
from gateway.models import Message, Session
from gateway.normalise import patient_text, storable
from gateway.rasa import Rasa, RasaUnavailable
from gateway.replies import Reply
from gateway.sessions import short_hash
from gateway.store import SessionGone, Store
from gateway.texts import Texts
from gateway.watch import ALARMING, Notice, Watch, Watcher

log = logging.getLogger(__name__)

ALARMS = ("urgent", "emergency")


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


@dataclass
class _Said:
    """What a patient said: as it is stored and as Rasa is told, and all that was typed."""

    text: str
    typed: str = ""
    choice: str | None = None
    too_long: bool = False
    payload: dict[str, Any] | None = None


@dataclass
class _Saying:
    """What is being said: at first because of a red flag alone, then with the answer.

    Attributes:
        notice: what is said because of a red flag.
        replies: all that is said so far.
        dropped: flags that the second opinion overruled.
        outcome: how the turn went, if nothing else is said.
    """

    notice: Notice
    replies: list[Reply] = field(default_factory=list)
    dropped: Sequence[Flag] = ()
    outcome: str = "escalated"


class Turns:
    """Takes patients' messages and gives Dorsi's replies."""

    def __init__(self, store: Store, rasa: Rasa, texts: Texts, watcher: Watcher) -> None:
        self._store = store
        self._rasa = rasa
        self._texts = texts
        self._watcher = watcher

    async def take(
        self, session: Session, client_id: str, *, text: str = "", choice: str | None = None
    ) -> Sequence[Message]:
        """Answer one message, once, however often it is sent.

        The message is committed before Rasa is called, the reply before it is returned. Where
        that is cut short, the same message sent again takes it up again. It is screened for red
        flags before anything else, so that no failure takes the advice away. The caller sees to
        it that one thing at a time happens in the session.

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
        began = time.monotonic()
        said = await self._said(session, text, choice)
        saying: _Saying | None = None
        try:
            watch = notes.remembered(await self._store.last_note(session.id))
            saying = await self._screened(said, watch, session.region)
            turn = await self._store.record(session.id, client_id, said.text, said.payload or {})
            if (turn.message.text, turn.message.payload) != (said.text, said.payload or {}):
                raise IdReused
            if turn.replies:
                _log_turn("repeated", session, turn.replies, began)
                return turn.replies
            return await self._answer(session, turn.message, said, saying, began)
        except (SessionGone, IdReused):
            raise
        except Exception as error:
            log.exception("a turn failed", extra={"session": short_hash(session.id)})
            saying = saying or await self._screened(said, Watch(), session.region)
            raise Unkept(_alarms(saying.replies)) from error

    async def advice(self, text: str) -> list[Reply]:
        """What must be said of red flags to somebody whose session cannot be looked up.

        Args:
            text: what the patient wrote.
        """
        said = _Said(patient_text(text).text, typed=text)
        return _alarms((await self._screened(said, Watch(), texts.UNKNOWN)).replies)

    async def _said(self, session: Session, text: str, choice: str | None) -> _Said:
        if choice is None:
            kept, too_long = patient_text(text)
            return _Said(kept, typed=text, too_long=too_long)
        button = await self._store.offered(session.id, storable(choice))
        if button is None:
            raise UnknownChoice
        return _Said(button.title, choice=button.payload, payload={"choice": button.id})

    async def _answer(
        self, session: Session, message: Message, said: _Said, saying: _Saying, began: float
    ) -> Sequence[Message]:
        notice, outcome, understanding = saying.notice, saying.outcome, None
        if not notice.alone:
            outcome, answer, understanding = await self._ask_rasa(session, message, said, notice)
            saying.replies += [*answer, *notice.after]
        note = notes.written(understanding, notice.watch, saying.dropped)
        recorded = await self._store.answer(message, saying.replies, note)
        _log_turn(outcome, session, recorded, began)
        return recorded

    async def _screened(self, said: _Said, watch: Watch, region: str) -> _Saying:
        """What is said because of a red flag, whatever state everything else is in."""
        try:
            notice, dropped = await self._notice(said, watch, self._texts.numbers(region))
        except Exception:
            # What could not be screened is not answered as if it were harmless.
            log.exception("a message could not be screened")
            sorry = self._texts.say(texts.UNAVAILABLE, region)
            return _Saying(Notice(watch, alone=True), sorry, outcome="unscreened")
        return _Saying(notice, [*notice.before], dropped)

    async def _notice(
        self, said: _Said, watch: Watch, numbers: Numbers
    ) -> tuple[Notice, Sequence[Flag]]:
        """What is said because of a red flag, and the flags that were dropped."""
        if said.choice is not None:
            notice = self._watcher.on_choice(said.choice, watch, numbers)
            if notice is None:
                return self._watcher.on_button(watch, numbers), ()
            # Rasa knows nothing of these buttons: it answers what they were asked about, if at all.
            notice.alone = notice.alone or notice.answer_text is None
            return notice, ()
        known = triage.Context(frozenset(watch.signs))
        whole = self._watcher.whole(said.typed, watch)
        found = await asyncio.to_thread(triage.screen, whole, known)
        return self._watcher.on_text(said.text, found, watch, numbers), found.dropped

    async def _ask_rasa(
        self, session: Session, message: Message, said: _Said, notice: Notice
    ) -> tuple[str, Sequence[Reply], dict[str, Any] | None]:
        """How it went, Rasa's replies, and what it understood."""
        if said.too_long:
            return "too_long", self._texts.say(texts.TOO_LONG, session.region), None
        other = notice.answer_text
        try:
            answer = await self._rasa.send(
                session.id,
                message.client_id or message.id,
                region=session.region,
                escalated=notice.watch.untold,
                raised=_told(notice.watch),
                diary=session.diary_hash,
                text=said.text if other is None else other,
                choice=said.choice if other is None else None,
            )
        except RasaUnavailable as error:
            return str(error), self._texts.say(texts.UNAVAILABLE, session.region), None
        except Exception as error:
            log.exception("Rasa could not be asked", extra={"session": short_hash(session.id)})
            reason = type(error).__name__
            return reason, self._texts.say(texts.UNAVAILABLE, session.region), None
        notice.watch.untold = False
        notice.watch.questioned = any(reply.kind == "question" for reply in answer.messages)
        if any(reply.level == "emergency" for reply in _alarms(answer.messages)):
            notice.watch.after_emergency = True  # Rasa's safety check sends for help too
        understood = answer.understanding if isinstance(answer.understanding, dict) else None
        return "answered", answer.messages, understood


def _alarms(replies: Iterable[Reply]) -> list[Reply]:
    """Those that send the patient for help today or now; without buttons, which need keeping."""
    return [
        reply.model_copy(update={"buttons": []})
        for reply in replies
        if reply.kind == "escalation" and reply.level in ALARMS
    ]


def _told(watch: Watch) -> dict[str, str]:
    """The alarming flags the patient was told of, as Rasa is told of them."""
    return {
        flag: level.value for flag, level in watch.raised.items() if level.rank >= ALARMING.rank
    }


def _log_turn(outcome: str, session: Session, replies: Sequence[Message], began: float) -> None:
    expected = outcome in ("answered", "escalated", "repeated", "too_long", "unscreened")
    log.log(
        logging.INFO if expected else logging.WARNING,
        "turn" if expected else "Rasa gave no answer",
        extra={
            "session": short_hash(session.id),
            "outcome": outcome if expected else "unavailable",
            "reason": None if expected else outcome,
            "kind": replies[0].kind,
            "level": replies[0].level,
            "ms": round((time.monotonic() - began) * 1000, 1),
        },
    )
