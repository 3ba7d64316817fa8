"""Passwords and codes that are tried, each counted before it is compared."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection
from starlette.requests import Request

from desk.access import lockout, passwords, second_factor, users
from desk.access.addresses import address
from desk.access.lockout import Counted, Try
from desk.access.users import UserRow
from desk.access.visitors import user
from desk.services import services
from records.base import now

NOT_RIGHT = "The password is not right."


class Wait(Exception):
    """Too much has failed.

    Args:
        seconds: how long to wait before the next try.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too much has failed. Please wait {told(seconds)}, then try again.")
        self.seconds = seconds


def told(seconds: int) -> str:
    """A time as people say it."""
    if seconds < 60:
        return f"{seconds} seconds" if seconds > 1 else "a second"
    minutes = -(-seconds // 60)
    return f"{minutes} minutes" if minutes > 1 else "a minute"


async def name_and_password(request: Request, name: str, password: str) -> UserRow | None:
    """The user of that name, if the password is theirs and they may come in.

    Whether there is such a user, and may come in, changes neither what is done nor how long it
    takes: a password is compared once, with that of nobody where there is none.

    Raises:
        Wait: too much has failed.
    """
    place = address(request)

    def counted(connection: Connection) -> Sequence[Counted]:
        return lockout.of_name(connection, name, place)

    begun = await _begin(request, counted)
    database = services(request).database
    found = await database.read(lambda connection: users.by_name(connection, name))
    kept = found.password_hash if found is not None and not found.disabled else None
    if not await passwords.fits(password, kept) or found is None:
        return None
    await _succeeded(request, begun)
    return found


async def own_password(request: Request, password: str) -> bool:
    """Whether this is the password of the user who asks.

    Raises:
        Wait: too much has failed.
    """
    return await name_and_password(request, user(request).name, password) is not None


async def second(request: Request, use: Callable[[Connection], bool]) -> bool:
    """Whether the second factor of the user who asks is right.

    Args:
        request: what came.
        use: says whether it is, and uses it up, in the transaction that counts.

    Raises:
        Wait: too much has failed.
    """
    number = user(request).id

    def counted(_: Connection) -> Sequence[Counted]:
        return lockout.of_code(number)

    begun = await _begin(request, counted)
    if not await services(request).database.write(use):
        return False
    await _succeeded(request, begun)
    return True


def code_taken(connection: Connection, number: int, code: str) -> bool:
    """Whether a code of six digits is the user's and was not taken before; it is taken now."""
    found = users.by_id(connection, number)
    if found is None or found.totp_secret is None:
        return False
    step = second_factor.step_of(found.totp_secret, code, found.totp_last, now())
    return step is not None and users.take_step(connection, number, step)


async def _begin(request: Request, counted: Callable[[Connection], Sequence[Counted]]) -> Try:
    begun = await services(request).database.write(
        lambda connection: lockout.begin(connection, counted(connection))
    )
    if begun.wait:
        raise Wait(begun.wait)
    return begun


async def _succeeded(request: Request, begun: Try) -> None:
    await services(request).database.write(lambda connection: lockout.succeeded(connection, begun))
