"""``rasa shell``: no gateway before Rasa, and here no action server behind it either."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from deploy.stack import free_port
from deploy.train import ROOT, environment, model_path

RASA = ROOT / ".venv/bin/rasa"
SHELL = ["shell", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml", "--model"]


@pytest.mark.stack
def test_an_emergency_is_told_once_in_rasa_shell_without_the_action_server(tmp_path: Path) -> None:
    typed = "what is foot drop\nI cant breathe\nI cant breathe\n/stop\n"
    variables = {"DORSI_HOME": str(tmp_path), "ACTIONS_PORT": str(free_port())}
    ended = subprocess.run(
        [RASA, *SHELL, model_path()],
        cwd=ROOT,
        env={**environment(), **variables},
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.stdout.count("Call 112, 999 or 911 now.") == 1, ended.stderr
