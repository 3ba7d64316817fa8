"""The audit log: who did what, each entry bound to the one before by its hash.

An entry's hash is SHA-256 over the hash before it and the entry as canonical JSON (keys sorted, no
spaces, UTF-8). Whoever changes or takes out an entry in the middle breaks every hash after it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, text
from starlette.requests import Request

from desk.access.visitors import user
from records.base import now
from records.people import Deed

FIRST = "0" * 64
# Any number, if only all who append take the same.
_LOCK = 0x646573_6B


class Action(StrEnum):
    """What was done."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    RECOVERY_USED = "recovery_used"
    SECOND_FACTOR_SET = "second_factor_set"
    RECOVERY_RENEWED = "recovery_renewed"
    PASSWORD_CHANGED = "password_changed"
    USER_CREATED = "user_created"
    ROLE_CHANGED = "role_changed"
    USER_DISABLED = "user_disabled"
    USER_ENABLED = "user_enabled"
    PASSWORD_RESET = "password_reset"
    SECOND_FACTOR_RESET = "second_factor_reset"


@dataclass(frozen=True)
class Actor:
    """Who did it; `id` is None where no user did, such as a command."""

    name: str
    id: int | None = None


NOBODY = Actor("nobody")
COMMAND_LINE = Actor("command line")


def actor(request: Request) -> Actor:
    """The user who asks, as the audit log names them."""
    found = user(request)
    return Actor(found.name, found.id)


def append(
    connection: Connection, actor: Actor, action: Action, object: str, detail: Mapping[str, Any]
) -> None:
    """Add an entry in the transaction that does what it tells of, so that both are kept or none.

    Args:
        connection: a transaction that writes.
        actor: who did it.
        action: what was done.
        object: what it was done to, such as `user:ann`; never a patient's words.
        detail: what else is to be known; values that JSON has, never a patient's words.
    """
    if connection.dialect.name == "postgresql":
        # Who reads the last hash must be the next to write; SQLite lets only one write anyway.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = select(Deed.hash).order_by(Deed.id.desc()).limit(1)
    previous = connection.execute(last).scalar_one_or_none() or FIRST
    at, kept = now(), dict(detail)
    connection.execute(
        insert(Deed).values(
            at=at,
            actor=actor.name,
            actor_id=actor.id,
            action=str(action),
            object=object,
            detail=kept,
            previous=previous,
            hash=_hash(previous, at, actor, action, object, kept),
        )
    )


def verify(connection: Connection) -> int | None:
    """Go through the whole log.

    Returns:
        The id of the first entry that is not as it was written, or None if all are.
    """
    previous = FIRST
    for row in connection.execute(select(Deed.__table__).order_by(Deed.id)):
        who = Actor(row.actor, row.actor_id)
        wanted = _hash(previous, row.at, who, row.action, row.object, row.detail)
        if row.previous != previous or row.hash != wanted:
            return int(row.id)
        previous = row.hash
    return None


def _hash(
    previous: str, at: datetime, actor: Actor, action: str, object: str, detail: Mapping[str, Any]
) -> str:
    entry = {
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor.name,
        "actor_id": actor.id,
        "action": str(action),
        "object": object,
        "detail": detail,
    }
    canonical = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(previous.encode() + canonical.encode()).hexdigest()
