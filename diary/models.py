"""The tables of the diary. Everything hangs on a diary's row and is erased with it."""

# SQLAlchemy 1.4 carries no types.
from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy.types import TypeDecorator

Base: Any = declarative_base(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
)


class Moment(TypeDecorator):
    """A moment in UTC, which SQLite would give back without its time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """The moment as it is stored: in UTC."""
        if value is not None and value.utcoffset() is None:
            raise ValueError("A time in the diary needs its time zone")
        return value and value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """The moment in UTC, whichever way the database gave it back."""
        if value is None or value.tzinfo is None:
            return value and value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)


class DiaryRow(Base):
    """One browser's diary, there from the moment the patient agreed to it."""

    __tablename__ = "diaries"

    id = Column(String(64), primary_key=True)
    consented_at = Column(Moment, nullable=False)


class VisitRow(Base):
    """One practice."""

    __tablename__ = "diary_visits"
    __table_args__ = (UniqueConstraint("diary_id", "at"),)

    id = Column(Integer, primary_key=True)
    diary_id = Column(ForeignKey("diaries.id", ondelete="CASCADE"), nullable=False)
    at = Column(Moment, nullable=False)

    done = relationship(
        "DoneRow",
        order_by="DoneRow.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="selectin",
    )


class DoneRow(Base):
    """One exercise of a practice."""

    __tablename__ = "diary_done"

    visit_id = Column(ForeignKey("diary_visits.id", ondelete="CASCADE"), primary_key=True)
    position = Column(Integer, primary_key=True, autoincrement=False)
    exercise = Column(String(64), nullable=False)
    variant = Column(String(16))
    repetitions = Column(Integer)
    seconds = Column(Integer)
    pain = Column(Integer)
    effort = Column(Integer)
    skipped = Column(Boolean, nullable=False)


class CheckInRow(Base):
    """What a patient told of the time since the check-in before."""

    __tablename__ = "diary_check_ins"
    __table_args__ = (UniqueConstraint("diary_id", "at"),)

    id = Column(Integer, primary_key=True)
    diary_id = Column(ForeignKey("diaries.id", ondelete="CASCADE"), nullable=False)
    at = Column(Moment, nullable=False)
    trips = Column(Integer)
    falls = Column(Integer)
    function = Column(String(8))
    healing = Column(JSON, nullable=False)
    single_leg_seconds = Column(Integer)
