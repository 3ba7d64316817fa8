"""The tables of those who work at the desk: accounts, sign-ins, and what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base, Moment, now


class User(Base):
    """Somebody who works at the desk.

    `name` is what they sign in with, in lower case; `shown` is what others read. `totp_last` is
    the last step of time whose code was taken. `must_change` asks for a new password at the next
    sign-in. `clinical` says that they answer for what is clinical: red flags, numbers to call.
    """

    __tablename__ = "desk_users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    shown: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(200))
    password_at: Mapped[datetime] = mapped_column(Moment, default=now)
    must_change: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[str | None] = mapped_column(String(200))
    totp_last: Mapped[int] = mapped_column(default=0)
    disabled: Mapped[bool] = mapped_column(default=False)
    clinical: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class RecoveryCode(Base):
    """A code that stands once for the second factor."""

    __tablename__ = "desk_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("desk_users.id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignIn(Base):
    """A browser in which somebody signed in; `passed` once the second factor is given too."""

    __tablename__ = "desk_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("desk_users.id", ondelete="CASCADE"), index=True
    )
    csrf: Mapped[str] = mapped_column(String(64))
    passed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    used_at: Mapped[datetime] = mapped_column(Moment, default=now)
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")


class Failure(Base):
    """A sign-in that failed, under what is counted: `name:…` or `address:…`."""

    __tablename__ = "desk_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Deed(Base):
    """One entry of the audit log; the database refuses to change or delete it.

    `hash` is that of the entry with `previous`, the hash of the one before, which no other entry
    may follow. `object` names what it was done to and never holds a patient's words.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String(120), index=True)
    detail: Mapped[Any] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Unmasking(Base):
    """A conversation that somebody may read unmasked for a while, and why."""

    __tablename__ = "unmaskings"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("desk_users.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(
        ForeignKey("conversations.number", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    until: Mapped[datetime] = mapped_column(Moment)
