"""``python -m gate``: whether a change of the content may reach patients.

Prints one line of JSON a step of progress, and the report's place last; ``--plain`` prints text.
Exit status: 0 passed, 1 stopped by what was found, 2 a tool failed, so that nothing is known.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import FrameType

from deploy.train import ONE_THREAD, content, environment
from gate import plain
from gate.committed import committed
from gate.job import Job
from gate.report import StepId
from gate.running import Progress, gate

PASSED, STOPPED, BROKEN, CALLED_OFF = 0, 1, 2, 128 + signal.SIGTERM


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a change and write its report.

    Args:
        arguments: those of the command line.

    Returns:
        The exit status.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _called_off)
    try:
        with ExitStack() as stack:
            live = options.live or stack.enter_context(committed())
            return _checked(options, live)
    except KeyboardInterrupt:
        return CALLED_OFF


def _checked(options: argparse.Namespace, live: Path) -> int:
    options.out.mkdir(parents=True, exist_ok=True)
    job = Job(
        data=options.data.resolve(),
        live=live.resolve(),
        out=options.out.resolve(),
        today=options.today,
        reason=options.reason,
        release=options.live_model,
    )
    # All that the steps start reads this content; another model must not stand in for its own.
    os.environ.update({**ONE_THREAD, **environment(), "DORSI_DATA": str(job.data)})
    os.environ.pop("DORSI_MODEL", None)
    report = gate(job, options.steps, plain.tell if options.plain else _tell)
    file = report.write(job.out)
    if options.plain:
        print(plain.summary(report, file))
    else:
        print(json.dumps({"report": str(file), "passed": report.passed}), flush=True)
    if report.broken:
        return BROKEN
    return PASSED if report.passed else STOPPED


def _tell(progress: Progress) -> None:
    print(json.dumps(asdict(progress), ensure_ascii=False), flush=True)


def _called_off(number: int, frame: FrameType | None) -> None:
    # Once is enough: what is being ended must be let end.
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--data", type=_folder, default=content(), help="the content to check (default: data/)")
    add("--live", type=_folder, help="what patients get today (default: data/ as committed)")
    add("--live-model", type=Path, metavar="FILE", help="its model (default: beside it)")
    add("--out", type=Path, required=True, help="the folder for report.json")
    add("--steps", type=StepId, nargs="+", default=list(StepId), metavar="STEP", help=_steps())
    add("--reason", default="", help="why: red flags that lose something have to be named here")
    add("--today", type=date.fromisoformat, default=date.today(), metavar="YYYY-MM-DD")
    add("--plain", action="store_true", help="print text for people")
    return parser


def _steps() -> str:
    return "only these of " + ", ".join(step.value for step in StepId)


def _folder(name: str) -> Path:
    if not Path(name).is_dir():
        raise argparse.ArgumentTypeError(f"{name} is not a folder")
    return Path(name)


if __name__ == "__main__":
    sys.exit(main())
