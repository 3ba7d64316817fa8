"""Numbers of the menu, counted beside the pages."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from desk import counting
from desk.access.permissions import Role
from tests.desk.conftest import SignedIn


async def test_numbers_are_there_at_once_and_follow_and_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(counting, "EVERY_SECONDS", 0.01)
    found = {"open": 1, "odd": 7}

    async def count_open(_: Any) -> int:
        return found["open"]

    async def count_odd(_: Any) -> int:
        if found["open"] == 2:
            raise RuntimeError("words of a patient")
        return found["odd"]

    state, database = SimpleNamespace(), SimpleNamespace()
    counts: counting.Counts = {"odd": count_odd, "open": count_open}
    with caplog.at_level(logging.ERROR):
        async with counting.counting(state, database, counts):  # type: ignore[arg-type]
            assert (state.open, state.odd) == (1, 7)
            found["open"] = 2
            async with asyncio.timeout(5):
                while state.open != 2:
                    await asyncio.sleep(0.01)
    assert state.odd == 7
    assert "words of a patient" not in caplog.text
    assert "cannot be counted" in caplog.text


async def test_every_page_has_the_number_of_open_incidents_for_those_who_review(
    signed_in: SignedIn,
) -> None:
    reviewer, viewer = await signed_in(Role.REVIEWER), await signed_in(Role.VIEWER)
    reviewer.app.state.open_incidents = 3
    assert '<span class="unseen">open: </span>3' in (await reviewer.get("/account")).text
    assert "open: " not in (await viewer.get("/account")).text


async def test_every_page_has_the_number_of_open_work_for_those_who_edit(
    signed_in: SignedIn,
) -> None:
    editor, reviewer = await signed_in(Role.EDITOR), await signed_in(Role.REVIEWER)
    editor.app.state.open_work = 7
    assert '<span class="unseen">open: </span>7' in (await editor.get("/account")).text
    assert "open: " not in (await reviewer.get("/account")).text
