"""`python -m desk serve`: answer the desk's users until told to stop."""

import argparse

from desk.commands import Command
from desk.settings import Settings
from records import database

GRACEFUL_SECONDS = 10


def serve(settings: Settings, _: argparse.Namespace) -> None:
    """Answer requests until told to stop.

    Raises:
        records.database.OutOfDate: the database is not migrated.
    """
    # The other commands need none of it.
    import uvicorn

    from desk.app import create_app
    from served import json_lines

    database.check(settings.database_url)
    json_lines.configure()
    uvicorn.run(
        create_app(settings),
        host=settings.desk_host,
        port=settings.desk_port,
        loop="uvloop",
        # It has a limit of its own on a request's head.
        http="h11",
        ws="none",
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )


COMMAND = Command("serve", "answer the desk's users", serve)
