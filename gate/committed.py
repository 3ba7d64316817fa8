"""The content as it was last committed: what a change is compared with where nothing is live."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.train import DATA, ROOT


@contextmanager
def committed(root: Path = ROOT) -> Iterator[Path]:
    """A temporary copy of ``data/`` as git's HEAD has it.

    Raises:
        SystemExit: the folder is in no git repository.
    """
    command = ["git", "archive", "--format=tar", "HEAD", DATA]
    done = subprocess.run(command, cwd=root, capture_output=True)
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip()
        raise SystemExit(f"There is nothing to compare with; name it with --live. git says: {why}")
    with TemporaryDirectory(prefix="dorsi-gate-") as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder)
        yield Path(folder) / DATA
