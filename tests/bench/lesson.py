"""The default project trained once, and kept in DORSI_HOME/bench with how long it took."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from deploy.stack import ACTIONS
from deploy.train import environment, home
from tests.bench import machine, project
from tests.bench.epochs import Epochs

ABOUT, MODEL, LOG = "about.json", "default.tar.gz", "train.log"
MUCH = 65_536


def trained(
    epochs: int, examples: int | None, *, anew: bool = False
) -> tuple[Path, dict[str, Any]]:
    """The default's model, trained if there is none of the present data.

    Args:
        epochs: of every network.
        examples: so many of each label alone; all if not given.
        anew: train whatever is there.

    Returns:
        The model, and when and how it was trained: seconds of clock and processor, those of each
        network's epochs, and how busy the machine was.

    Raises:
        SystemExit: training failed; the log's end is printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder)
        project.write(written, epochs, examples)
        kept = home() / "bench" / f"default-{_checksum(written)}"
        if anew or not (kept / ABOUT).exists():
            part = kept.with_name(f"part-{kept.name}")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            _train(written, part)
            shutil.rmtree(kept, ignore_errors=True)
            part.rename(kept)
    about: dict[str, Any] = json.loads((kept / ABOUT).read_text(encoding="utf-8"))
    return kept / MODEL, about


def _checksum(folder: Path) -> str:
    digest = hashlib.sha256(version("rasa").encode())
    for file in sorted(folder.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _train(folder: Path, out: Path) -> None:
    log = out / LOG
    print(f"  the default learns; this takes minutes (log: {log}) …", flush=True)
    command = [str(ACTIONS), "-m", "rasa", "train", "--out", str(out)]
    command += ["--data", "nlu.yml", "rules.yml", "stories.yml"]
    command += ["--fixed-model-name", MODEL.removesuffix(".tar.gz"), "--force"]
    heard, load = Epochs(), machine.load()
    used, began = machine.used_by_children(), time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    with log.open("wb", buffering=0) as kept:
        while said := process.stdout.read1(MUCH):  # type: ignore[attr-defined]
            heard.hear(said.decode(errors="replace"), time.monotonic() - began)
            kept.write(said)
    if process.wait() != 0 or not (out / MODEL).exists():
        print("".join(log.read_text().splitlines(keepends=True)[-15:]))
        raise SystemExit(f"Training the default failed; the whole log is {log}")
    about = {
        "when": datetime.now(timezone.utc).isoformat(timespec="minutes"),
        "seconds": time.monotonic() - began,
        "processor": machine.used_by_children() - used,
        "load": [load, machine.load()],
        "epochs": heard.seconds,
    }
    (out / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
