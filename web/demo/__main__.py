"""`make demo-data`: let invented patients talk to Dorsi, or remove what they said again."""

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deploy.stack import LOOPBACK, Stack, StackError
from deploy.train import home
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from demo.casting import Browser, cast
from demo.door import Door, is_up
from demo.keepsake import Keepsake, hashed
from demo.playing import Played, play
from demo.removing import remove
from demo.scripts import ScriptError, Scripts, load
from demo.spreading import spread
from records.base import now
from records.database import OutOfDate, check, connect
from records.models import Session

MOST = 100_000
# Conversations are erased after 90 days without a word, if nobody set another time.
MOST_DAYS = 80
EVERY = 50
OTHER_DATABASE = (
    "the Dorsi that runs at PORT has another database than DORSI_HOME and DATABASE_URL name here; "
    "set them as it has them, or choose another PORT."
)


class DemoError(RuntimeError):
    """The demonstration cannot be made; the text says why and what to do."""


def main() -> None:
    """Do what the command line says; end with status 1 and a sentence where that cannot be."""
    parser = argparse.ArgumentParser(
        prog='make demo-data OPTIONS="…"',
        description=__doc__,
        epilog="Environment: PORT (8080), where a running Dorsi is looked for; DORSI_HOME (var/), "
        "DATABASE_URL. Where none runs one is started, and stopped afterwards.",
    )
    parser.add_argument("--conversations", type=int, default=300, help="how many (300)")
    parser.add_argument("--seed", type=int, default=1, help="of all that is drawn (1)")
    parser.add_argument("--days", type=int, default=14, help="spread over so many days; 0: now")
    parser.add_argument("--at-once", type=int, default=6, help="browsers at the same time (6)")
    parser.add_argument("--yes", action="store_true", help="even beside other conversations")
    parser.add_argument("--remove", action="store_true", help="erase what was made, nothing else")
    asked = parser.parse_args()
    for name, lowest, highest in (
        ("conversations", 1, MOST),
        ("days", 0, MOST_DAYS),
        ("at_once", 1, 64),
    ):
        if not lowest <= getattr(asked, name) <= highest:
            parser.error(f"--{name.replace('_', '-')} is a number from {lowest} to {highest}")
    # Whoever ends it by a signal does not leave a Dorsi running either.
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _interrupted)
    try:
        (_remove if asked.remove else _make)(asked)
    except (DemoError, ScriptError, StackError) as error:
        sys.exit(f"demo: {error}")
    except SQLAlchemyError as error:
        sys.exit(f"demo: the database cannot be used: {type(error).__name__}")
    except KeyboardInterrupt:
        sys.exit('demo: broken off; make demo-data OPTIONS="--remove" erases what there is')


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _make(asked: argparse.Namespace) -> None:
    scripts = load()
    browsers = cast(scripts, asked.conversations, asked.seed)
    keepsake = Keepsake(home())
    with _gateway() as url:
        _refuse_beside_others(keepsake, asked.yes)
        played = asyncio.run(_play(url, scripts, browsers, keepsake, asked.at_once))
    if asked.days:
        print(f"Spread over the last {asked.days} days …", flush=True)
        with _database() as engine:
            moved = spread(engine, played.browsers, asked.days, asked.seed, now())
        print(f"{moved} conversations have another time than they were played at.")
    if played.failures:
        kinds = "\n  ".join(sorted(set(played.failures))[:10])
        raise DemoError(f"{len(played.failures)} conversations broke off:\n  {kinds}")
    print('Remove them again: make demo-data OPTIONS="--remove"')


def _remove(asked: argparse.Namespace) -> None:
    keepsake = Keepsake(home())
    if not keepsake.tokens():
        print(f"There is nothing to remove: no tokens are kept in {keepsake.file}")
        return
    with _gateway() as url:
        gone, failures = asyncio.run(_erase(url, keepsake, asked.at_once))
    print(f"{gone} conversations are gone.")
    if failures:
        raise DemoError(f"{len(failures)} are not: {failures[0]}. Try it again.")


async def _play(
    url: str, scripts: Scripts, browsers: list[Browser], keepsake: Keepsake, at_once: int
) -> Played:
    total = sum(map(len, browsers))
    door, began = Door(url, at_once), time.monotonic()
    tell = _teller(total, began)
    try:
        await _check_same_database(door)
        played = await play(
            door, browsers, scripts.words, at_once=at_once, opened=keepsake.add, told=tell
        )
    finally:
        await door.close()
    seconds = time.monotonic() - began
    print(
        f"{played.conversations} conversations of {len(browsers)} browsers, {played.turns} turns "
        f"in {seconds:.0f} s ({played.turns / seconds:.0f} a second"
        + (f"; asked to wait for {door.waited:.0f} s in all)" if door.waited else ")")
    )
    return played


async def _erase(url: str, keepsake: Keepsake, at_once: int) -> tuple[int, list[str]]:
    door = Door(url, at_once)
    try:
        return await remove(door, keepsake, at_once=at_once)
    finally:
        await door.close()


def _teller(total: int, began: float) -> Callable[[Played], None]:
    def tell(played: Played) -> None:
        if played.conversations % EVERY == 0 and played.conversations < total:
            seconds = time.monotonic() - began
            print(f"  {played.conversations} of {total} after {seconds:.0f} s", flush=True)

    return tell


@contextmanager
def _gateway() -> Iterator[str]:
    """The address of the Dorsi that runs, or of one that runs for as long as the context lasts."""
    port = os.environ.get("PORT", "8080")
    url = f"http://{LOOPBACK}:{port}"
    if asyncio.run(is_up(url)):
        print(f"Dorsi runs at {url}; its limits on haste are kept.", flush=True)
        yield url
        return
    _refuse_a_second_one()
    print("Starting …", flush=True)
    with Stack(0, variables={"DORSI_RATE_LIMIT": "off"}) as stack:
        yield stack.url


def _refuse_a_second_one() -> None:
    file = home() / "supervisord.pid"
    try:
        os.kill(int(file.read_text()), 0)
    except (OSError, ValueError):
        return
    raise DemoError(f"a Dorsi already runs on {home()}: name its port, PORT=… make demo-data")


@contextmanager
def _database() -> Iterator[Engine]:
    engine = connect(database_url())
    try:
        yield engine
    finally:
        engine.dispose()


def database_url() -> str:
    """The database that the gateway uses with this environment."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{home() / 'dorsi.db'}"


def _refuse_beside_others(keepsake: Keepsake, yes: bool) -> None:
    try:
        check(database_url())
    except OutOfDate:
        raise DemoError(OTHER_DATABASE) from None
    mine = keepsake.hashes()
    with _database() as engine, engine.connect() as connection:
        others = sum(found not in mine for found in connection.scalars(select(Session.token_hash)))
    if others and not yes:
        raise DemoError(
            f"the database holds {others} conversations that are not of a demonstration, and "
            "would be counted together with it. --yes goes on all the same and leaves those as "
            "they are; another DORSI_HOME keeps them apart."
        )


async def _check_same_database(door: Door) -> None:
    """Open a session, look for it in the database, and erase it."""
    opened = await door.call("POST", "/api/sessions", {})
    token = str(opened.json()["session"])
    with _database() as engine, engine.connect() as connection:
        found = connection.scalar(select(Session.id).where(Session.token_hash == hashed(token)))
    await door.call("DELETE", "/api/session", token=token)
    if found is None:
        raise DemoError(OTHER_DATABASE)


if __name__ == "__main__":
    main()
