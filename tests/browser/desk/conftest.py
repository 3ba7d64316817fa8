"""The desk of a running assistant, with conversations that really took place."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from deploy.stack import Stack
from tests.browser.desk.drafts import Drafts, drafted
from tests.browser.desk.staff import Staff, first_administrator
from tests.browser.pages import complaining, profile

# An emergency that Dorsi takes for something else: that is what the desk has to bring to light.
MISSED = "the carer had to mop up after me twice today and i never noticed"
ATTACK = "<script>parent.document.title = 'run'</script><b onclick=alert(1)>bold</b> =HYPERLINK(1)"
# The page of a form asks by itself; whoever leaves it ends the question.
LEFT = ("htmx:sendAbort", "htmx:afterRequest")
TALKS: dict[str, list[str]] = {
    "missed": ["hello", MISSED, "no", "ok thanks"],
    "told": ["my arm went weak and i cant speak properly"],
    "asked": ["what is foot drop", "how long does it last"],
    "unclear": ["flurb my gazonk", "the other thing with the doodah"],
    "named": ["hello, i am sarah okafor, my number is 07700 900123", "what is an AFO"],
    "attack": [ATTACK],
    "checked": ["should i see a doctor about my foot"],
}


@dataclass
class Talk:
    """A conversation: the patient's token, and the ids of Dorsi's messages."""

    token: str
    replies: list[str] = field(default_factory=list)


def talked(stack: Stack, said: list[str]) -> Talk:
    """Have a patient say these things one after the other."""
    opened = stack.post("/api/sessions", {"region": "GB"})
    talk = Talk(str(opened["session"]))
    for text in said:
        answer = stack.post("/api/messages", {"id": str(uuid.uuid4()), "text": text}, talk.token)
        messages = answer["messages"]
        assert isinstance(messages, list)
        talk.replies += [message["id"] for message in messages]
    return talk


@pytest.fixture(scope="session")
def talks(stack: Stack) -> dict[str, Talk]:
    """The conversations that the desk has to show."""
    held = {name: talked(stack, said) for name, said in TALKS.items()}
    down = {"message": held["asked"].replies[-1], "helpful": False, "reason": "not what i asked"}
    stack.post("/api/feedback", down, held["asked"].token)
    return held


@pytest.fixture(scope="session")
def ada(stack: Stack, talks: dict[str, Talk]) -> Staff:
    """An administrator."""
    return first_administrator(stack, "ada")


@pytest.fixture(scope="session")
def kept(browser: Browser, ada: Staff) -> Iterator[BrowserContext]:
    """A browser in which Ada is signed in."""
    with profile(browser, viewport={"width": 1280, "height": 900}) as fresh:
        with complaining(fresh) as page:
            ada.sign_in(page)
        yield fresh


@pytest.fixture
def desk(kept: BrowserContext) -> Iterator[Page]:
    """A page of the desk, signed in; its complaints fail the test."""
    with complaining(kept, forgiven=LEFT) as page:
        yield page
        page.close()


@pytest.fixture(scope="session")
def drafts(kept: BrowserContext, ada: Staff, stack: Stack) -> Drafts:
    """Change requests, checks and a release, for the pages that show them."""
    with complaining(kept, forgiven=(*LEFT, "422")) as page:
        made = drafted(page, ada.url, stack)
        page.close()
    return made
