"""The staff's desk beside the patients' gateway: whatever becomes of it, patients are served."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from deploy.stack import DIRECT, Stack

pytestmark = pytest.mark.stack
SOON = 60


def ask(stack: Stack) -> str:
    """What a patient gets for an answer."""
    opened = stack.post("/api/sessions", {"region": "GB"})
    body = {"id": "00000000-0000-4000-8000-000000000000", "text": "what is an afo"}
    answer = stack.post("/api/messages", body, str(opened["session"]))
    return str(answer["messages"])


def process_of_desk(stack: Stack) -> int | None:
    """The desk's process, a child of the supervisor."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(stack.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for line in listed.splitlines():
        pid, _, command = line.strip().partition(" ")
        if "-m desk serve" in command:
            return int(pid)
    return None


def until_up(stack: Stack) -> bool:
    """Whether the desk answers before long."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if stack.is_up("desk"):
            return True
        time.sleep(0.1)
    return False


def test_the_desk_asks_staff_to_sign_in(stack: Stack) -> None:
    assert until_up(stack)
    with DIRECT.open(f"{stack.desk_url}/", timeout=15) as page:
        assert page.url == f"{stack.desk_url}/sign-in"
        assert b"<h1>Sign in</h1>" in page.read()


def test_a_killed_desk_comes_back_and_patients_notice_nothing(stack: Stack) -> None:
    assert until_up(stack)
    before = process_of_desk(stack)
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert "ankle-foot orthosis" in ask(stack)
    assert until_up(stack)
    assert process_of_desk(stack) not in (before, None)


def test_a_desk_that_cannot_start_leaves_patients_served(tmp_path: Path) -> None:
    with Stack(0, tmp_path, variables={"DESK_HOURS": "none"}) as stack:
        assert not stack.is_up("desk")
        assert "ankle-foot orthosis" in ask(stack)
        assert stack.is_healthy()
    assert "desk_hours" in (tmp_path / "log" / "desk.log").read_text()
