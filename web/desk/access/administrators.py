"""`python -m desk admin` and `reset`: the first administrator, and the way back for a lost one."""

import argparse
import getpass
import sys
from collections.abc import Callable

from sqlalchemy import Connection

from desk.access import passwords, users
from desk.access.permissions import Role
from desk.commands import CannotDo, Command
from desk.errors import CannotBe
from desk.privacy.audit import COMMAND_LINE
from desk.settings import Settings
from records import database

NEXT = """\
{done}
Next: start Dorsi (`make run`), open {url}/ and sign in as {name}. The desk then asks for a second
factor: have a telephone with an authenticator app at hand.
"""


def make(settings: Settings, asked: argparse.Namespace) -> None:
    """Make an administrator.

    Raises:
        CannotDo: there is one of that name, or the name or the password is not to be taken.
    """
    name = users.tidy_name(asked.name or _asked("Name to sign in with: "))
    if not users.NAME.fullmatch(name):
        raise CannotDo(users.NAME_RULE)
    _in_database(settings, lambda connection: _must_be_free(connection, name))
    kept = _password(name, asked.password_stdin)

    def create(connection: Connection) -> None:
        users.create(
            connection,
            COMMAND_LINE,
            name=name,
            shown=asked.shown or name,
            role=Role.ADMIN,
            password_hash=kept,
            must_change=False,
        )

    _in_database(settings, create)
    _say_next(settings, f"The administrator {name} is made.", name)


def reset(settings: Settings, asked: argparse.Namespace) -> None:
    """Give a user a new password and take their second factor away.

    Raises:
        CannotDo: there is no such user, or the password is not to be taken.
    """
    name = users.tidy_name(asked.name or _asked("Name of the user: "))
    _in_database(settings, lambda connection: _needed(connection, name))
    kept = _password(name, asked.password_stdin)

    def change(connection: Connection) -> None:
        number = _needed(connection, name)
        users.set_password(connection, COMMAND_LINE, number, kept, initial=True)
        users.drop_second_factor(connection, COMMAND_LINE, number)

    _in_database(settings, change)
    done = f"{name} has a new password, which has to be changed, and no second factor."
    _say_next(settings, done, name)


def _in_database[T](settings: Settings, work: Callable[[Connection], T]) -> T:
    database.check(settings.database_url)
    engine = database.connect(settings.database_url)
    try:
        with engine.execution_options(begin="IMMEDIATE").begin() as connection:
            return work(connection)
    except CannotBe as error:
        raise CannotDo(str(error)) from None
    finally:
        engine.dispose()


def _must_be_free(connection: Connection, name: str) -> None:
    if users.by_name(connection, name) is not None:
        raise CannotDo(
            f"There is a user named {name} already. If their password or second factor is lost: "
            f"`make desk-reset NAME={name}`."
        )


def _needed(connection: Connection, name: str) -> int:
    found = users.by_name(connection, name)
    if found is None:
        raise CannotDo(f"There is no user named {name}.")
    return int(found.id)


def _password(name: str, from_stdin: bool) -> str:
    """What is kept of a password that is asked for, never shown and never an argument."""
    if from_stdin:
        chosen = sys.stdin.readline().rstrip("\r\n")
    else:
        chosen = getpass.getpass(f"Password (at least {passwords.MIN_LENGTH} characters): ")
        if chosen != getpass.getpass("The same again: "):
            raise CannotDo("The two passwords are not the same. Nothing was done.")
    fault = passwords.fault(chosen, name)
    if fault:
        raise CannotDo(f"This password cannot be taken. {fault}")
    return passwords.hashed_now(chosen)


def _asked(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        raise CannotDo("A name is needed: give it as --name.") from None


def _say_next(settings: Settings, done: str, name: str) -> None:
    host = "127.0.0.1" if settings.desk_host in ("0.0.0.0", "::") else settings.desk_host
    url = f"http://{host}:{settings.desk_port}"
    print(NEXT.format(done=done, url=url, name=name), end="")


def _name_and_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help="what they sign in with; asked for where it is missing")
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from the first line of standard input, and do not ask",
    )


def _of_admin(parser: argparse.ArgumentParser) -> None:
    _name_and_password(parser)
    parser.add_argument("--shown", help="what others call them; the name where it is missing")


COMMANDS = (
    Command("admin", "make an administrator", make, _of_admin),
    Command("reset", "give a user a new password and no second factor", reset, _name_and_password),
)
