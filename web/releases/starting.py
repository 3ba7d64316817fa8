"""What is served when everything is started: what was published, or else what is installed."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from records.base import now
from records.publishing import Replica
from records.words import SwitchKind
from releases import engines, folder, making, switching
from releases.checksums import of_content
from releases.deciding import PRESENT
from releases.engines import FIRST
from releases.settings import Settings

INSTALLED = "as it was installed"
DIFFERS = "To serve data/ as it is instead: DORSI_RELEASE=none make run"


class CannotStart(Exception):
    """Nothing can be served; the text says why, and what to do."""


@dataclass(frozen=True)
class Start:
    """What the first engine serves.

    Attributes:
        served: the release; None for what is installed, without taking part in releases.
        data: the content.
        model: the model, under the name that answers carry.
        train: the release that has to be trained first, since newer code runs here.
        said: what whoever starts it should know.
    """

    served: int | None
    data: str
    model: str
    train: int | None = None
    said: tuple[str, ...] = ()


def begin(settings: Settings, database: Engine) -> Start:
    """What the first engine serves, and a file that tells of that engine.

    Where there is no release yet, what is installed becomes one: it can be gone back to later.

    Args:
        settings: where everything is.
        database: the transcript's, which is up to date.

    Raises:
        CannotStart: the release that is live is not as it was made.
        OSError: a file cannot be read or written.
        Exception: whatever the database raises.
    """
    if settings.dorsi_release:
        return Start(None, str(settings.dorsi_data), str(settings.dorsi_model))
    with database.connect() as db:
        number, said = _live(settings, db)
    if number is None:
        number = _install(settings, database)
    elif not folder.has_model(settings.releases, number, settings.dorsi_code):
        place = folder.place(settings.releases, number)
        return Start(number, str(place.data), "", train=number, said=tuple(said))
    engine = first(settings, number)
    place = folder.place(settings.releases, number)
    model = str(engines.model(settings.dorsi_home, engine.model))
    return Start(number, str(place.data), model, said=tuple(said))


def first(settings: Settings, number: int) -> engines.Engine:
    """Have the first engine serve a release, and tell of it."""
    name = engines.lay_out(settings.dorsi_home, settings.releases, number, settings.dorsi_code)
    engine = engines.Engine(number, name, settings.rasa_url, FIRST)
    engines.write(settings.dorsi_home, engine)
    return engine


def _live(settings: Settings, db: Connection) -> tuple[int | None, list[str]]:
    """The release to serve, None if what is installed is to become one; and what to say of it."""
    live = switching.latest(db)
    if live is None:
        return None, []
    faults = folder.verify(settings.releases, live.release, code=settings.dorsi_code)
    if faults:
        raise CannotStart(
            f"Release {live.release} cannot be served: {'; '.join(faults)}. {DIFFERS}"
        )
    manifest = folder.read(settings.releases, live.release)
    differs = of_content(settings.dorsi_data) != manifest.checksum
    is_of_other_code = bool(settings.dorsi_code) and manifest.code != settings.dorsi_code
    if live.kind != SwitchKind.INSTALL:
        wrong = f"Release {live.release} is served, which was published; data/ differs from it."
        return live.release, [f"{wrong} {DIFFERS}"] if differs else []
    if not (differs or is_of_other_code):
        return live.release, []
    others = _others(db, settings.dorsi_replica)
    if not others:
        return None, []
    wrong = f"Release {live.release} is served, as {', '.join(others)} does; data/ differs from it."
    return live.release, [f"{wrong} {DIFFERS}"] if differs else []


def _others(db: Connection, name: str) -> list[str]:
    there = Replica.seen_at > now() - PRESENT, Replica.name != name
    return list(db.execute(select(Replica.name).where(*there).order_by(Replica.name)).scalars())


def _install(settings: Settings, database: Engine) -> int:
    if settings.dorsi_model is None:
        raise CannotStart("There is no model of the present data; run `make train`")
    prepared = making.prepare(
        settings.releases,
        data=settings.dorsi_data,
        model=settings.dorsi_model,
        code=settings.dorsi_code,
    )
    try:
        with database.begin() as db:
            number = making.enter(db, prepared, title=INSTALLED, by=settings.dorsi_replica)
            switching.install(db, number, settings.dorsi_replica)
        return number
    finally:
        making.discard(prepared)
