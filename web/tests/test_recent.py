"""What is at hand of the sessions is bounded, and never outlives what it stands for."""

import pytest

from gateway import recent
from gateway.recent import Recent
from records.models import Session


def session(number: int, token: str | None = None) -> Session:
    return Session(id=f"id-{number}", token_hash=token or f"hash-{number}", region="GB")


def test_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST", 2)
    kept = Recent()
    for number in (1, 2, 1, 3):
        kept.keep(f"hash-{number}", session(number))
        kept.keep_note(f"id-{number}", {"note": number})
    assert [bool(kept.session(f"hash-{number}")) for number in (1, 2, 3)] == [True, False, True]
    assert [kept.note(f"id-{number}") for number in (1, 2, 3)] == [{"note": 1}, None, {"note": 3}]


def test_a_session_is_not_kept_by_the_token_before() -> None:
    kept = Recent()
    kept.keep("old", session(1, token="new"))
    assert kept.session("old") is None
