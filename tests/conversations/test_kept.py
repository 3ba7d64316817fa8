"""What is kept between visits, read and erased over the chat API; and the page for the doctor."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from content.load import load
from deploy.stack import Stack

FOUND = load().coach
assert FOUND is not None
BUTTONS = FOUND.buttons
STEPS = len(FOUND.exercises["toe_raises"].steps)

pytestmark = pytest.mark.stack


class Visit:
    """One session of one browser."""

    def __init__(self, http: httpx.Client, diary: str | None = None) -> None:
        self._http = http
        opened = http.post("/api/sessions", json={"region": "GB", "diary": diary}).json()
        self.diary: str = opened["diary"]
        self._headers = {"Authorization": f"Bearer {opened['session']}"}
        self.reply: list[dict[str, Any]] = []

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.reply)

    def says(self, text: str) -> Visit:
        return self._send({"text": text})

    def presses(self, title: str) -> Visit:
        offered = {b["title"]: b["id"] for message in self.reply for b in message["buttons"]}
        assert title in offered, f"{title!r} is none of {list(offered)} below:\n{self.text}"
        return self._send({"choice": offered[title]})

    def exercises(self) -> Visit:
        """Once through the toe raises and the questions after them."""
        self.says("do the toe raises with me").presses(BUTTONS["none_of_these"])
        for _ in range(STEPS):
            self.presses(BUTTONS["next"])
        return self.presses("😐 About right").presses("🙂 0: no pain")

    def kept(self) -> Any:
        answer = self.get("/api/session")
        assert answer.status_code == 200
        return answer.json()

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path, headers=self._headers)

    def erases(self) -> None:
        assert self._http.delete("/api/session", headers=self._headers).status_code == 204

    def _send(self, body: dict[str, str]) -> Visit:
        sent = {"id": str(uuid.uuid4()), **body}
        answer = self._http.post("/api/messages", json=sent, headers=self._headers)
        assert answer.status_code == 200, answer.text
        self.reply = answer.json()["messages"]
        return self


@pytest.fixture
def http(stack: Stack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.url, timeout=30, trust_env=False) as client:
        yield client


def test_a_diary_agreed_to_is_exported_found_again_and_gone_once_erased(http: httpx.Client) -> None:
    first = Visit(http).exercises()
    assert "May I remember" in first.text
    first.presses(BUTTONS["yes"])
    assert [m["remember"] for m in first.reply if "remember" in m] == [True]
    assert [done["exercise"] for done in _exercises(first.kept()["diary"])] == ["toe_raises"]

    second = Visit(http, first.diary)
    assert second.diary == first.diary
    assert "no exercise diary" not in second.says("how am I doing").text
    assert len(_exercises(second.kept()["diary"])) == 1

    second.erases()
    assert second.get("/api/session").status_code == 401
    assert first.kept()["diary"] is None
    third = Visit(http, first.diary)
    assert "no exercise diary" in third.says("how am I doing").text


def test_nothing_is_kept_of_somebody_who_says_no(http: httpx.Client) -> None:
    visit = Visit(http).exercises().presses(BUTTONS["no"])
    assert visit.kept()["diary"] is None
    assert "no exercise diary" in Visit(http, visit.diary).says("how am I doing").text


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>")])
def test_the_summary_for_the_doctor_is_fetched_by_its_own_session_alone(
    http: httpx.Client, form: str, begins: bytes
) -> None:
    visit = Visit(http).says("my left foot keeps catching on the rug since Easter")
    visit.says("summary for my doctor").says("that's right")
    urls = [d["url"] for message in visit.reply for d in message.get("downloads", [])]
    url = next(url for url in urls if url.endswith(form))
    page = visit.get(url)
    assert page.status_code == 200
    assert page.content[:20].lower().startswith(begins.lower())
    assert Visit(http).get(url).status_code == 404


def _exercises(diary: dict[str, Any]) -> list[dict[str, Any]]:
    return [done for visit in diary["visits"] for done in visit["done"]]
