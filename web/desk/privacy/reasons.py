"""Why somebody looks behind the mask, keeps, or erases: their own words, which are never erased.

A reason goes into the audit log and outlasts the conversation. So it must not repeat what the
patient wrote, and what tells who somebody is is masked in it.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, select

from desk.errors import CannotBe
from desk.privacy.masking import masked, spans
from records.conversations import Conversation
from records.models import PATIENT, Message

SHORTEST, LONGEST = 10, 500
# So many words in a row that are the patient's are no chance.
IN_A_ROW = 4
_WORD = re.compile(r"\w+")


def checked(db: Connection, number: int, given: str) -> str:
    """A reason as it is kept.

    Args:
        db: the database.
        number: the conversation that it is about.
        given: what somebody typed.

    Raises:
        CannotBe: it is too short or too long, or it repeats the patient.
    """
    reason = " ".join(given.split())
    if len(reason) < SHORTEST:
        raise CannotBe(f"Say why, in at least {SHORTEST} characters.")
    if len(reason) > LONGEST:
        raise CannotBe(f"Say why in at most {LONGEST} characters.")
    if repeats(db, number, reason):
        raise CannotBe(
            "The reason repeats what the patient wrote. Say it in your own words: it stays in the "
            "audit log when the conversation is gone."
        )
    return masked(reason, spans(reason))


def repeats(db: Connection, number: int, text: str) -> bool:
    """Whether a text has some words in a row that the patient wrote in a conversation."""
    wanted = set(_runs(text))
    said = (
        select(Message.text)
        .join(Conversation, Conversation.session_id == Message.session_id)
        .where(Conversation.number == number, Message.direction == PATIENT)
    )
    return bool(wanted) and any(
        not wanted.isdisjoint(_runs(written)) for written in db.scalars(said)
    )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return zip(*(words[start:] for start in range(IN_A_ROW)), strict=False)
