"""`python -m desk`: the desk's commands."""

import argparse
import sys

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from desk import serving
from desk.access import administrators
from desk.commands import CannotDo, Command
from desk.index import command as indexing
from desk.privacy import log_command, retention
from desk.publishing.checks import command as checking
from desk.settings import Settings
from records.database import OutOfDate

COMMANDS: tuple[Command, ...] = (
    serving.COMMAND,
    *administrators.COMMANDS,
    indexing.COMMAND,
    log_command.COMMAND,
    retention.COMMAND,
    checking.COMMAND,
)

EPILOG = """\
Settings come from the environment (docs/desk.md explains them):
  DESK_HOST (127.0.0.1), DESK_PORT (8081)
                                      where to listen
  DORSI_HOME (var/ of the repository) where everything is kept
  DORSI_DATA (data/)                  the content files
  DATABASE_URL (dorsi.db in DORSI_HOME)
                                      sqlite:///... or postgresql://...
  DESK_IDLE_MINUTES (30), DESK_HOURS (10)
                                      a sign-in ends unused, and in any case
  DESK_CHECK_MINUTES (30)             checks of a change that take longer are ended
  DESK_RELEASES_KEPT (10)             so many releases keep their folder
  DESK_SECURE_COOKIES (on, but for plain HTTP on this machine)
                                      cookies for HTTPS alone
  TRUSTED_PROXIES (127.0.0.1)         whose X-Forwarded-For is believed, with commas
  RETENTION_DAYS (90)                 a conversation is erased after its last message
  PATIENT_URL (http://127.0.0.1:8080) where patients find Dorsi
"""


def main() -> None:
    """Do what the command line says; end with status 1 and a sentence where that cannot be."""
    parser = argparse.ArgumentParser(
        prog="python -m desk",
        description="Dorsi's desk, the site for support staff and editors.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    known = parser.add_subparsers(dest="command", required=True, metavar="command")
    for command in COMMANDS:
        command.arguments(known.add_parser(command.name, help=command.help))
    asked = parser.parse_args()
    chosen = next(command for command in COMMANDS if command.name == asked.command)
    try:
        chosen.run(Settings(), asked)
    except (CannotDo, OutOfDate, ValidationError, ValueError) as error:
        sys.exit(f"desk: {error}")
    except (SQLAlchemyError, OSError) as error:
        sys.exit(f"desk: the database cannot be reached, see DATABASE_URL: {error}")


if __name__ == "__main__":
    main()
