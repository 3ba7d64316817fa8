"""What the browser tests share: the browser, and a gateway on a Rasa that is played."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.stack import Stack
from deploy.train import ROOT
from tests.browser.hosts import Hosts, hosting
from tests.browser.pages import Chat, opened
from tests.browser.played import FOOT, PlayedRasa, gateway

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OFFLINE = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def begun_by(background: Executor, slow: AbstractContextManager[Any]) -> Iterator[Future[Any]]:
    """Something that takes long to begin, begun elsewhere; what it gives is waited for."""
    beginning = background.submit(slow.__enter__)
    try:
        yield beginning
    finally:
        if beginning.exception() is None:
            slow.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def begun(
    request: pytest.FixtureRequest, content: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Any]]]:
    """What takes long to begin and is wanted by a test that will run, begun before the first.

    One after the other, and what is wanted first comes first: the tests that run meanwhile need
    the rest of the machine.
    """
    slow: dict[str, AbstractContextManager[Any]] = {
        "alone": gateway(None, content, tmp_path_factory.mktemp("alone")),
        "stack": Stack(0, tmp_path_factory.mktemp("whole")),
    }
    wanted = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    with ThreadPoolExecutor(1) as background, ExitStack() as running:
        yield {
            name: running.enter_context(begun_by(background, one))
            for name, one in slow.items()
            if name in wanted
        }


@pytest.fixture(scope="session")
def stack(begun: dict[str, Future[Any]]) -> Stack:
    """The whole assistant, with nothing played."""
    running: Stack = begun["stack"].result()
    return running


@pytest.fixture(scope="session")
def alone(begun: dict[str, Future[Any]]) -> str:
    """The address of a gateway whose Rasa is not there."""
    address: str = begun["alone"].result()
    return address


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
