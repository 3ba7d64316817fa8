"""What open streams cost the gateway in memory while nobody says anything."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from deploy.stack import LOOPBACK, Stack
from tests.load.talking import Door, Patient, measured, options

PORT = 4110
HEADERS = "GET /api/stream HTTP/1.1\r\nHost: dorsi\r\nAuthorization: Bearer {token}\r\n\r\n"
# Longer than the time from one heartbeat to the next.
WATCHED_SECONDS = 20


def main() -> None:
    """Start a stack of its own, open streams, and print what they cost."""
    parser = options(__doc__, port=PORT)
    parser.add_argument("--streams", type=int, default=300, help="how many, each of one session")
    given = parser.parse_args()
    with measured(given.port) as stack:
        gateway = process(stack, "gateway")
        door = Door(stack.port)
        patients = [Patient(door) for _ in range(given.streams)]
        before = memory(gateway)
        streams = [opened(stack.port, patient.token) for patient in patients]
        worked = cpu(gateway)
        time.sleep(WATCHED_SECONDS)
        share = (cpu(gateway) - worked) / WATCHED_SECONDS
        after = memory(gateway)
        took = patients[0].say("hello")
        heard = b"hello" in streams[0].recv(65536)
        alive = sum(b"\n\n" in stream.recv(65536) for stream in streams[1:]) + heard
        for stream in streams:
            stream.close()
        door.close()
    print(f"{given.streams} streams, {alive} alive after {WATCHED_SECONDS} s")
    print(f"memory of the gateway: {before:.0f} MB before, {after:.0f} MB with them")
    print(f"processor: {share:.1%} of one core; a turn meanwhile took {took:.0f} ms")


def opened(port: int, token: str) -> socket.socket:
    """A stream that has begun."""
    stream = socket.create_connection((LOOPBACK, port), timeout=30)
    stream.sendall(HEADERS.format(token=token).encode())
    head = stream.recv(65536)
    if b" 200 " not in head:
        raise RuntimeError(head[:200])
    return stream


def process(stack: Stack, module: str) -> int:
    """The id of the process of the stack that runs a module; on Linux alone."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it ended meanwhile
        if parent == stack.pid and words[1:3] == [b"-m", module.encode()]:
            return int(folder.name)
    raise RuntimeError(f"the stack runs no {module}")


def memory(pid: int) -> float:
    """Megabytes that a process has in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"nothing is said of the memory of {pid}")


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    main()
