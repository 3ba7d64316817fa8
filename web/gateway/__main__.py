"""`python -m gateway`: serve, or bring the database up to date."""

import argparse
import asyncio
import sys

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from gateway import database, logs
from gateway.app import create_app
from gateway.settings import Settings
from gateway.texts import ContentError

# A little longer than the longest turn, so that the last replies still go out.
GRACEFUL_SECONDS = 15

EPILOG = """Settings come from the environment: HOST (127.0.0.1), PORT (8080), DORSI_HOME (var/ of
the repository), DORSI_DATA (data/), DATABASE_URL (a SQLite file in DORSI_HOME; or
postgresql://...), RASA_URL (http://127.0.0.1:5005), RASA_TIMEOUT (10 seconds)."""


def main() -> None:
    """Do what the command line says; end with status 1 and a sentence where that cannot be."""
    parser = argparse.ArgumentParser(
        prog="python -m gateway", description="Dorsi's gateway.", epilog=EPILOG
    )
    parser.add_argument(
        "command",
        nargs="?",
        default="serve",
        choices=["serve", "migrate"],
        help="serve: answer patients (the default); migrate: bring the database up to date",
    )
    command = parser.parse_args().command
    try:
        settings = Settings()
        if command == "migrate":
            database.migrate(settings.database_url)
        else:
            serve(settings)
    except (ContentError, database.OutOfDate, ValidationError, ValueError) as error:
        sys.exit(f"gateway: {error}")
    except (SQLAlchemyError, OSError) as error:
        sys.exit(f"gateway: the database cannot be reached, see DATABASE_URL: {error}")


def serve(settings: Settings) -> None:
    """Answer requests until told to stop.

    Raises:
        gateway.texts.ContentError: the content files lack something that is needed.
        gateway.database.OutOfDate: the database is not migrated.
    """
    app = create_app(settings)
    asyncio.run(_check_database(settings))
    logs.configure()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )


async def _check_database(settings: Settings) -> None:
    engine = database.connect(settings.database_url)
    try:
        await database.check(engine)
    finally:
        await engine.dispose()


if __name__ == "__main__":
    main()
