"""``python -m diary migrate``: bring the diary's tables up to date."""

from __future__ import annotations

import argparse
import os
import sys

from diary.database import DiaryError, at_home, migrate

EPILOG = """The database is named by the environment: DIARY_URL; or DATABASE_URL, the gateway's;
or a SQLite file diary.db in DORSI_HOME (var/ of the repository)."""


def main() -> None:
    """Do what the command line says; end with status 1 and a sentence where that cannot be."""
    parser = argparse.ArgumentParser(
        prog="python -m diary", description="Dorsi's exercise diary.", epilog=EPILOG
    )
    parser.add_argument("command", choices=["migrate"], help="migrate: bring the tables up to date")
    parser.parse_args()
    try:
        migrate(at_home(os.environ))
    except DiaryError as error:
        sys.exit(f"diary: {error}; see DIARY_URL, DATABASE_URL and DORSI_HOME")


if __name__ == "__main__":
    main()
