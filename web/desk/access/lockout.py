"""Slowing down those who guess, without shutting out those whom they pretend to be.

What failed within the last hour is counted three ways, and each makes the next try wait:

- a name from one network: five are free, then ten seconds, and twice as long after each, up to a
  quarter of an hour. Somebody who guesses elsewhere does not touch the one who is meant;
- one network whatever the name: twenty are free, then the same;
- a name from anywhere: a hundred are free, then the same, for whoever comes from many networks.
  Who signs in from a network from which they have signed in before does not wait for that, so
  nobody can shut a user out of where they work.

Codes of the second factor are counted for the user alone: only whoever has the password can try
them, and six digits must not be guessed from many places at once. A new password forgives them.

A try counts as failed as soon as it begins, so that many at once are as many as one after the
other, and is taken back if it succeeds. What came while there was a wait is not counted: a wait
ends, however often somebody knocks. Names that nobody has are counted like any other.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, text

from records.audit import Action
from records.base import now
from records.people import Deed, Failure
from served.addresses import network

WINDOW = timedelta(hours=1)
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=15)
PLACES_LOOKED_AT = 100
_LOCK = 0x646573_6C


@dataclass(frozen=True)
class Counted:
    """What is counted under a key, and how many are free."""

    key: str
    free: int


@dataclass(frozen=True)
class Try:
    """A try that was begun, with the rows that count it; or `wait`, in seconds, if it may not be.

    `key` is what it was counted under first.
    """

    key: str
    rows: tuple[int, ...] = ()
    wait: int = 0


def of_name(connection: Connection, name: str, address: str) -> list[Counted]:
    """What counts where a name and a password are tried from an address."""
    place = network(address)
    counted = [
        Counted(f"pair:{_short(f'{name} {place}')}", 5),
        Counted(f"address:{_short(place)}", 20),
    ]
    if not _has_been_there(connection, name, place):
        counted.append(Counted(f"name:{_short(name)}", 100))
    return counted


def of_code(user_id: int) -> list[Counted]:
    """What counts where a user's second factor is tried."""
    return [Counted(f"code:{user_id}", 5)]


def begin(connection: Connection, counted: Sequence[Counted]) -> Try:
    """Begin a try, unless it has to wait.

    Args:
        connection: a transaction that writes.
        counted: what counts; what stands first is forgotten when a try succeeds.
    """
    if connection.dialect.name == "postgresql":
        # Tries that come at once must count each other; SQLite lets only one write anyway.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    at = now()
    connection.execute(delete(Failure).where(Failure.at <= at - WINDOW))
    wait = max(_wait(connection, each, at) for each in counted)
    if wait > timedelta():
        return Try(counted[0].key, wait=math.ceil(wait.total_seconds()))
    rows = [
        connection.execute(insert(Failure).values(key=each.key, at=at)).inserted_primary_key
        for each in counted
    ]
    return Try(counted[0].key, tuple(int(row[0]) for row in rows if row))


def succeeded(connection: Connection, tried: Try) -> None:
    """Take a try back, and forget those that failed before under what it was counted first."""
    ours = Failure.id.in_(tried.rows) | (Failure.key == tried.key)
    connection.execute(delete(Failure).where(ours))


def forgive_codes(connection: Connection, user_id: int) -> None:
    """Forget which of a user's codes failed: who tried them can do so no more."""
    connection.execute(delete(Failure).where(Failure.key == of_code(user_id)[0].key))


def _wait(connection: Connection, counted: Counted, at: datetime) -> timedelta:
    failed = select(func.count(), func.max(Failure.at)).where(Failure.key == counted.key)
    count, last = connection.execute(failed).one()
    if last is None:
        return timedelta()
    over = count - counted.free
    if over < 0:
        return timedelta()
    # The power is bounded, so that it stays a number that time can be counted in.
    pause = min(FIRST_WAIT * (1 << min(over, 10)), LONGEST_WAIT)
    return max(timedelta(), pause - (at - last))


def _has_been_there(connection: Connection, name: str, place: str) -> bool:
    signed_in = (
        select(Deed.detail)
        .where(Deed.object == f"user:{name[:40]}", Deed.action == str(Action.SIGNED_IN))
        .order_by(Deed.id.desc())
        .limit(PLACES_LOOKED_AT)
    )
    details = connection.execute(signed_in).scalars()
    return any(network(str(detail.get("address", ""))) == place for detail in details)


def _short(text: str) -> str:
    """A key of a fixed length; somebody may type a password where the name belongs."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
