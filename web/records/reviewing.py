"""The tables of the review: views, tags, notes, verdicts, and what comes of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base, Moment, now

_USER = "desk_users.id"
_CONVERSATION = "conversations.number"
_MESSAGE = "messages.id"


class SavedView(Base):
    """A search of the inbox under a name: one's own, or everybody's where `owner` is empty."""

    __tablename__ = "saved_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)


class Tag(Base):
    """A word of the managed list; a retired one stays where it is and is offered no more."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    meaning: Mapped[str] = mapped_column(String(200), default="")
    retired: Mapped[bool] = mapped_column(default=False)


class ConversationTag(Base):
    """A tag on a conversation."""

    __tablename__ = "conversation_tags"
    __table_args__ = (Index("ix_conversation_tags_tag_id_number", "tag_id", "number"),)

    number: Mapped[int] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True)
    by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Note(Base):
    """What somebody wrote about a conversation; never changed, gone only with it."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    author: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class ReviewStep(Base):
    """A change of a conversation's status or assignee, which can be undone."""

    __tablename__ = "review_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    field: Mapped[str] = mapped_column(String(16))
    before: Mapped[str | None] = mapped_column(String(40))
    after: Mapped[str | None] = mapped_column(String(40))
    undone: Mapped[bool] = mapped_column(default=False)


class Verdict(Base):
    """What one reviewer holds of one turn, by the patient's message; the last word counts.

    `topic` is the right one where the answer's was wrong, `flag` the one that was missed or raised
    without need.
    """

    __tablename__ = "verdicts"
    __table_args__ = (UniqueConstraint("message_id", "reviewer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey(_MESSAGE, ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    reviewer: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    verdict: Mapped[str] = mapped_column(String(32))
    topic: Mapped[str | None] = mapped_column(String(120))
    flag: Mapped[str | None] = mapped_column(String(60))
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Work(Base):
    """Something for the editors to do, that came of a verdict.

    `status` is open, accepted or dismissed; a dismissal has its `reason`.
    """

    __tablename__ = "work"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey(_MESSAGE, ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    verdict_id: Mapped[int | None] = mapped_column(ForeignKey("verdicts.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(24))
    topic: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(12), default="open", index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Incident(Base):
    """A red flag that was missed, or raised without need. It outlives the conversation.

    What was written about it may hold a patient's words and does not: see `IncidentComment`.
    `status` is open, looked_at (somebody else has looked) or closed. `second_agrees` says whether
    whoever looked second holds it for an incident too.
    """

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="SET NULL"), index=True
    )
    message_id: Mapped[str | None] = mapped_column(
        ForeignKey(_MESSAGE, ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(16))
    flag: Mapped[str | None] = mapped_column(String(60))
    level: Mapped[int] = mapped_column(default=0)
    release: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(12), default="open", index=True)
    outcome: Mapped[str] = mapped_column(String(24), default="")
    opened_by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    second_by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    second_at: Mapped[datetime | None] = mapped_column(Moment)
    second_agrees: Mapped[bool | None]
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class IncidentComment(Base):
    """What was written about an incident; it goes with the conversation."""

    __tablename__ = "incident_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(
        ForeignKey("incidents.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int] = mapped_column(ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True)
    author: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Hold(Base):
    """A session that is kept beyond its time, and why; the patient may erase it all the same."""

    __tablename__ = "holds"

    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
