"""What the browser tests share: the browser, and a gateway on a Rasa that is played."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.train import ROOT
from tests.browser.hosts import Hosts, hosting
from tests.browser.pages import Chat, opened
from tests.browser.played import FOOT, PlayedRasa, gateway

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OFFLINE = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", *OFFLINE]
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content, with a picture of a size that is known."""
    data = tmp_path_factory.mktemp("content") / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "exercises" / "pictures" / "toe_raises" / "2.svg").write_text(FOOT)
    return data


@pytest.fixture(scope="session")
def rasa() -> PlayedRasa:
    return PlayedRasa()


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the database of the gateway at `url`."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="session")
def hosts() -> Iterator[Hosts]:
    """Pages of another origin, with the chat on them."""
    with hosting() as running:
        yield running


@pytest.fixture(scope="session")
def url(rasa: PlayedRasa, content: Path, state: Path, hosts: Hosts) -> Iterator[str]:
    """A gateway whose Rasa is played; pages of `hosts` may use it."""
    with gateway(rasa, content, state, origins=hosts.url) as address:
        hosts.gateway = address
        yield address


@pytest.fixture
def chat(browser: Browser, url: str) -> Iterator[Chat]:
    """The chat on a page of its own, in a new profile."""
    with opened(browser, f"{url}/chat?region=GB") as page:
        yield Chat(page)
