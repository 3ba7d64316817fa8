"""Sessions of the desk's users, kept in the database; a browser has only a random token."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, select, update
from starlette.requests import Request

from desk.access import cookies
from desk.access.permissions import Role
from desk.access.visitors import User, Visitor
from desk.services import services
from desk.settings import Settings
from records import people
from records.base import now

COOKIE = "session"
# Noting each use would make each page wait for a write.
NOTED_EVERY = timedelta(minutes=1)
MAX_AGENT = 200
# Who gave a password but not the second factor has to begin anew after so long.
ON_THE_WAY = timedelta(minutes=15)


@dataclass(frozen=True)
class Lifetime:
    """How long a session lasts: unused, and in all."""

    idle: timedelta
    whole: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "Lifetime":
        """What the settings say."""
        return cls(
            timedelta(minutes=settings.desk_idle_minutes), timedelta(hours=settings.desk_hours)
        )


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database knows of a token. It is random, so that a fast hash is safe."""
    return hashlib.sha256(token.encode()).hexdigest()


async def visitor_of(request: Request, *, used: bool = True) -> Visitor | None:
    """Who asks, if their session lasts.

    Args:
        request: what came.
        used: whether this counts as a use of the session.
    """
    token = cookies.read(request, COOKIE)
    if not token:
        return None
    parts = services(request)
    lifetime = Lifetime.of(parts.settings)
    found = await parts.database.read(lambda connection: find(connection, token, lifetime))
    if found is None:
        return None
    visitor, used_at = found
    if used and now() - used_at >= NOTED_EVERY:
        await parts.database.write(lambda connection: _note_use(connection, visitor.session_id))
    return visitor


async def become(request: Request, token: str) -> None:
    """Go on as whoever that token is of."""
    parts = services(request)
    lifetime = Lifetime.of(parts.settings)
    found = await parts.database.read(lambda connection: find(connection, token, lifetime))
    request.state.visitor = found[0] if found else None


def find(connection: Connection, token: str, lifetime: Lifetime) -> tuple[Visitor, datetime] | None:
    """The session of a token with when it was last used, if it lasts and its user may come in."""
    row = connection.execute(
        select(
            people.SignIn.id.label("session_id"),
            people.SignIn.csrf,
            people.SignIn.passed,
            people.SignIn.used_at,
            people.User.id,
            people.User.name,
            people.User.shown,
            people.User.role,
            people.User.must_change,
            people.User.totp_secret.is_not(None).label("enrolled"),
        )
        .join(people.User, people.User.id == people.SignIn.user_id)
        .where(
            people.SignIn.token_hash == hashed(token),
            people.SignIn.used_at > now() - lifetime.idle,
            people.SignIn.created_at > now() - lifetime.whole,
            people.SignIn.passed | (people.SignIn.created_at > now() - ON_THE_WAY),
            people.User.disabled.is_(False),
        )
    ).one_or_none()
    if row is None:
        return None
    visitor = Visitor(
        user=User(row.id, row.name, row.shown, Role(row.role)),
        session_id=row.session_id,
        csrf=row.csrf,
        passed=row.passed,
        enrolled=row.enrolled,
        must_change=row.must_change,
    )
    return visitor, row.used_at


def begin(connection: Connection, user_id: int, *, passed: bool, address: str, agent: str) -> str:
    """Begin a session, and give the token that only the browser is to know."""
    token = new_token()
    connection.execute(
        insert(people.SignIn).values(
            id=secrets.token_hex(16),
            token_hash=hashed(token),
            user_id=user_id,
            csrf=new_token(),
            passed=passed,
            created_at=now(),
            used_at=now(),
            address=address,
            agent=agent[:MAX_AGENT],
        )
    )
    return token


def rotate(connection: Connection, session_id: str, *, passed: bool) -> str:
    """Give a session another token, which makes the one before worthless."""
    token = new_token()
    connection.execute(
        update(people.SignIn)
        .where(people.SignIn.id == session_id)
        .values(token_hash=hashed(token), csrf=new_token(), passed=passed, used_at=now())
    )
    return token


def end(connection: Connection, user_id: int, session_id: str) -> bool:
    """End one of a user's sessions; False if they have no such session."""
    own = people.SignIn.id == session_id, people.SignIn.user_id == user_id
    return connection.execute(delete(people.SignIn).where(*own)).rowcount == 1


def end_others(connection: Connection, user_id: int, but: str) -> int:
    """End a user's sessions but one, or all where that is empty; say how many those were."""
    others = people.SignIn.user_id == user_id, people.SignIn.id != but
    return connection.execute(delete(people.SignIn).where(*others)).rowcount


def of_user(
    connection: Connection, user_id: int, lifetime: Lifetime
) -> Sequence[Row[str, datetime, datetime, str, str]]:
    """A user's sessions that last, those used last first."""
    found = (
        select(
            people.SignIn.id,
            people.SignIn.created_at,
            people.SignIn.used_at,
            people.SignIn.address,
            people.SignIn.agent,
        )
        .where(
            people.SignIn.user_id == user_id,
            people.SignIn.passed,
            people.SignIn.used_at > now() - lifetime.idle,
            people.SignIn.created_at > now() - lifetime.whole,
        )
        .order_by(people.SignIn.used_at.desc(), people.SignIn.id)
    )
    return connection.execute(found).all()


def sweep(connection: Connection, lifetime: Lifetime) -> None:
    """Forget the sessions that have ended."""
    connection.execute(
        delete(people.SignIn).where(
            (people.SignIn.used_at <= now() - lifetime.idle)
            | (people.SignIn.created_at <= now() - lifetime.whole)
        )
    )


def _note_use(connection: Connection, session_id: str) -> None:
    connection.execute(
        update(people.SignIn).where(people.SignIn.id == session_id).values(used_at=now())
    )
