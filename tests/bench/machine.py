"""The machine that is measured on, and how busy it is."""

from __future__ import annotations

import os
import resource
from pathlib import Path


def load() -> float:
    """How many processes wanted to run in the last minute, on average."""
    return os.getloadavg()[0]


def described() -> str:
    """Its processors and its memory."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} processors ({_processor()}), {pages / 2**30:.0f} GiB"


def used_by_children() -> float:
    """Seconds of processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown"
