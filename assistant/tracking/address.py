"""Where the database of conversations is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from assistant.tracking.errors import TrackingError

ROOT = Path(__file__).resolve().parents[2]
NAME = "rasa.db"
DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg2",
    "postgres": "postgresql+psycopg2",
}


def at_home(environ: Mapping[str, str]) -> str:
    """The address of the database.

    Args:
        environ: the environment: EVENTS_URL; or DATABASE_URL, the gateway's database; or
            DORSI_HOME, the folder of a file rasa.db (``var`` beside the code if not set).

    Returns:
        The address with a driver that is not asynchronous.

    Raises:
        TrackingError: the address is neither of SQLite nor of PostgreSQL.
    """
    url = environ.get("EVENTS_URL") or environ.get("DATABASE_URL")
    if url:
        return str(synchronous(url).render_as_string(hide_password=False))
    home = Path(environ.get("DORSI_HOME") or ROOT / "var").absolute()
    return f"sqlite:///{home / NAME}"


def left_over(environ: Mapping[str, str]) -> Path | None:
    """The file of conversations that nobody uses any more, if there is one beside the database."""
    file = Path(environ.get("DORSI_HOME") or ROOT / "var").absolute() / NAME
    is_used = make_url(at_home(environ)).database == str(file)
    return file if file.exists() and not is_used else None


def synchronous(url: str) -> Any:
    """The address with the driver used here; asyncpg's ``ssl`` becomes libpq's ``sslmode``."""
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):
        raise TrackingError("EVENTS_URL is not an address, such as postgresql://…") from None
    driver = DRIVERS.get(parsed.drivername.partition("+")[0])
    if driver is None or not (parsed.database or driver != "sqlite"):
        raise TrackingError("EVENTS_URL must start with sqlite:///<file> or postgresql://")
    query = dict(parsed.query)
    if "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return parsed.set(drivername=driver, query=query)
