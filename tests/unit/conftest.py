"""What several unit tests share."""

from __future__ import annotations

import pytest

from actions import replies

from . import small


@pytest.fixture
def small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions speak from the small catalogue."""
    monkeypatch.setattr(replies, "the_catalogue", lambda: small.CATALOGUE)
