"""`python -m gateway`: serve, or bring the database up to date."""

import argparse
import sys

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from gateway.settings import Settings
from records import database

# A little longer than the longest turn, so that the last replies still go out.
GRACEFUL_SECONDS = 15

EPILOG = """\
Settings come from the environment (docs/gateway.md explains them):
  HOST (127.0.0.1), PORT (8080)       where to listen
  DORSI_HOME (var/ of the repository) where everything is kept
  DORSI_DATA (data/)                  the content files
  DORSI_SERVED (none)                 the release that Rasa serves; then switches are followed
  DORSI_RELEASES (releases in DORSI_HOME), DORSI_REPLICA (main)
                                      the folder of all releases; this gateway's name
  DORSI_DRAIN_MINUTES (10)            how long what is under way goes on after a switch
  DATABASE_URL (dorsi.db in DORSI_HOME)
                                      sqlite:///... or postgresql://...
  RASA_URL (http://127.0.0.1:5005), RASA_TIMEOUT (10 seconds)
  SESSION_IDLE_DAYS (7), SESSION_DAYS (30)
                                      a session ends unused, and in any case
  RETENTION_DAYS (90)                 a conversation is erased after its last message
  DORSI_ORIGINS (none)                other sites whose pages may use Dorsi, with commas
  DORSI_CHANNELS (none)               further doors: rest, socketio
  DORSI_RATE_LIMIT (on)               off: take everything from everybody
  RATE_LIMIT_STORAGE (memory://)      redis://... where several gateways count together
  TRUSTED_PROXIES (127.0.0.1)         whose X-Forwarded-For is believed, with commas
"""


def main() -> None:
    """Do what the command line says; end with status 1 and a sentence where that cannot be."""
    parser = argparse.ArgumentParser(
        prog="python -m gateway",
        description="Dorsi's gateway.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
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
    except (database.OutOfDate, ValidationError, ValueError) as error:
        sys.exit(f"gateway: {error}")
    except (SQLAlchemyError, OSError) as error:
        sys.exit(f"gateway: the database cannot be reached, see DATABASE_URL: {error}")


def serve(settings: Settings) -> None:
    """Answer requests until told to stop.

    Raises:
        SystemExit: the content files lack something that is needed.
        records.database.OutOfDate: the database is not migrated.
    """
    # Migrating needs none of it, and everybody waits for the migration.
    import uvicorn
    from triage.files import KnowledgeError

    from gateway.app import create_app
    from gateway.protocol import BoundedHead
    from gateway.serving import Server
    from gateway.texts import ContentError
    from served import json_lines

    try:
        app = create_app(settings)
    except (ContentError, KnowledgeError) as error:
        sys.exit(f"gateway: {error}")
    database.check(settings.database_url)
    json_lines.configure()
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=BoundedHead,
        ws="auto" if "socketio" in settings.dorsi_channels else "none",
        forwarded_allow_ips=settings.trusted_proxies,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    Server(app, config).run()


if __name__ == "__main__":
    main()
