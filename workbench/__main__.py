"""``python -m workbench``: a question a line in, an answer a line out, as JSON."""

from __future__ import annotations

import os
import sys

# Before any library counts the processors: the machine is that of what answers patients.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from workbench.serving import serve
from workbench.tools import tools

KINDNESS = 10
"""How much later than others this process gets the processor."""


def main() -> None:
    """Answer until standard input ends."""
    os.nice(KINDNESS)
    # What a library prints must not stand between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with answers:
        serve(tools(), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
