"""The folder of a run of the checks: what it looks at, its log and its report."""

import shutil
from pathlib import Path

from desk.settings import Settings

DATA, LIVE, LIVE_FIGURES = "data", "live", "live-figures.json"


def of(settings: Settings, check: int) -> Path:
    """Where a check's folder is, or would be."""
    return settings.dorsi_home.absolute() / "checks" / str(check)


def fresh(settings: Settings, check: int) -> Path:
    """A check's folder, with nothing in it of an earlier try."""
    folder = of(settings, check)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def tidy(settings: Settings, check: int) -> None:
    """Clear away the content that was checked, which git has; the log and the report stay."""
    for name in (DATA, LIVE):
        shutil.rmtree(of(settings, check) / name, ignore_errors=True)
