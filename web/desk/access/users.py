"""The desk's users in the database, and the rules about them that hold whoever asks."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from desk.access import lockout, recovery, sessions
from desk.access.permissions import PERMISSIONS, Permission, Role
from desk.errors import CannotBe
from desk.privacy import audit
from desk.privacy.audit import Action, Actor
from records.base import now
from records.people import User

NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
NAME_RULE = (
    "Take 3 to 40 small letters, digits, dots, hyphens and underscores, beginning with a letter."
)
MAX_SHOWN = 80
# A password that somebody else chose may have been passed on in writing.
INITIAL_LASTS = timedelta(days=7)

type UserRow = Row[*tuple[Any, ...]]


def tidy_name(typed: str) -> str:
    """A name as it is kept, for whatever somebody typed."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def called(user: str) -> str:
    """What the audit log calls a user of that name."""
    return f"user:{user}"


def by_name(connection: Connection, name: str) -> UserRow | None:
    """The user of that name."""
    return connection.execute(select(User.__table__).where(User.name == name)).one_or_none()


def by_id(connection: Connection, number: int) -> UserRow | None:
    """The user of that number."""
    return connection.execute(select(User.__table__).where(User.id == number)).one_or_none()


def everybody(connection: Connection) -> Sequence[UserRow]:
    """All users by their names, those who may not come in last."""
    return connection.execute(select(User.__table__).order_by(User.disabled, User.name)).all()


def create(
    connection: Connection,
    actor: Actor,
    *,
    name: str,
    shown: str,
    role: Role,
    password_hash: str,
    must_change: bool,
) -> int:
    """Make a user.

    Raises:
        CannotBe: there is one of that name, or the name or what is shown is no such thing.
    """
    if not NAME.fullmatch(name):
        raise CannotBe(NAME_RULE)
    if not 0 < len(shown) <= MAX_SHOWN:
        raise CannotBe(f"Say what others call them, in at most {MAX_SHOWN} characters.")
    if by_name(connection, name) is not None:
        raise CannotBe(f"There is a user named {name} already.")
    made = connection.execute(
        insert(User).values(
            name=name,
            shown=shown,
            role=str(role),
            password_hash=password_hash,
            must_change=must_change,
        )
    )
    audit.append(connection, actor, Action.USER_CREATED, called(name), {"role": str(role)})
    (number,) = made.inserted_primary_key or (0,)
    return int(number)


def set_role(connection: Connection, actor: Actor, number: int, role: Role) -> None:
    """Give another user another role.

    Raises:
        CannotBe: it is their own, or the last administrator's.
    """
    user = _other(connection, actor, number, "Nobody changes their own role: ask another admin.")
    if user.role == role:
        return
    if role is not Role.ADMIN:
        _keep_an_admin(connection, number)
    _change(connection, number, role=str(role))
    sessions.end_others(connection, number, but="")
    detail = {"from": user.role, "to": str(role)}
    audit.append(connection, actor, Action.ROLE_CHANGED, called(user.name), detail)


def disable(connection: Connection, actor: Actor, number: int) -> None:
    """Shut another user out.

    Raises:
        CannotBe: it is themselves, or the last administrator.
    """
    user = _other(connection, actor, number, "Nobody shuts themselves out: ask another admin.")
    _keep_an_admin(connection, number)
    _change(connection, number, disabled=True)
    sessions.end_others(connection, number, but="")
    audit.append(connection, actor, Action.USER_DISABLED, called(user.name), {})


def set_clinical(connection: Connection, actor: Actor, number: int, *, clinical: bool) -> None:
    """Name another user as a clinical owner, or let them be one no more.

    Raises:
        CannotBe: it is themselves, or somebody who may not edit and so sees no change.
    """
    itself = "Nobody makes themselves a clinical owner: ask another admin."
    user = _other(connection, actor, number, itself)
    if clinical and Permission.EDIT not in PERMISSIONS[Role(user.role)]:
        raise CannotBe("Clinical owners read changes: give them a role that includes edit first.")
    if user.clinical == clinical:
        return
    _change(connection, number, clinical=clinical)
    what = Action.CLINICAL_OWNER_NAMED if clinical else Action.CLINICAL_OWNER_RELEASED
    audit.append(connection, actor, what, called(user.name), {})


