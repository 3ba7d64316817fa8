"""Train and score candidate pipelines for understanding, and write docs/lab.md (`make lab`).

What was worked out is kept in DORSI_HOME/lab, so that an interrupted run goes on where it was.
"""

from __future__ import annotations

import argparse
import sys

from lab.understanding import packages, report
from lab.understanding.registry import CANDIDATES, EPOCHS
from lab.understanding.run import Run, keep


def main() -> int:
    """Run what is asked for, candidate by candidate; the page is written after each."""
    parser = argparse.ArgumentParser(prog="make lab, or python -m lab.understanding")
    parser.description = __doc__
    names = " ".join(CANDIDATES)
    parser.add_argument("--only", nargs="+", choices=CANDIDATES, metavar="NAME", help=names)
    parser.add_argument(
        "--quick", action="store_true", help="a short lesson: 8 short examples a label, no folds"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of DIET (default %(default)s)")
    parser.add_argument(
        "--heldout", action="store_true", help="at the very end: the held-out messages, once"
    )
    options = parser.parse_args()
    packages.fetch()
    file = report.SHORT if options.quick else report.RESULTS
    for name in options.only or CANDIDATES:
        run = Run(name, options.epochs, options.quick)
        found = run.result()
        # Read again: another run may have written meanwhile.
        results = report.kept(file)
        found["heldout"] = results.get(name, {}).get("heldout")
        if options.heldout and not options.quick:
            found["heldout"] = run.heldout()
        keep({**results, name: found}, file)
        report.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
