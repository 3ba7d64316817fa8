"""The tables that the desk finds conversations by, made of the transcript and made anew at will.

`changes` is filled by the database itself with each message and each opinion of a patient's; all
else here the desk's index writes. Erasing a session erases its rows of all of them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base, Moment, now

# What SQLAlchemy does not describe: `conversation_words` is searched through this FTS5 table on
# SQLite, which triggers keep in step, and through its own column of this name on PostgreSQL.
SEARCH = "conversation_search"
# `Conversation.made_by` is the version of the index's rules times this, and that of the masking's.
MASK_VERSIONS = 1000


class Change(Base):
    """A session in which something was said or judged since it was indexed.

    One row for each event: what comes while a session is being indexed is not lost.
    """

    __tablename__ = "changes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(String(32))


class Conversation(Base):
    """What is known of a session at a glance, and what its review has come to.

    `number` is what staff call it; Rasa's id of the session is shown to nobody. `level` counts
    from 0 (none) over 1 (soon) and 2 (urgent) to 3 (emergency) and is the highest the patient was
    told, first at `level_at`. `confidence` is the lowest of its turns; `sureness` is the
    same, and 2 where nothing was judged: what lists are sorted by. `unfinished` names what was
    begun and not ended. `doubt` is the highest chance of anything urgent that the second opinion
    saw in a message after which the patient was told of nothing urgent: an emergency may have been
    missed there. `opening` is masked. `chain` is the same for all sessions of a browser.
    `status`, `assignee` and what follows belong to the review; the index leaves them alone.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_last_at_number", "last_at", "number"),
        Index("ix_conversations_status_last_at_number", "status", "last_at", "number"),
        Index("ix_conversations_level_last_at_number", "level", "last_at", "number"),
        Index("ix_conversations_sureness_number", "sureness", "number"),
        Index("ix_conversations_doubt_number", "doubt", "number"),
        Index("ix_conversations_assignee_last_at_number", "assignee", "last_at", "number"),
        Index("ix_conversations_chain_began_at", "chain", "began_at"),
        Index(
            "ix_conversations_disliked",
            "last_at",
            "number",
            sqlite_where=text("disliked > 0"),
            postgresql_where=text("disliked > 0"),
        ),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), unique=True
    )
    chain: Mapped[str | None] = mapped_column(String(64))
    began_at: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment)
    region: Mapped[str] = mapped_column(String(16))
    release: Mapped[str | None] = mapped_column(String(80))
    turns: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    clarified: Mapped[int] = mapped_column(default=0)
    fallbacks: Mapped[int] = mapped_column(default=0)
    liked: Mapped[int] = mapped_column(default=0)
    disliked: Mapped[int] = mapped_column(default=0)
    exercises_begun: Mapped[int] = mapped_column(default=0)
    exercises_done: Mapped[int] = mapped_column(default=0)
    level: Mapped[int] = mapped_column(default=0)
    level_at: Mapped[datetime | None] = mapped_column(Moment)
    confidence: Mapped[float | None]
    sureness: Mapped[float] = mapped_column(default=2.0)
    doubt: Mapped[float] = mapped_column(default=0.0)
    unfinished: Mapped[str | None] = mapped_column(String(40))
    opening: Mapped[str] = mapped_column(Text, default="")
    last_seq: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[int] = mapped_column(default=0)
    indexed_at: Mapped[datetime] = mapped_column(Moment, default=now)

    status: Mapped[str] = mapped_column(String(12), default="new", server_default="new")
    assignee: Mapped[int | None] = mapped_column(ForeignKey("desk_users.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=0, server_default="0")


class ConversationTopic(Base):
    """A topic that was answered in a conversation, and in how many turns."""

    __tablename__ = "conversation_topics"
    __table_args__ = (Index("ix_conversation_topics_topic_number", "topic", "number"),)

    number: Mapped[int] = mapped_column(
        ForeignKey("conversations.number", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(120), primary_key=True)
    turns: Mapped[int] = mapped_column(default=1)


class ConversationFlag(Base):
    """A red flag that a patient was told of, at which level and when first."""

    __tablename__ = "conversation_flags"
    __table_args__ = (Index("ix_conversation_flags_flag_number", "flag", "number"),)

    number: Mapped[int] = mapped_column(
        ForeignKey("conversations.number", ondelete="CASCADE"), primary_key=True
    )
    flag: Mapped[str] = mapped_column(String(60), primary_key=True)
    level: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)


class ConversationWords(Base):
    """The patient's words of a conversation, masked, that the search finds it by."""

    __tablename__ = "conversation_words"

    number: Mapped[int] = mapped_column(
        ForeignKey("conversations.number", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Text)


class Mask(Base):
    """Where personal data stands in a message; messages without any have no row.

    `spans` are `[start, end, kind]`; `made_by` is the version of the rules that found them.
    """

    __tablename__ = "masks"

    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    spans: Mapped[list[Any]] = mapped_column(JSON)
    made_by: Mapped[int]


class Unanswered(Base):
    """A message that Dorsi had no answer to, masked; `kind` says what was said instead."""

    __tablename__ = "unanswered"

    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(
        ForeignKey("conversations.number", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float | None]
