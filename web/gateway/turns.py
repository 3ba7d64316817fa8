"""One turn: record the message, have it answered, record the reply."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway import texts
from gateway.models import Message, Session
from gateway.normalise import patient_text, storable
from gateway.rasa import Rasa, RasaUnavailable
from gateway.sessions import short_hash
from gateway.store import Store
from gateway.texts import Texts

log = logging.getLogger(__name__)


class UnknownChoice(Exception):
    """The button was not offered in this session."""


class IdReused(Exception):
    """The id belongs to another message of this session."""


@dataclass
class _Said:
    """What a patient said, as it is stored and as Rasa is told."""

    text: str
    choice: str | None = None
    too_long: bool = False
    payload: dict[str, Any] | None = None


class Turns:
    """Takes patients' messages and gives Dorsi's replies."""

    def __init__(self, store: Store, rasa: Rasa, texts: Texts) -> None:
        self._store = store
        self._rasa = rasa
        self._texts = texts

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
            return _Said(kept, too_long=too_long)
        button = await self._store.offered(session.id, storable(choice))
        if button is None:
            raise UnknownChoice
        return _Said(button.title, choice=button.payload, payload={"choice": button.id})

    async def _answer(
        self, session: Session, message: Message, said: _Said, began: float
    ) -> Sequence[Message]:
        outcome, understanding = "answered", None
        if said.too_long:
            outcome, replies = "too_long", self._texts.say(texts.TOO_LONG, session.region)
        else:
            try:
                answer = await self._rasa.send(
                    session.id,
                    message.client_id or message.id,
                    region=session.region,
                    text=said.text,
                    choice=said.choice,
                )
                replies, understanding = answer.messages, answer.understanding
            except RasaUnavailable as error:
                outcome, replies = str(error), self._texts.say(texts.UNAVAILABLE, session.region)
        recorded = await self._store.answer(message, replies, understanding)
        _log_turn(outcome, session, recorded, began)
        return recorded


def _log_turn(outcome: str, session: Session, replies: Sequence[Message], began: float) -> None:
    expected = outcome in ("answered", "repeated", "too_long")
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
