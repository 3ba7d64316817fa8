"""One turn: record the message, have it answered, record the reply."""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import triage

from gateway import texts
from gateway.models import Message, Session
from gateway.normalise import patient_text, storable
from gateway.rasa import Rasa, RasaUnavailable
from gateway.replies import Reply
from gateway.sessions import short_hash
from gateway.store import Store
from gateway.texts import Texts
from gateway.watch import NO, YES, Notice, Watch, Watcher

log = logging.getLogger(__name__)

NOTE = "triage"


class UnknownChoice(Exception):
    """The button was not offered in this session."""


class IdReused(Exception):
    """The id belongs to another message of this session."""


@dataclass
class _Said:
    """What a patient said: as it is stored and as Rasa is told, and all that was typed."""

    text: str
    typed: str = ""
    choice: str | None = None
    too_long: bool = False
    payload: dict[str, Any] | None = None


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
        that is cut short, the same message sent again takes it up again. The caller sees to it
        that one thing at a time happens in the session.

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
        """
        began = time.monotonic()
        said = await self._said(session, text, choice)
        turn = await self._store.record(session.id, client_id, said.text, said.payload or {})
        if (turn.message.text, turn.message.payload) != (said.text, said.payload or {}):
            raise IdReused
        if turn.replies:
            _log_turn("repeated", session, turn.replies, began)
            return turn.replies
        return await self._answer(session, turn.message, said, began)

    async def _said(self, session: Session, text: str, choice: str | None) -> _Said:
        if choice is None:
            kept, too_long = patient_text(text)
            return _Said(kept, typed=text, too_long=too_long)
        button = await self._store.offered(session.id, storable(choice))
        if button is None:
            raise UnknownChoice
        return _Said(button.title, choice=button.payload, payload={"choice": button.id})

    async def _answer(
        self, session: Session, message: Message, said: _Said, began: float
    ) -> Sequence[Message]:
        notice = await self._notice(session, said)
        outcome, replies, understanding = "escalated", list(notice.before), None
        if not notice.alone:
            outcome, answer, understanding = await self._ask_rasa(session, message, said, notice)
            replies += [*answer, *notice.after]
        note = {**(understanding or {}), NOTE: notice.watch.model_dump(mode="json")}
        recorded = await self._store.answer(message, replies, note)
        _log_turn(outcome, session, recorded, began)
        return recorded

    async def _notice(self, session: Session, said: _Said) -> Notice:
        """What is said because of a red flag, whatever state everything else is in."""
        watch = _watch(await self._store.last_note(session.id))
        numbers = self._texts.numbers(session.region)
        if said.choice in (YES, NO) and watch.asked is not None:
            return self._watcher.on_reply(said.choice == YES, watch, numbers)
        if said.choice is not None:
            return self._watcher.on_button(watch, numbers)
        known = triage.Context(frozenset(watch.signs))
        whole = self._watcher.whole(said.typed, watch)
        found = await asyncio.to_thread(triage.screen, whole, known)
        return self._watcher.on_text(said.text, found, watch, numbers)

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
                text=said.text if other is None else other,
                choice=said.choice if other is None else None,
            )
        except RasaUnavailable as error:
            return str(error), self._texts.say(texts.UNAVAILABLE, session.region), None
        notice.watch.untold = False
        notice.watch.questioned = any(reply.kind == "question" for reply in answer.messages)
        understood = answer.understanding if isinstance(answer.understanding, dict) else None
        return "answered", answer.messages, understood


def _watch(note: Any) -> Watch:
    """What the latest reply's note remembers; a note without it remembers nothing."""
    kept = note.get(NOTE) if isinstance(note, dict) else None
    return Watch.model_validate(kept) if kept else Watch()


def _log_turn(outcome: str, session: Session, replies: Sequence[Message], began: float) -> None:
    expected = outcome in ("answered", "escalated", "repeated", "too_long")
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
