"""Erasing one conversation because somebody asked for it."""

import hashlib
import re
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from desk.errors import CannotBe, NotFound
from desk.privacy import audit, holding, reasons
from desk.privacy.audit import Action, Actor
from records import erasing
from records.conversations import SEARCH, Conversation, ConversationWords
from records.models import Session

# So many of its words are looked for in the search once it is gone.
LOOKED_FOR = 20
_WORD = re.compile(r"\w{3,}")


class Left(Exception):
    """Something of an erased conversation is left; nothing was erased."""


@dataclass(frozen=True)
class Plan:
    """What erasing a conversation would take.

    Attributes:
        number: what it is called.
        rows: how many rows of each table.
        held: whether it is held, and so cannot be erased.
        diary: whether there may be a diary of its browser.
        others: how many other conversations of that browser there are.
    """

    number: int
    rows: dict[str, int]
    held: bool
    diary: bool
    others: int


def plan(db: Connection, number: int) -> Plan:
    """What erasing a conversation would take.

    Raises:
        NotFound: there is no such conversation.
    """
    asked = (
        select(Session.id, Session.diary_hash)
        .join(Conversation, Conversation.session_id == Session.id)
        .where(Conversation.number == number)
    )
    found = db.execute(asked).one_or_none()
    if found is None:
        raise NotFound
    same = (Session.diary_hash == found.diary_hash) & (Session.id != found.id)
    others = select(func.count()).select_from(Session).where(same)
    return Plan(
        number=number,
        rows=erasing.rows(db, found.id, number),
        held=holding.held(db, number) is not None,
        diary=found.diary_hash is not None,
        others=db.execute(others).scalar_one() if found.diary_hash else 0,
    )


def erase(db: Connection, who: Actor, number: int, reason: str, *, with_diary: bool) -> int:
    """Erase a conversation with everything that was made of it.

    Args:
        db: a transaction that writes.
        who: who does it.
        number: the conversation.
        reason: why.
        with_diary: whether the exercise diary of its browser goes too.

    Returns:
        The id of the entry in the audit log.

    Raises:
        NotFound: there is no such conversation.
        CannotBe: it is held, or the reason will not do.
        Left: not all of it would be gone.
    """
    session_id = holding.session_of(db, number)
    if holding.held(db, number):
        raise CannotBe("This conversation is held. Lift the hold first, if it may be lifted.")
    kept = reasons.checked(db, number, reason)
    diary_hash = db.execute(select(Session.diary_hash).where(Session.id == session_id)).scalar_one()
    before, words = erasing.rows(db, session_id, number), _words(db, number)
    erasing.erase(db, session_id, diary_hash if with_diary else None, number)
    after, found = erasing.rows(db, session_id, number), _finds(db, number, words)
    if any(after.values()) or found:
        raise Left
    detail = {
        "reason": kept,
        "diary": bool(with_diary and diary_hash),
        "before": {name: count for name, count in before.items() if count},
        "after": {name: after[name] for name, count in before.items() if count},
        "words_looked_for": len(words),
        "words_found": found,
        "session_hash": hashed(session_id),
    }
    return audit.append(db, who, Action.ERASED, audit.conversation(number), detail)


def hashed(session_id: str) -> str:
    """What the proof of an erasure knows a session by; nobody gets the id from it."""
    return hashlib.sha256(session_id.encode()).hexdigest()


def _words(db: Connection, number: int) -> list[str]:
    asked = select(ConversationWords.words).where(ConversationWords.number == number)
    words = dict.fromkeys(_WORD.findall(db.execute(asked).scalar_one_or_none() or ""))
    return sorted(words, key=len, reverse=True)[:LOOKED_FOR]


def _finds(db: Connection, number: int, words: list[str]) -> int:
    """How many of some words the search still finds the conversation by."""
    if db.dialect.name == "sqlite":
        asked = f"SELECT count(*) FROM {SEARCH} WHERE {SEARCH} MATCH :word AND rowid = :number"
    else:
        asked = (
            "SELECT count(*) FROM conversation_words WHERE number = :number "
            f"AND {SEARCH} @@ phraseto_tsquery('english', :word)"
        )
    values = [{"word": f'"{word}"', "number": number} for word in words]
    return sum(db.execute(text(asked), one).scalar_one() for one in values)
