"""Writing digests: what stands of a conversation is replaced, the review's columns left alone."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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
_number: BindParameter[Any] = bindparam("of_number")

# Where another indexer writes some of these, PostgreSQL leaves them out; SQLite has one writer.
_MINE = select(Change.id).where(Change.id.in_(_ids)).with_for_update(skip_locked=True)
_DONE = delete(Change).where(Change.id.in_(_ids))
# So that nobody erases them until this is written. A turn does not wait for that, and who erases
# a session at this moment is not waited for.
_THERE = (
    select(Session.id)
    .where(Session.id.in_(_ids))
    .order_by(Session.id)
    .with_for_update(key_share=True, read=True, skip_locked=True)
)
_NUMBERS = select(Conversation.session_id, Conversation.number).where(
    Conversation.session_id.in_(_ids)
)
_CHANGE = update(Conversation).where(Conversation.number == _number)
_WORDS = select(ConversationWords.number, ConversationWords.words).where(
    ConversationWords.number.in_(_ids)
)
_CHANGE_WORDS = update(ConversationWords).where(ConversationWords.number == _number)
_FORGET = [
    delete(table).where(table.number.in_(_ids))
    for table in (ConversationTopic, ConversationFlag, Unanswered)
]
_UNMASK = delete(Mask).where(
    Mask.message_id.in_(select(Message.id).where(Message.session_id.in_(_ids)))
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


def write(db: Connection, digests: Sequence[Digest]) -> set[str]:
    """Write conversations, all of them with few statements; their review stays as it is.

    Returns:
        The sessions that are written; the others are gone or going.
    """
    wanted = [digest.row["session_id"] for digest in digests]
    there = set(db.scalars(_THERE, {"ids": wanted}))
    now_there = [digest for digest in digests if digest.row["session_id"] in there]
    if now_there:
        numbers = _write_rows(db, now_there)
        _write_words(db, {numbers[one.row["session_id"]]: one.words for one in now_there})
        _write_parts(db, {numbers[one.row["session_id"]]: one for one in now_there}, there)
    return there


def _write_rows(db: Connection, digests: Sequence[Digest]) -> dict[str, int]:
    """Write the conversations themselves, and give their numbers by their sessions."""
    at = now()
    rows = {one.row["session_id"]: {**one.row, "indexed_at": at} for one in digests}
    numbers = _numbers(db, list(rows))
    known = [{**rows[one], "of_number": number} for one, number in numbers.items()]
    new = [row for one, row in rows.items() if one not in numbers]
    if known:
        db.execute(_CHANGE, known)
    if new:
        db.execute(insert(Conversation), new)
        numbers |= _numbers(db, [row["session_id"] for row in new])
    return numbers


def _numbers(db: Connection, sessions: Sequence[str]) -> dict[str, int]:
    return {one: number for one, number in db.execute(_NUMBERS, {"ids": sessions})}


def _write_words(db: Connection, words: Mapping[int, str]) -> None:
    """The words, where they changed: the search takes them in anew each time they are written."""
    before = {number: kept for number, kept in db.execute(_WORDS, {"ids": list(words)})}
    new = [{"number": one, "words": said} for one, said in words.items() if one not in before]
    changed = [
        {"of_number": one, "words": said}
        for one, said in words.items()
        if one in before and before[one] != said
    ]
    if new:
        db.execute(insert(ConversationWords), new)
    if changed:
        db.execute(_CHANGE_WORDS, changed)


def _write_parts(db: Connection, digests: Mapping[int, Digest], sessions: Collection[str]) -> None:
    for statement in _FORGET:
        db.execute(statement, {"ids": list(digests)})
    db.execute(_UNMASK, {"ids": list(sessions)})
    found: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)
    for number, digest in digests.items():
        for table, rows in parts(number, digest).items():
            found[table] += rows
    for table, rows in found.items():
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
