"""``python -m triage``: one text a line in, one JSON object a line out."""

from __future__ import annotations

import argparse
import io
import json
import sys
from typing import Any

from triage.model import Screening
from triage.screening import screen


def main() -> None:
    """Screen the lines of standard input."""
    parser = argparse.ArgumentParser(prog="python -m triage", description=__doc__)
    parser.add_argument(
        "--explain", action="store_true", help="add why every candidate was kept or dropped"
    )
    options = parser.parse_args()
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace", newline="\n")
    for line in lines:
        found = screen(line.rstrip("\r\n"))
        print(json.dumps(_json(found, options.explain), ensure_ascii=False), flush=True)


def _json(found: Screening, explain: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "level": found.level.value,
        "flags": [
            {"id": flag.id, "level": flag.level.value, "text": flag.text} for flag in found.flags
        ],
    }
    if explain:
        shown["reasons"] = {flag.id: flag.reason for flag in found.flags}
        shown["dropped"] = {flag.id: flag.reason for flag in found.dropped}
        shown["unsure"] = found.unsure.id if found.unsure else None
        shown["candidates"] = [
            {
                "sign": one.sign,
                "text": one.text,
                "status": one.status.value,
                "cue": one.cue,
                "pattern": one.pattern,
            }
            for one in found.candidates
        ]
    return shown


if __name__ == "__main__":
    main()
