"""`python -m desk audit verify` and `audit list`."""

import argparse
import json
import re
from collections.abc import Callable

from sqlalchemy import Connection

from desk.commands import CannotDo, Command
from desk.errors import CannotBe
from desk.privacy import audit, log
from desk.settings import Settings
from records import database

_HASH = re.compile(r"[0-9a-f]{64}")
KEEP = "Keep this hash somewhere else; `audit verify --head <hash>` then notices a shortened log."


def run(settings: Settings, asked: argparse.Namespace) -> None:
    """Verify the log, or list it.

    Raises:
        CannotDo: something is wrong with the log, or with what was typed.
        records.database.OutOfDate: the database is not migrated.
    """
    work = _verify if asked.what == "verify" else _list
    _in_database(settings, lambda db: work(db, asked))


def _verify(db: Connection, asked: argparse.Namespace) -> None:
    if asked.head is not None and not _HASH.fullmatch(asked.head):
        raise CannotDo("That is no hash of the log: it has 64 digits and letters from a to f.")
    found = audit.verify(db, asked.head)
    if found.fault:
        raise CannotDo(f"the audit log is broken after {found.count} sound entries: {found.fault}.")
    print(
        f"{found.count} entries, all as they were written.", f"Head: {found.head}", KEEP, sep="\n"
    )


def _list(db: Connection, asked: argparse.Namespace) -> None:
    try:
        wanted = log.wanted({name: getattr(asked, name) or "" for name in _FILTERS})
    except CannotBe as error:
        raise CannotDo(str(error)) from None
    after = 0
    while rows := log.following(db, wanted, after):
        for row in rows:
            print(json.dumps(log.as_json(row)))
        after = rows[-1].id


def _in_database(settings: Settings, work: Callable[[Connection], None]) -> None:
    database.check(settings.database_url)
    engine = database.connect(settings.database_url)
    try:
        with engine.connect() as connection:
            work(connection)
    finally:
        engine.dispose()


_FILTERS = {
    "person": "by whom: a user's name, `gateway` or `command line`",
    "action": "what was done, such as `erased`",
    "object": "to what: such as `user:ann`, or a conversation's number",
    "since": "from this day on, such as 2026-11-21",
    "until": "up to the end of this day",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="what")
    verify = what.add_parser("verify", help="find out whether it is as it was written")
    verify.add_argument("--head", help="a hash that was the newest once and must still be there")
    listing = what.add_parser("list", help="print entries, one line of JSON each")
    for name, meaning in _FILTERS.items():
        listing.add_argument(f"--{name}", help=meaning)


COMMAND = Command("audit", "verify the audit log, or list it", run, _arguments)
