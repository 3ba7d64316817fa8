"""Conversations as they are taken away: what was said, masked, and what the review came to."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from desk.privacy import masking
from records.conversations import Conversation, ConversationFlag, ConversationTopic
from records.models import DORSI, Feedback, Message
from records.reviewing import ConversationTag, Tag, Verdict

LEVELS = ("none", "soon", "urgent", "emergency")
# Dorsi says the same things again and again.
REMEMBERED = 4096


@dataclass(frozen=True)
class Judgement:
    """What a reviewer held of a turn; comments are not taken away."""

    verdict: str
    topic: str | None
    flag: str | None


@dataclass(frozen=True)
class Said:
    """One message."""

    seq: int
    at: datetime
    by: str
    text: str
    kind: str | None
    level: str | None
    topic: str | None
    helpful: bool | None
    opinion: str | None
    verdicts: tuple[Judgement, ...]


@dataclass(frozen=True)
class Transcript:
    """A conversation."""

    number: int
    masked: bool
    began_at: datetime
    last_at: datetime
    region: str
    release: str | None
    level: str
    status: str
    topics: tuple[str, ...]
    flags: tuple[str, ...]
    tags: tuple[str, ...]
    messages: tuple[Said, ...]


def read(db: Connection, numbers: Sequence[int]) -> list[Transcript]:
    """The conversations of these numbers, not masked yet; those that are gone are left out."""
    asked = select(Conversation.__table__).where(Conversation.number.in_(numbers))
    found = db.execute(asked.order_by(Conversation.number)).all()
    said = _messages(db, [row.session_id for row in found])
    of = {name: _words(db, asked) for name, asked in _attached(numbers).items()}
    return [
        Transcript(
            number=row.number,
            masked=False,
            began_at=row.began_at,
            last_at=row.last_at,
            region=row.region,
            release=row.release,
            level=LEVELS[row.level],
            status=row.status,
            topics=tuple(of["topics"][row.number]),
            flags=tuple(of["flags"][row.number]),
            tags=tuple(of["tags"][row.number]),
            messages=tuple(said[row.session_id]),
        )
        for row in found
    ]


def masked(transcript: Transcript) -> Transcript:
    """A conversation without what tells who somebody is.

    Dorsi's words are masked, too: a summary or a question may repeat the patient's.
    """
    messages = (_masked_message(message) for message in transcript.messages)
    return replace(transcript, masked=True, messages=tuple(messages))


def _masked_message(message: Said) -> Said:
    hide: Callable[[str], str] = _hidden_again if message.by == DORSI else _hidden
    opinion = _hidden(message.opinion) if message.opinion else message.opinion
    return replace(message, text=hide(message.text), opinion=opinion)


def _hidden(text: str) -> str:
    return masking.masked(text, masking.spans(text))


_hidden_again = lru_cache(REMEMBERED)(_hidden)


def _messages(db: Connection, session_ids: Sequence[str]) -> dict[str, list[Said]]:
    asked = (
        select(
            Message.id,
            Message.session_id,
            Message.seq,
            Message.created_at,
            Message.direction,
            Message.text,
            Message.kind,
            Message.level,
            Message.topic,
            Feedback.helpful,
            Feedback.reason,
        )
        .outerjoin(Feedback, Feedback.message_id == Message.id)
        .where(Message.session_id.in_(session_ids))
        .order_by(Message.session_id, Message.seq)
    )
    judged, found = _verdicts(db, session_ids), defaultdict(list)
    for row in db.execute(asked):
        found[row.session_id].append(_said(row, judged[row.id]))
    return found


def _said(row: Any, verdicts: Sequence[Judgement]) -> Said:
    return Said(
        seq=row.seq,
        at=row.created_at,
        by=row.direction,
        text=row.text,
        kind=row.kind,
        level=row.level,
        topic=row.topic,
        helpful=row.helpful,
        opinion=row.reason,
        verdicts=tuple(verdicts),
    )


def _verdicts(db: Connection, session_ids: Sequence[str]) -> dict[str, list[Judgement]]:
    asked = (
        select(Verdict.message_id, Verdict.verdict, Verdict.topic, Verdict.flag)
        .join(Message, Message.id == Verdict.message_id)
        .where(Message.session_id.in_(session_ids))
        .order_by(Verdict.id)
    )
    found = defaultdict(list)
    for row in db.execute(asked):
        found[row.message_id].append(Judgement(row.verdict, row.topic, row.flag))
    return found


def _attached(numbers: Sequence[int]) -> dict[str, Any]:
    """What finds topics, flags and tags, each as a number with a word."""
    topic, flag, tag = ConversationTopic, ConversationFlag, ConversationTag
    return {
        "topics": select(topic.number, topic.topic)
        .where(topic.number.in_(numbers))
        .order_by(topic.turns.desc(), topic.topic),
        "flags": select(flag.number, flag.flag)
        .where(flag.number.in_(numbers))
        .order_by(flag.level.desc(), flag.flag),
        "tags": select(tag.number, Tag.name)
        .join(Tag, Tag.id == tag.tag_id)
        .where(tag.number.in_(numbers))
        .order_by(Tag.name),
    }


def _words(db: Connection, asked: Any) -> dict[int, list[str]]:
    found = defaultdict(list)
    for number, word in db.execute(asked):
        found[number].append(word)
    return found
