"""`python -m releases`: the keeper, and what staff without the desk do with releases."""

import argparse
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from records import database
from releases import commands as commands_of
from releases import folder, starting, switching
from releases.settings import Settings


def main() -> None:
    """Do what the command line says; end with status 1 and a sentence where that cannot be."""
    parser = argparse.ArgumentParser(prog="python -m releases", description="Dorsi's releases.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="say as JSON what is served when everything is started")
    commands.add_parser("keep", help="look after this machine's engines")
    make = commands.add_parser("make", help="make a release of a content and its model")
    make.add_argument("data", type=Path)
    make.add_argument("model", type=Path)
    make.add_argument("--title", default="")
    switch = commands.add_parser("switch", help="serve another release, or go back to one")
    switch.add_argument("number", type=int)
    switch.add_argument("--no-wait", action="store_true", help="do not wait until it is live")
    renew = commands.add_parser("renew", help="give a release a model that the present code learnt")
    renew.add_argument("number", type=int)
    renew.add_argument("model", type=Path)
    given = parser.parse_args()
    try:
        settings = Settings()
        if given.command == "start":
            opened = database.connect(settings.database_url)
            print(json.dumps(asdict(starting.begin(settings, opened))))
        elif given.command == "keep":
            keep(settings)
        elif given.command == "renew":
            folder.renew(settings.releases, given.number, given.model, settings.dorsi_code)
        elif given.command == "make":
            print(commands_of.make(settings, given.data, given.model, given.title))
        else:
            print(commands_of.switch(settings, given.number, wait=not given.no_wait))
    except (starting.CannotStart, folder.Broken, switching.Refused) as error:
        sys.exit(str(error))
    except (ValidationError, ValueError) as error:
        sys.exit(f"releases: {error}")
    except (SQLAlchemyError, OSError) as error:
        sys.exit(f"releases: {type(error).__name__}: {error}")


def keep(settings: Settings) -> None:
    """Look after the engines until told to stop."""
    from releases.keeper import Keeper
    from releases.supervisor import Supervisor
    from served import json_lines

    json_lines.configure()
    if settings.dorsi_release:
        signal.pause()  # what is installed is served, and nothing is switched here
    opened = database.connect(settings.database_url)
    Keeper(settings, opened, Supervisor(settings.supervisor)).keep()


if __name__ == "__main__":
    main()
