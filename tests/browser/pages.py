"""The page in a browser: opening it, typing into it, keeping a picture of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PICTURES = Path(os.environ.get("PICTURES", "var/pictures"))


@contextmanager
def opened(
    browser: Browser, url: str, *, forgiven: str | None = None, **context: Any
) -> Iterator[Page]:
    """A page in a profile of its own, which must not complain of anything else than is forgiven."""
    size = {"width": 900, "height": 1000}
    profile = browser.new_context(**{"viewport": size, **context})
    page = profile.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(url)
    yield page
    assert [said for said in complaints if not (forgiven and forgiven in said)] == []
    profile.close()


def ask(page: Page, text: str) -> None:
    """Type a message and send it."""
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
