"""What a trained candidate costs: run in a process of its own, it prints one line of JSON."""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

MESSAGES, WARM_UP = 150, 15


def resident() -> float:
    """This process's memory in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Load, understand messages one by one on one core, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("candidate")
    parser.add_argument("folder", type=Path, help="where its trained model lies")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    before, started = resident(), time.monotonic()
    # Imported here, so that libraries count as what they cost.
    from lab.understanding.deciding import AsLeft, gated
    from lab.understanding.registry import CANDIDATES, DEFAULT, EPOCHS

    candidate = CANDIDATES[options.candidate].make(EPOCHS)
    candidate.load(options.folder, remember=False)
    model = AsLeft(candidate) if options.candidate == DEFAULT else gated(candidate, 1.0)
    model.understand("what is foot drop")
    loaded = time.monotonic() - started

    import numpy as np

    from lab.understanding.data import in_scope
    from lab.understanding.packages import size

    texts = in_scope().texts[:: max(1, len(in_scope().texts) // MESSAGES)][:MESSAGES]
    spent, passed = [], []
    for text in [*texts[:WARM_UP], *texts]:
        clock, processor = time.perf_counter(), time.process_time()
        model.understand(text)
        spent.append(1000 * (time.process_time() - processor))
        passed.append(1000 * (time.perf_counter() - clock))
    figures = {
        "load s": loaded,
        "memory MB": resident() - before,
        "disk MB": sum(map(size, [options.folder, *candidate.needs()])) / 1e6,
        "p50 ms": float(np.percentile(spent[WARM_UP:], 50)),
        "p95 ms": float(np.percentile(spent[WARM_UP:], 95)),
        "p50 ms passed": float(np.percentile(passed[WARM_UP:], 50)),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
