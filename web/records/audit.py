"""The audit log: who did what, each entry bound to the one before by its hash.

An entry's hash is SHA-256 over the hash before it and the entry as canonical JSON (keys sorted, no
spaces, ASCII). Whoever changes or takes out an entry in the middle breaks the hashes after it;
what is taken from the end is noticed by whoever kept the newest hash elsewhere. No two entries may
follow the same one: the database refuses a chain with two ends.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from records.base import now
from records.people import Deed

FIRST = "0" * 64
# Any number, if only all who append take the same.
_LOCK = 0x646573_6B
AT_ONCE = 1000

CHANGED = "it was changed after it was written"
CUT_OFF = "an entry before it was taken out or put in, or the one before it was written anew"
NO_HEAD = "entries at the end were taken out or the log was written anew: {} is not in it"


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
    CONVERSATION_VIEWED = "conversation_viewed"
    LIST_VIEWED = "list_viewed"
    STATUS_CHANGED = "status_changed"
    ASSIGNED = "assigned"
    STEP_UNDONE = "step_undone"
    TAG_ADDED = "tag_added"
    TAG_REMOVED = "tag_removed"
    NOTE_ADDED = "note_added"
    VERDICT_GIVEN = "verdict_given"
    WORK_ACCEPTED = "work_accepted"
    WORK_DISMISSED = "work_dismissed"
    EXAMPLE_TAKEN = "example_taken"
    EXAMPLE_PUT_BACK = "example_put_back"
    TURN_DISMISSED = "turn_dismissed"
    DISMISSAL_UNDONE = "dismissal_undone"
    INCIDENT_OPENED = "incident_opened"
    INCIDENT_LOOKED_AT = "incident_looked_at"
    INCIDENT_CLOSED = "incident_closed"
    TAG_CREATED = "tag_created"
    TAG_CHANGED = "tag_changed"
    TAG_RETIRED = "tag_retired"
    TAG_RESTORED = "tag_restored"
    UNMASKED = "unmasked"
    MASKED_AGAIN = "masked_again"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    ERASED = "erased"
    FILE_EMPTIED = "file_emptied"
    ASSISTANT_TOLD = "assistant_told"
    RETENTION_SWEPT = "retention_swept"
    EXPORTED = "exported"
    AUDIT_EXPORTED = "audit_exported"
    CLINICAL_OWNER_NAMED = "clinical_owner_named"
    CLINICAL_OWNER_RELEASED = "clinical_owner_released"
    CHANGE_OPENED = "change_opened"
    CHANGE_DESCRIBED = "change_described"
    CHANGE_SAVED = "change_saved"
    CHANGE_MERGED = "change_merged"
    CHANGE_SUBMITTED = "change_submitted"
    CHANGE_WITHDRAWN = "change_withdrawn"
    CHANGE_REOPENED = "change_reopened"
    CHECKS_ASKED = "checks_asked"
    CHECKS_CANCELLED = "checks_cancelled"
    CHANGE_APPROVED = "change_approved"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    CHANGE_PUBLISHED = "change_published"
    ROLLED_BACK = "rolled_back"
    RELEASE_SERVED_AGAIN = "release_served_again"
    SWITCH_STOPPED = "switch_stopped"
    RELEASE_VERIFIED = "release_verified"
    RELEASE_CLEARED = "release_cleared"


@dataclass(frozen=True)
class Actor:
    """Who did it; `id` is None where no user did, such as a command."""

    name: str
    id: int | None = None


NOBODY = Actor("nobody")
COMMAND_LINE = Actor("command line")
GATEWAY = Actor("gateway")


@dataclass(frozen=True)
class Fault:
    """What is wrong with the log, and from which entry on; None where that is its end."""

    id: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.id is None else f"entry {self.id}: {self.what}"


@dataclass(frozen=True)
class Verified:
    """What going through the log gave: how many entries are sound, and the newest one's hash."""

    count: int
    head: str
    fault: Fault | None = None


def conversation(number: int) -> str:
    """How the log names a conversation."""
    return f"conversation:{number}"


def append(
    connection: Connection, actor: Actor, action: Action, object: str, detail: Mapping[str, Any]
) -> int:
    """Add an entry in the transaction that does what it tells of, so that both are kept or none.

    Best done last: until the transaction ends, nobody else can append.

    Args:
        connection: a transaction that writes; on SQLite one that began as such.
        actor: who did it.
        action: what was done.
        object: what it was done to, such as `user:ann`; never a patient's words.
        detail: what else is to be known; values that JSON has, never a patient's words.

    Returns:
        The entry's id.
    """
    if connection.dialect.name == "postgresql":
        # Who reads the last hash must be the next to write; SQLite lets only one write anyway.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    last = select(Deed.hash).order_by(Deed.id.desc()).limit(1)
    previous = connection.execute(last).scalar_one_or_none() or FIRST
    at, kept = now(), dict(detail)
    entry = {
        "at": at,
        "actor": actor.name,
        "actor_id": actor.id,
        "action": str(action),
        "object": object,
        "detail": kept,
    }
    made = insert(Deed).values(**entry, previous=previous, hash=_hash(previous, entry))
    (id,) = connection.execute(made).inserted_primary_key or (0,)
    return int(id)


def verify(connection: Connection, head: str | None = None) -> Verified:
    """Go through the whole log.

    Args:
        connection: the database.
        head: the hash that was the newest some time ago, kept elsewhere, if there is one.
    """
    previous, count, seen = FIRST, 0, head in (None, FIRST)
    asked = select(Deed.__table__).order_by(Deed.id)
    with connection.execute(asked, execution_options={"yield_per": AT_ONCE}) as rows:
        for row in rows:
            fault = _fault(row, previous)
            if fault:
                return Verified(count, previous, Fault(row.id, fault))
            previous, count = row.hash, count + 1
            seen = seen or row.hash == head
    return Verified(count, previous, None if seen else Fault(None, NO_HEAD.format(head)))


def faults(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, str]:
    """What is wrong with some entries, each looked at by itself and with the one before it."""
    found = {}
    for row in rows:
        before = (
            select(Deed.hash).where(Deed.id < row.id).order_by(Deed.id.desc()).limit(1)
        )  # by the primary key
        previous = connection.execute(before).scalar_one_or_none() or FIRST
        if fault := _fault(row, previous):
            found[int(row.id)] = fault
    return found


def _fault(row: Row[Any], previous: str) -> str | None:
    if row.hash != _hash(row.previous, row._asdict()):
        return CHANGED
    return None if row.previous == previous else CUT_OFF


def _hash(previous: str, entry: Mapping[str, Any]) -> str:
    at: datetime = entry["at"]
    kept = {name: entry[name] for name in ("actor", "actor_id", "action", "object", "detail")}
    kept["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(kept, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(f"{previous}{canonical}".encode()).hexdigest()