def enable(connection: Connection, actor: Actor, number: int) -> None:
    """Let a user in again."""
    user = _needed(connection, number)
    _change(connection, number, disabled=False)
    audit.append(connection, actor, Action.USER_ENABLED, called(user.name), {})


def set_password(
    connection: Connection,
    actor: Actor,
    number: int,
    password_hash: str,
    *,
    initial: bool,
    but: str = "",
) -> None:
    """Give a user another password, and end the sessions that were begun with the one before.

    Args:
        connection: a transaction that writes.
        actor: who does it.
        number: the user's number.
        password_hash: what is kept of it.
        initial: whether somebody else chose it, so that the user has to choose their own.
        but: the session that goes on, in which the user chose it.
    """
    user = _needed(connection, number)
    _change(connection, number, password_hash=password_hash, password_at=now(), must_change=initial)
    sessions.end_others(connection, number, but)
    lockout.forgive_codes(connection, number)
    what = Action.PASSWORD_RESET if initial else Action.PASSWORD_CHANGED
    audit.append(connection, actor, what, called(user.name), {})


def rehash(connection: Connection, number: int, password_hash: str) -> None:
    """Keep the same password under today's parameters."""
    _change(connection, number, password_hash=password_hash)


def is_expired(user: UserRow) -> bool:
    """Whether a user has had a password that somebody else chose for too long."""
    return bool(user.must_change) and now() - user.password_at > INITIAL_LASTS


def drop_second_factor(connection: Connection, actor: Actor, number: int) -> None:
    """Take a user's second factor away; they set up another at the next sign-in."""
    user = _needed(connection, number)
    _change(connection, number, totp_secret=None, totp_last=0)
    recovery.forget(connection, number)
    sessions.end_others(connection, number, but="")
    audit.append(connection, actor, Action.SECOND_FACTOR_RESET, called(user.name), {})


def set_second_factor(
    connection: Connection, actor: Actor, number: int, secret: str, step: int
) -> list[str]:
    """Give a user a second factor whose first code was taken, and codes for the day it is lost."""
    user = _needed(connection, number)
    _change(connection, number, totp_secret=secret, totp_last=step)
    audit.append(connection, actor, Action.SECOND_FACTOR_SET, called(user.name), {})
    return recovery.renew(connection, number)


def take_step(connection: Connection, number: int, step: int) -> bool:
    """Note that a step's code was taken; False if it was before, or a later one."""
    newer = User.id == number, User.totp_last < step
    taken = connection.execute(update(User).where(*newer).values(totp_last=step))
    return taken.rowcount == 1


def _change(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(User).where(User.id == number).values(**values))


def _needed(connection: Connection, number: int) -> UserRow:
    user = by_id(connection, number)
    if user is None:
        raise CannotBe("There is no such user.")
    return user


def _other(connection: Connection, actor: Actor, number: int, otherwise: str) -> UserRow:
    user = _needed(connection, number)
    if user.id == actor.id:
        raise CannotBe(otherwise)
    return user


def _keep_an_admin(connection: Connection, without: int) -> None:
    """Make sure that somebody is left who can manage users.

    Raises:
        CannotBe: nobody would be.
    """
    # All of them are locked, so that two who remove each other at once do not both succeed.
    admins = connection.execute(
        select(User.id)
        .where(User.role == str(Role.ADMIN), User.disabled.is_(False))
        .order_by(User.id)
        .with_for_update()
    ).scalars()
    if not set(admins) - {without}:
        raise CannotBe("This is the last administrator: make another one first.")
