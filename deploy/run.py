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
        epilog="Environment: PORT (8080), HOST (127.0.0.1), DESK_PORT (8081), "
        "DESK_HOST (127.0.0.1), DORSI_HOME (var/), DATABASE_URL, "
        "DORSI_RELEASE (none: what is in data/, whatever was published).",
    )
    parser.parse_args()
    stack = Stack(
        chosen_port(parser, "PORT", "8080", "8090"),
        host=os.environ.get("HOST", LOOPBACK),
        desk_port=chosen_port(parser, "DESK_PORT", "8081", "8091"),
        desk_host=os.environ.get("DESK_HOST") or LOOPBACK,
    )

    def interrupted(*_: int | FrameType | None) -> None:
        raise KeyboardInterrupt

    # Set outright: a shell starts its background jobs with SIGINT ignored.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, interrupted)
    try:
        print("Starting …", flush=True)
        stack.start()
        for line in stack.said:
            print(line, flush=True)
        seconds = stack.wait()
        print(f"Ready after {seconds:.0f} s. The patient's page: {stack.url}/")
        print(told_of_desk(stack))
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


def chosen_port(parser: argparse.ArgumentParser, name: str, default: str, example: str) -> int:
    """The port that an environment variable names; what is none ends the program with status 2."""
    port = os.environ.get(name) or default
    if not (port.isascii() and port.isdigit()) or int(port) > MAX_PORT:
        parser.error(
            f"{name} is {port!r}; it must be at most {MAX_PORT}, for example "
            f"{name}={example} make run"
        )
    return int(port)


def told_of_desk(stack: Stack) -> str:
    """Where the staff's desk is; that it does not answer stops nobody from serving patients."""
    if stack.is_up("desk"):
        return f"The staff's desk: {stack.desk_url}/ (`make desk-admin` makes the first user)"
    return f"The staff's desk does not answer yet; see {stack.state / 'log' / 'desk.log'}"


if __name__ == "__main__":
    raise SystemExit(main())
