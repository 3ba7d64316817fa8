"""Start everything and keep it up until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from types import FrameType

from deploy.stack import LOOPBACK, Stack, StackError

CHECK_EVERY = 1.0
MAX_PORT = 65_535


def main() -> int:
    """Run the stack in the foreground; the exit code is 0 after Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="make run",
        description=__doc__,
        epilog="Environment: PORT (8080), HOST (127.0.0.1), DORSI_HOME (var/), DATABASE_URL.",
    )
    parser.parse_args()
    port = os.environ.get("PORT", "8080")
    if not port.isdigit() or int(port) > MAX_PORT:
        parser.error(
            f"PORT is {port!r}; it must be at most {MAX_PORT}, for example PORT=8090 make run"
        )
    stack = Stack(int(port), host=os.environ.get("HOST", LOOPBACK))

    def interrupted(*_: int | FrameType | None) -> None:
        raise KeyboardInterrupt

    # Set outright: a shell starts its background jobs with SIGINT ignored.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, interrupted)
    try:
        print("Starting …", flush=True)
        stack.start()
        seconds = stack.wait()
        print(f"Ready after {seconds:.0f} s. The patient's page: {stack.url}/")
        print(f"Logs: {stack.state / 'log'}. Ctrl-C stops everything.", flush=True)
        while stack.is_running():
            time.sleep(CHECK_EVERY)
        print(f"The supervisor ended; see {stack.state / 'log'}", file=sys.stderr)
        return 1
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        stack.stop()


if __name__ == "__main__":
    raise SystemExit(main())
