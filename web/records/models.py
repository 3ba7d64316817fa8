"""The tables of the transcript."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.base import Base, Moment, now

PATIENT: Final = "patient"
DORSI: Final = "dorsi"


class Session(Base):
    """One visit of one patient. `id` is what Rasa knows it by, never shown to anyone.

    `diary_hash` is what the diary of the patient's browser goes by; sessions begun before there
    were diaries have none. `previous_hash` is that of the token before, which is taken until
    `previous_until`. `last_seq` is the number of the newest message.
    """

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    region: Mapped[str] = mapped_column(String(16))
    diary_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    used_at: Mapped[datetime] = mapped_column(Moment, default=now)
    last_seq: Mapped[int] = mapped_column(default=0)
    previous_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    previous_until: Mapped[datetime | None] = mapped_column(Moment)


class Message(Base):
    """One message of a patient or of Dorsi. Rows are added and erased; `answered` alone changes.

    Of a text that was too long, `payload` holds all that was typed until it is answered.

    A patient's row has `client_id`, and is `answered` once all replies are there; a reply's row
    has `reply_to`, the patient's row it answers. What was understood stands on the first reply
    of those that were recorded together, since only then it is known.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("session_id", "seq"),
        UniqueConstraint("session_id", "client_id"),
        Index(
            "ix_messages_unanswered",
            "session_id",
            sqlite_where=text("NOT answered"),
            postgresql_where=text("NOT answered"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    seq: Mapped[int]
    direction: Mapped[str] = mapped_column(String(8))
    client_id: Mapped[str | None] = mapped_column(String(36))
    reply_to: Mapped[str | None] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(16))
    level: Mapped[str | None] = mapped_column(String(16))
    topic: Mapped[str | None] = mapped_column(String(120))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    understanding: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    answered: Mapped[bool] = mapped_column(default=True)

    buttons: Mapped[list["Button"]] = relationship(
        order_by="Button.position", lazy="raise", passive_deletes=True
    )


class Button(Base):
    """A button that was offered with a message; its payload is for Rasa alone."""

    __tablename__ = "buttons"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(String(120))


class Feedback(Base):
    """Whether a message of Dorsi's helped, as the patient said last."""

    __tablename__ = "feedback"

    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Erasure(Base):
    """A session that is erased here and of which Rasa has yet to be told, with its diary.

    `number` is what staff called it, where they erased it: that Rasa was told is then noted.
    """

    __tablename__ = "erasures"

    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    diary_hash: Mapped[str | None] = mapped_column(String(64))
    erased_at: Mapped[datetime] = mapped_column(Moment, default=now)
    number: Mapped[int | None]
