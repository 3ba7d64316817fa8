"""The demonstration data, played through the running assistant and removed again."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from deploy.stack import GATEWAY, ROOT, Stack

pytestmark = pytest.mark.stack
COUNT = 10


def demo(stack: Stack, *options: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`make demo-data` beside a stack that runs, with its folder or another."""
    variables = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "web"),
        "PORT": str(stack.port),
        "DORSI_HOME": str(home or stack.state),
        "DATABASE_URL": "",
    }
    return subprocess.run(
        [str(GATEWAY), "-m", "demo", *options],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def played(stack: Stack) -> Iterator[subprocess.CompletedProcess[str]]:
    """Ten conversations, which are removed after the test."""
    yield demo(stack, "--conversations", str(COUNT), "--seed", "3", "--days", "5", "--yes")
    demo(stack, "--remove")


def hashes(stack: Stack) -> list[str]:
    tokens = (stack.state / "demo_tokens.txt").read_text().split()
    return [hashlib.sha256(token.encode()).hexdigest() for token in tokens]


def rows(stack: Stack, query: str, *values: object) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(stack.state / "dorsi.db", timeout=10)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query, values).fetchall()


def test_conversations_are_played_recorded_spread_and_removed(
    stack: Stack, played: subprocess.CompletedProcess[str]
) -> None:
    assert played.returncode == 0, played.stderr
    assert f"{COUNT} conversations of" in played.stdout
    mine = hashes(stack)
    assert len(mine) == COUNT
    present = datetime.now(timezone.utc)
    said = 0
    for token_hash in mine:
        (session,) = rows(stack, "SELECT * FROM sessions WHERE token_hash = ?", token_hash)
        began = datetime.fromisoformat(session["created_at"]).replace(tzinfo=timezone.utc)
        assert present - timedelta(days=5, minutes=30) < began < present
        of_session = "SELECT * FROM messages WHERE session_id = ? ORDER BY seq"
        messages = rows(stack, of_session, session["id"])
        times = [message["created_at"] for message in messages]
        assert times == sorted(times)
        asked = [message for message in messages if message["direction"] == "patient"]
        answered = {message["reply_to"] for message in messages}
        assert all(message["id"] in answered for message in asked)
        said += len(asked)
    assert said >= COUNT
    removed = demo(stack, "--remove")
    assert (removed.returncode, removed.stderr) == (0, "")
    assert f"{COUNT} conversations are gone" in removed.stdout
    left = {session["token_hash"] for session in rows(stack, "SELECT token_hash FROM sessions")}
    assert not left & set(mine)
    assert "nothing to remove" in demo(stack, "--remove").stdout


def test_other_conversations_are_not_mixed_with_a_demonstration(stack: Stack) -> None:
    token = str(stack.post("/api/sessions", {})["session"])
    mine = hashlib.sha256(token.encode()).hexdigest()
    refused = demo(stack, "--conversations", "1")
    assert refused.returncode == 1
    assert "not of a demonstration" in refused.stderr
    assert rows(stack, "SELECT 1 FROM sessions WHERE token_hash = ?", mine)


def test_another_database_than_that_of_the_running_assistant_is_one_clear_error(
    stack: Stack, tmp_path: Path
) -> None:
    refused = demo(stack, "--conversations", "1", home=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("demo: the Dorsi that runs at PORT has another database")
