"""`python -m desk checker`: run the checks that are asked for at the desk, until told to stop."""

import argparse
import asyncio
import os
import signal
from contextlib import suppress

from desk.commands import Command
from desk.publishing.checks.laying import lay_out
from desk.publishing.checks.runner import Runner
from desk.services import open_services
from desk.settings import Settings
from records import database
from served import json_lines

NICE = 15
"""Patients' turns go before: the checks get what is left of the processors."""


def run(settings: Settings, _: argparse.Namespace) -> None:
    """Run the checks that are asked for until told to stop.

    Raises:
        records.database.OutOfDate: the database is not migrated.
    """
    database.check(settings.database_url)
    json_lines.configure()
    os.nice(NICE)
    with suppress(asyncio.CancelledError):
        asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    me = asyncio.current_task()
    assert me is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, me.cancel)
    async with open_services(settings) as services:
        await Runner(services, lay_out).keep_running()


COMMAND = Command("checker", "run the checks that are asked for at the desk", run)
