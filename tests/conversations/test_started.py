"""What a start leaves out, so that Rasa is soon back after it was killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.stack import Stack
from tests.faults.stacks import Mortal


@pytest.mark.stack
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux shows what is loaded")
def test_rasa_answers_without_having_loaded_tensorflow(stack: Stack) -> None:
    maps = Path(f"/proc/{Mortal(stack, stack.state).pid('rasa')}/maps").read_text()
    assert "onnxruntime" in maps
    assert "tensorflow" not in maps
