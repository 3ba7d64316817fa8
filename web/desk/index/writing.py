"""Writing digests: what stands of a conversation is replaced, the review's columns left alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from desk.index.digest import Digest
from records.base import now
from records.conversations import (
    Change,
    Conversation,
    ConversationFlag,
    ConversationTopic,
    ConversationWords,
    Mask,
    Unanswered,
)
from records.models import Message, Session

_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_session: BindParameter[Any] = bindparam("of_session")
_number: BindParameter[Any] = bindparam("of_number")

# Where another indexer writes some of these, PostgreSQL leaves them out; SQLite has one writer.
_MINE = select(Change.id).where(Change.id.in_(_ids)).with_for_update(skip_locked=True)
_DONE = delete(Change).where(Change.id.in_(_ids))
# So that nobody erases it until this is written. A turn does not wait for that, and who erases
# the session at this moment is not waited for.
_THERE = (
    select(Session.id)
    .where(Session.id == _session)
    .with_for_update(key_share=True, read=True, skip_locked=True)
)
_NUMBER = select(Conversation.number).where(Conversation.session_id == _session)
_ADD = insert(Conversation).returning(Conversation.number)
_CHANGE = update(Conversation).where(Conversation.number == _number)
_WORDS = select(ConversationWords.words).where(ConversationWords.number == _number)
_CHANGE_WORDS = update(ConversationWords).where(ConversationWords.number == _number)
_FORGET = [
    delete(table).where(table.number == _number)
    for table in (ConversationTopic, ConversationFlag, Unanswered)
]
_UNMASK = delete(Mask).where(
    Mask.message_id.in_(select(Message.id).where(Message.session_id == _session))
)


def still_mine(db: Connection, changes: Mapping[str, Sequence[int]]) -> set[str]:
    """The sessions of which nobody else has dealt with a change meanwhile.

    Whose changes are all still there has not been written by anybody who read it later: they
    would have taken the same ones.

    Args:
        db: a transaction that writes; until its end the changes are nobody else's.
        changes: by session, those that were found.
    """
    every = [number for numbers in changes.values() for number in numbers]
    mine = set(db.scalars(_MINE, {"ids": every}))
    return {one for one, numbers in changes.items() if mine.issuperset(numbers)}


def forget(db: Connection, changes: Sequence[int]) -> None:
    """Note that changes are dealt with."""
    db.execute(_DONE, {"ids": list(changes)})


def write(db: Connection, digest: Digest) -> bool:
    """Write a conversation; its review stays as it is.

    Returns:
        Whether it is done; if not, the session is gone or going.
    """
    session_id = digest.row["session_id"]
    if db.scalar(_THERE, {"of_session": session_id}) is None:
        return False
    row = {**digest.row, "indexed_at": now()}
    number = db.scalar(_NUMBER, {"of_session": session_id})
    if number is None:
        number = db.execute(_ADD.values(row)).scalar_one()
        db.execute(insert(ConversationWords).values(number=number, words=digest.words))
    else:
        db.execute(_CHANGE.values(row), {"of_number": number})
        _write_words(db, number, digest.words)
        for statement in _FORGET:
            db.execute(statement, {"of_number": number})
    db.execute(_UNMASK, {"of_session": session_id})
    _add_parts(db, number, digest)
    return True


def _write_words(db: Connection, number: int, words: str) -> None:
    """The words, where they changed: the search takes them in anew each time they are written."""
    if db.scalar(_WORDS, {"of_number": number}) != words:
        db.execute(_CHANGE_WORDS.values(words=words), {"of_number": number})


def _add_parts(db: Connection, number: int, digest: Digest) -> None:
    for table, rows in parts(number, digest).items():
        if rows:
            db.execute(insert(table), rows)


def parts(number: int, digest: Digest) -> dict[type[Any], list[dict[str, Any]]]:
    """The rows of the other tables, but the words, by their table."""
    return {
        ConversationTopic: [
            {"number": number, "topic": topic, "turns": turns}
            for topic, turns in digest.topics.items()
        ],
        ConversationFlag: [
            {"number": number, "flag": name, "level": int(flag.level), "at": flag.at}
            for name, flag in digest.flags.items()
        ],
        Mask: [
            {"message_id": id, "spans": spans, "made_by": digest.mask_version}
            for id, spans in digest.masks.items()
        ],
        Unanswered: [{"number": number, **one._asdict()} for one in digest.unanswered],
    }
