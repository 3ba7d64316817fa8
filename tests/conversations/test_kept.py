"""What is kept between visits, read and erased over the chat API; and the page for the doctor."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from content.load import load
from tests.visits import Visit

FOUND = load().coach
assert FOUND is not None
BUTTONS = FOUND.buttons
STEPS = len(FOUND.exercises["toe_raises"].steps)

pytestmark = pytest.mark.stack


class Patient(Visit):
    """A visit in which somebody exercises, and looks at what is kept."""

    def exercises(self) -> Patient:
        """Once through the toe raises and the questions after them."""
        self.says("do the toe raises with me").presses(BUTTONS["none_of_these"])
        for _ in range(STEPS):
            self.presses(BUTTONS["next"])
        return self.presses("😐 About right").presses("🙂 0: no pain")

    def kept(self) -> Any:
        return self.call("GET", "/api/session")

    def erases(self) -> None:
        assert self.request("DELETE", "/api/session").status_code == 204


def test_a_diary_agreed_to_is_exported_found_again_and_gone_once_erased(http: httpx.Client) -> None:
    first = Patient(http).exercises()
    assert "May I remember" in first.text
    first.presses(BUTTONS["yes"])
    assert [m["remember"] for m in first.reply if "remember" in m] == [True]
    assert [done["exercise"] for done in _exercises(first.kept()["diary"])] == ["toe_raises"]

    second = Patient(http, first.diary)
    assert second.diary == first.diary
    assert "no exercise diary" not in second.says("how am I doing").text
    assert len(_exercises(second.kept()["diary"])) == 1

    second.erases()
    assert second.request("GET", "/api/session").status_code == 401
    assert first.kept()["diary"] is None
    third = Patient(http, first.diary)
    assert "no exercise diary" in third.says("how am I doing").text


def test_nothing_is_kept_of_somebody_who_says_no(http: httpx.Client) -> None:
    visit = Patient(http).exercises().presses(BUTTONS["no"])
    assert visit.kept()["diary"] is None
    assert "no exercise diary" in Patient(http, visit.diary).says("how am I doing").text


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>")])
def test_the_summary_for_the_doctor_is_fetched_by_its_own_session_alone(
    http: httpx.Client, form: str, begins: bytes
) -> None:
    visit = Patient(http).says("my left foot keeps catching on the rug since Easter")
    visit.says("summary for my doctor").says("that's right")
    urls = [d["url"] for message in visit.reply for d in message.get("downloads", [])]
    url = next(url for url in urls if url.endswith(form))
    page = visit.request("GET", url)
    assert page.status_code == 200
    assert page.content[:20].lower().startswith(begins.lower())
    assert Patient(http).request("GET", url).status_code == 404


def _exercises(diary: dict[str, Any]) -> list[dict[str, Any]]:
    return [done for visit in diary["visits"] for done in visit["done"]]
