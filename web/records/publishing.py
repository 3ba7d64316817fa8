"""The tables of the content's way to patients: change requests, checks, approvals, releases.

The words themselves are in git; here is who wants what, how it was judged and what is served.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base, Moment, now

_USER = "desk_users.id"
_CHANGE = "change_requests.id"
_RELEASE = "releases.number"


class ChangeRequest(Base):
    """A branch of the content with its author and its purpose.

    `status` is one of `records.words.ChangeStatus`. `branch` is the branch's name in git, where
    all that was changed stands. `release` is the one it was published with.
    """

    __tablename__ = "change_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    branch: Mapped[str] = mapped_column(String(80), unique=True)
    author: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"), index=True)
    status: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    release: Mapped[int | None] = mapped_column(ForeignKey(_RELEASE, ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Check(Base):
    """One run of all checks on a change request.

    `commit` is the commit of git that was checked: the change merged with what was the content's
    head then. `step` and `percent` say how far it is, `cancel` that somebody wants it to end, and
    `beat_at` that whoever runs it is alive. `report` is what came of it (`gate/report.py`).
    """

    __tablename__ = "checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(_CHANGE, ondelete="CASCADE"), index=True)
    commit: Mapped[str] = mapped_column(String(40), index=True)
    against: Mapped[int | None] = mapped_column(ForeignKey(_RELEASE, ondelete="SET NULL"))
    status: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    step: Mapped[str] = mapped_column(String(40), default="")
    percent: Mapped[int] = mapped_column(default=0)
    cancel: Mapped[bool] = mapped_column(default=False)
    message: Mapped[str] = mapped_column(Text, default="")
    report: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    beat_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class Approval(Base):
    """Somebody's yes to a state of a change request, as publisher or as clinical owner.

    `state` stands for all that patients would have got anew then (`desk.publishing.anew.digest`).
    """

    __tablename__ = "approvals"
    __table_args__ = (UniqueConstraint("change_id", "state", "capacity", "by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(_CHANGE, ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(64))
    capacity: Mapped[str] = mapped_column(String(12))
    by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Release(Base):
    """A published model and its content, as `releases/<number>/` in Dorsi's folder keeps it.

    `checksum` is of all content files, `model_checksum` of the model's file, `code` of what the
    model was trained by. `approvers` are names as they were. `kept` is false once its folder has
    been cleared away.
    """

    __tablename__ = "releases"

    number: Mapped[int] = mapped_column(primary_key=True)
    commit: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120), default="")
    checksum: Mapped[str] = mapped_column(String(64))
    model_checksum: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(64), default="")
    figures: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    approvers: Mapped[Any] = mapped_column(JSON, default=list)
    by: Mapped[str] = mapped_column(String(80), default="")
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    kept: Mapped[bool] = mapped_column(default=True)


class Switch(Base):
    """One change of what is served; the last one that is live says which release that is.

    `state` is preparing, live or failed; `message` says why it failed.
    """

    __tablename__ = "switches"

    id: Mapped[int] = mapped_column(primary_key=True)
    release: Mapped[int] = mapped_column(ForeignKey(_RELEASE, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default="preparing", index=True)
    message: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    live_at: Mapped[datetime | None] = mapped_column(Moment)


class Replica(Base):
    """A gateway and its Rasa: what it serves, what it has ready, and when it was last heard of.

    `serving` is what new turns get, `draining` the releases that turns or conversations with a
    place still go on with, `trouble` why `ready` is not what was wanted.
    """

    __tablename__ = "replicas"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    serving: Mapped[int | None]
    ready: Mapped[int | None]
    draining: Mapped[Any] = mapped_column(JSON, default=list)
    trouble: Mapped[str] = mapped_column(Text, default="")
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)


class TakenExample(Base):
    """A sentence that came of a review and was put into a change request, in nobody's words.

    `before` is how likely its target was when it was taken, `after` what the release thinks that
    it was published with.
    """

    __tablename__ = "taken_examples"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(_CHANGE, ondelete="CASCADE"), index=True)
    work_id: Mapped[int | None] = mapped_column(ForeignKey("work.id", ondelete="SET NULL"))
    message_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    target: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    before: Mapped[float | None] = mapped_column(Double)
    after: Mapped[float | None] = mapped_column(Double)
    scored_with: Mapped[int | None] = mapped_column(ForeignKey(_RELEASE, ondelete="SET NULL"))
    by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Dismissal(Base):
    """A message that the inbox for editors is not to show any more, and why."""

    __tablename__ = "dismissals"

    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
