"""The engines of a machine: which releases have a Rasa of their own here, and where it listens.

An engine is one Rasa and one action server that serve one release. Each has a file in
`DORSI_HOME/engines/`, which the keeper writes and the gateway beside it reads.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from releases import folder

ENGINES = "engines"
FIRST = ("actions", "rasa")
"""The programs of the engine that everything is started with."""


@dataclass(frozen=True)
class Engine:
    """One of them.

    Attributes:
        release: the number of what it serves.
        model: the model's name, which its answers carry.
        rasa: where its Rasa listens.
        programs: what the supervisor calls its processes, in the order of their start.
        leaving: whether it is about to be stopped; nobody is to begin with it any more.
    """

    release: int
    model: str
    rasa: str
    programs: Sequence[str]
    leaving: bool = False


def programs(release: int) -> tuple[str, str]:
    """What the programs of an engine are called that is started beside the first."""
    return f"actions-{release}", f"rasa-{release}"


def read(home: Path, release: int) -> Engine | None:
    """The engine of a release; None if there is none here."""
    try:
        found = json.loads(_file(home, release).read_text(encoding="utf-8"))
        return Engine(**{**found, "programs": tuple(found["programs"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def known(home: Path) -> list[Engine]:
    """All engines of this machine, by their releases."""
    numbers = sorted(
        int(file.stem) for file in (home / ENGINES).glob("*.json") if file.stem.isdecimal()
    )
    return [engine for number in numbers if (engine := read(home, number)) is not None]


def write(home: Path, engine: Engine) -> None:
    """Tell of an engine, or of how it is now; whoever reads finds the one or the other.

    Raises:
        OSError: it cannot be written.
    """
    file = _file(home, engine.release)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(asdict(engine)) + "\n", encoding="utf-8")
    unfinished.replace(file)


def lay_out(home: Path, releases: Path, number: int, code: str) -> str:
    """Have the model of a release lie under the name that Rasa's answers are to carry.

    Args:
        home: the machine's folder.
        releases: the folder of all releases.
        number: the release.
        code: what runs here.

    Returns:
        The name.

    Raises:
        releases.folder.Broken: the release cannot be read.
        OSError: its model cannot be read, or not be laid there.
    """
    manifest = folder.read(releases, number)
    is_own = not code or code == manifest.code
    name = manifest.model if is_own else f"{manifest.model}-{code[:8]}"
    to = model(home, name)
    to.parent.mkdir(parents=True, exist_ok=True)
    folder.link(folder.place(releases, number).model(code, manifest.code), to)
    return name


def model(home: Path, name: str) -> Path:
    """Where an engine's model lies under its name."""
    return home / ENGINES / "models" / f"{name}{folder.PACKED}"


def configuration_file(home: Path, release: int) -> Path:
    """Where the supervisor finds the engine of a release."""
    return home / ENGINES / f"{release}.conf"


def with_notice(engine: Engine, leaving: bool) -> Engine:
    """The engine, about to be stopped or not."""
    return replace(engine, leaving=leaving)


def forget(home: Path, release: int) -> None:
    """Tell of an engine no more."""
    _file(home, release).unlink(missing_ok=True)


def _file(home: Path, release: int) -> Path:
    return home / ENGINES / f"{release}.json"
