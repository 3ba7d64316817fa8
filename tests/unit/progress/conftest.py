"""A diary in a file of its own, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from actions import remembered
from actions.progress import turn
from diary.database import migrate
from diary.store import Diary

from .talking import NOW, Talk


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Diary]:
    url = f"sqlite:///{tmp_path / 'diary.db'}"
    migrate(url)
    diary = Diary(url)
    monkeypatch.setattr(remembered, "_diary", lambda: diary)
    monkeypatch.setattr(turn, "time", SimpleNamespace(time=NOW.timestamp))
    yield diary
    diary.close()


@pytest.fixture
def talk(diary: Diary) -> Talk:
    return Talk(diary)
