"""Making a release and switching to one from the command line, where the desk is not at hand."""

import getpass
import time
from pathlib import Path

from sqlalchemy import Engine

from records import database
from records.words import SwitchKind, SwitchState
from releases import making, switching
from releases.settings import Settings

LOOK_SECONDS = 0.2


def make(settings: Settings, data: Path, model: Path, title: str) -> int:
    """Make a release; nobody has checked it.

    Returns:
        Its number.

    Raises:
        OSError: something cannot be read or written.
        Exception: whatever the database raises.
    """
    prepared = making.prepare(settings.releases, data=data, model=model, code=settings.dorsi_code)
    try:
        with _writing(settings).begin() as db:
            return making.enter(db, prepared, title=title, by=getpass.getuser())
    finally:
        making.discard(prepared)


def switch(settings: Settings, number: int, *, wait: bool) -> str:
    """Serve another release.

    Args:
        settings: where everything is.
        number: the release.
        wait: whether to wait until it is live.

    Returns:
        What to say of it.

    Raises:
        switching.Refused: it cannot begin, or it failed.
        Exception: whatever the database raises.
    """
    opened = _writing(settings)
    with opened.begin() as db:
        served = switching.live(db)
        is_older = served is not None and number < served
        kind = SwitchKind.ROLL_BACK if is_older else SwitchKind.PUBLISH
        id = switching.begin(
            db,
            number,
            kind,
            getpass.getuser(),
            releases=settings.releases,
            code=settings.dorsi_code,
        )
    while wait:
        with opened.begin() as db:
            switching.settle(db)
            found = switching.state(db, id)
        if found is None or found.state is SwitchState.FAILED:
            raise switching.Refused(found.message if found else "The switch is gone.")
        if found.state is SwitchState.LIVE:
            return f"Release {number} is live."
        time.sleep(LOOK_SECONDS)
    return f"Release {number} is being made ready."


def _writing(settings: Settings) -> Engine:
    return database.connect(settings.database_url).execution_options(begin="IMMEDIATE")
