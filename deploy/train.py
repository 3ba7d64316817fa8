"""Train the model, unless one of the same data, configuration and code is there already."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.slim import slim

ROOT = Path(__file__).resolve().parent.parent
DATA = "data"
INPUTS = ("config.yml", "domain.yml", "uv.lock", DATA, "assistant", "content")
# Read at start, or by the lint and the page alone: never trained into the model.
AT_RUN_TIME = (
    *("content/lint/", "content/schema/", "assistant/channel.py", "assistant/erase.py"),
    *("assistant/account.py", "assistant/repeat.py", "assistant/tracking/"),
    *("assistant/__main__.py", "assistant/checking.py", "assistant/lazy.py"),
    *("assistant/packing.py", "assistant/training.py"),
    *("data/gateway.yml", "data/widget/"),
    *("data/red_flags/", "data/triage/", "data/exercises/"),
    *("data/coach/texts.yml", "data/coach/readiness.yml", "data/coach/feelings.yml"),
    *("data/coach/goals.yml", "data/recovery.yml", "data/progress.yml", "data/summary.yml"),
)
# Matrices are small: threads that share one wait for each other by turning in circles, which takes
# up to half of the processor time; and so the same data give the same model on any machine.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
UNFINISHED, SLIM = "unfinished", "slim"
TRIES = 3
SUFFIXES = {".yml", ".py", ".lock", ".txt", ".json", ".onnx"}


def home() -> Path:
    """The folder of all state: ``DORSI_HOME``, or ``var/`` beside the code."""
    return Path(os.environ.get("DORSI_HOME") or ROOT / "var").resolve()


def content() -> Path:
    """The folder of the content to learn from: ``DORSI_DATA``, or ``data/`` beside the code."""
    return Path(os.environ.get("DORSI_DATA") or ROOT / DATA).resolve()


def fingerprint(root: Path = ROOT, data: Path | None = None) -> str:
    """A short checksum of everything the model depends on.

    Args:
        root: the folder of the code and the configuration.
        data: the folder of the content; ``data/`` of the root if not given.
    """
    return _digest(root, INPUTS, data)


def code(root: Path = ROOT) -> str:
    """A short checksum of what models are trained by: all of that but the content."""
    return _digest(root, tuple(name for name in INPUTS if name != DATA), None)


def _digest(root: Path, names: Sequence[str], data: Path | None) -> str:
    digest = hashlib.sha256()
    for name in names:
        path = data if data and name == DATA else root / name
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            place = Path(name, file.relative_to(path)).as_posix()
            if file.suffix in SUFFIXES and not place.startswith(AT_RUN_TIME):
                digest.update(place.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def model_path(root: Path = ROOT) -> Path:
    """Where the model of the present data is, or will be; ``DORSI_MODEL`` names another."""
    if os.environ.get("DORSI_MODEL"):
        return Path(os.environ["DORSI_MODEL"]).resolve()
    data = content() if root == ROOT else None
    return home() / "models" / f"dorsi-{fingerprint(root, data)}.tar.gz"


def train() -> Path:
    """Train if needed.

    Returns:
        The model's path.

    Raises:
        SystemExit: training failed, and the log's end is printed; or what is learnt from was
            changed during each of the tries.
    """
    for _ in range(TRIES):
        model = model_path()
        if model.exists():
            print(f"The model is up to date: {model.name}")
            return model
        # Two may train at once; each has a folder of its own.
        model.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="unfinished-", dir=model.parent) as folder:
            started = time.monotonic()
            finished = _trained(Path(folder))
            if model_path() == model:
                # Only a whole file of just these data gets the name that says "up to date".
                finished.replace(model)
                print(f"Trained in {time.monotonic() - started:.0f} s: {model.name}")
                return model
        print("What the model learns from was changed meanwhile.", flush=True)
    raise SystemExit(f"It was changed during each of {TRIES} trainings; train again afterwards")


def _trained(folder: Path) -> Path:
    """The file of a model trained into a folder."""
    log = home() / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    print(f"Training the model (one to two minutes, log: {log}) …", flush=True)
    command = [str(ROOT / ".venv/bin/python"), "-m", "assistant", "train"]
    command += ["--out", str(folder), "--fixed-model-name", UNFINISHED, "--quiet"]
    # Rasa's own cache knows neither our code nor what is said to the coach. What Rasa would
    # validate is made by our importer: the lint and tests/unit/test_importer.py look at it.
    command += ["--force", "--skip-validation"]
    with log.open("w") as stream:
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**ONE_THREAD, **environment()},
        )
    unfinished = folder / f"{UNFINISHED}.tar.gz"
    if done.returncode != 0 or not unfinished.exists():
        print("".join(log.read_text().splitlines(keepends=True)[-15:]), file=sys.stderr)
        raise SystemExit(f"Training failed; the whole log is {log}")
    finished = folder / f"{SLIM}.tar.gz"
    slim(unfinished, finished)
    return finished


def environment() -> dict[str, str]:
    """The environment Rasa's processes run in."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(ROOT),
        "RASA_MAX_CACHE_SIZE": "0",  # training would fill it and never read it
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "DORSI_HOME": str(home()),
    }


def main() -> None:
    """Do what the command line says; without options, train if needed."""
    parser = argparse.ArgumentParser(prog="python -m deploy.train", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--code", action="store_true", help="say what models are trained by here")
    what.add_argument("--release", type=int, help="train the model of this release anew")
    given = parser.parse_args()
    if given.code:
        print(code())
    elif given.release is not None:
        renew(given.release)
    else:
        train()


def renew(release: int) -> None:
    """Train what the present code learns from a release's content, and lay it beside its own.

    Raises:
        SystemExit: training failed, or there is no such release.
    """
    folder = Path(os.environ.get("DORSI_RELEASES") or home() / "releases").resolve()
    os.environ |= {"DORSI_DATA": str(folder / str(release) / DATA), "DORSI_MODEL": ""}
    if not content().is_dir():
        raise SystemExit(f"There is no release {release} in {folder}")
    kept = [str(ROOT / "web/.venv/bin/python"), "-m", "releases", "renew", str(release)]
    done = subprocess.run(
        [*kept, str(train())], cwd=ROOT / "web", env={**environment(), "DORSI_CODE": code()}
    )
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
