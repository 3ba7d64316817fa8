"""A page in a browser and the chat on it: opening it, writing to it, keeping a picture of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

PICTURES = Path(os.environ.get("PICTURES", "var/pictures"))
SIZE = {"width": 900, "height": 1000}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@contextmanager
def opened(
    browser: Browser, url: str, *, forgiven: str | tuple[str, ...] = (), **context: Any
) -> Iterator[Page]:
    """A page in a profile of its own, which must not complain of anything else than is forgiven."""
    with profile(browser, **context) as fresh, complaining(fresh, forgiven) as page:
        page.goto(url)
        yield page


@contextmanager
def profile(browser: Browser, **context: Any) -> Iterator[BrowserContext]:
    """A profile of its own, closed whatever happens."""
    fresh = browser.new_context(**{"viewport": SIZE, **context})
    fresh.set_default_timeout(10_000)
    try:
        yield fresh
    finally:
        fresh.close()


def told(said: ConsoleMessage) -> str:
    """What the console says, and of which address."""
    return f"{said.text} ({said.location.get('url', '')})"


@contextmanager
def complaining(profile: BrowserContext, forgiven: str | tuple[str, ...] = ()) -> Iterator[Page]:
    """A new page of a profile; its complaints fail the test."""
    page = profile.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(told(said)) if said.type == "error" else None)
    yield page
    known = (forgiven,) if isinstance(forgiven, str) else forgiven
    unforgiven = [said for said in complaints if not any(one in said for one in known)]
    assert not unforgiven, unforgiven


class Chat:
    """The chat's element as a patient meets it: what is found by what it says, not how it is made.

    Args:
        page: a page with one chat on it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("dorsi-chat")
        self.launcher = self.button("Chat with Dorsi")
        self.panel = self.element.get_by_role("dialog", name="Chat with Dorsi")
        self.box = self.element.get_by_label("Your message")
        self.log = self.element.get_by_role("log", name="Conversation")
        self.status = self.element.get_by_role("status")
        self.help = self.element.get_by_role("region", name="Urgent help")
        self.menu = self.element.get_by_role("region", name="Menu")

    def button(self, name: str) -> Locator:
        """The button of that name."""
        return self.element.get_by_role("button", name=name, exact=True)

    @property
    def last(self) -> Locator:
        """Dorsi's newest message."""
        return self.log.locator(".from-dorsi").last

    def open(self) -> None:
        """Open the panel as a mouse does."""
        self.launcher.click()
        expect(self.box).to_be_focused()

    def ask(self, text: str, answer: str | None = None) -> None:
        """Write a message and send it; then wait for the answer, if it is known."""
        self.box.fill(text)
        self.box.press("Enter")
        if answer is not None:
            expect(self.last).to_contain_text(answer)

    def count(self, text: str) -> int:
        """How many messages of the patient's have this text."""
        return self.log.locator(".from-patient .typed").get_by_text(text, exact=True).count()

    def picture(self, name: str) -> None:
        """Keep a picture of the page, to look at."""
        picture(self.page, name)


def schemes(page: Page) -> Iterator[str]:
    """The same page in light and then in dark."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        yield scheme


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window, on the page or in the chat."""
    return bool(
        page.evaluate("""() => {
            const root = document.documentElement;
            const boxes = [...document.querySelector("dorsi-chat")?.shadowRoot
                .querySelectorAll(".frame, .scroll, .sheet, header, footer, .message") ?? []];
            return root.scrollWidth <= innerWidth && boxes.every((box) =>
                box.scrollWidth <= box.clientWidth + 1
                && box.getBoundingClientRect().right <= innerWidth + 1);
        }""")
    )


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
