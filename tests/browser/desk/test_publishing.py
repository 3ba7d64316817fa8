"""A topic's way from an editor's desk to a patient's chat, with everything that is between them."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.stack import Stack
from deploy.train import ROOT, home
from tests.browser.desk.staff import employed, first_administrator
from tests.browser.pages import Chat, opened, picture

pytestmark = pytest.mark.publishing

TITLE = "Camping with foot drop"
SCOPE = "Sleeping in a tent: ropes, mats, washrooms, the way there at night. Not trips in general."
EXAMPLES = """\
can i go camping with foot drop
camping with a brace
tips for sleeping in a tent
how do i get up from the floor of a tent
is a tent a bad idea for me
we want to camp by a lake and my foot drops
what should i pack for a camp site
i keep tripping on the guy ropes
guy ropes and drop foot
can you camp with ms
a field at night and a weak foot, how do i get to the toilet block
first time camping since my foot went
which bed for a tent when you cannot push up
is glamping easier
camping tips please
my scout group camps in june and i wear a splint
will wet grass be a problem at the camp site
how to keep my afo dry in a tent
the kids want to sleep in a tent this summer
i would like to go wild camping with a friend
tent pegs everywhere and i cannot lift my toes
is a camper van better than a tent
camping chair too low for me to get out of
where do i put my brace at night in the tent
festival camping with a bad foot
can i pitch a tent with one good leg
"""
ANSWER = (
    "Yes, you can go camping. Ask for a flat pitch near the toilets. Tie bright cloth to ropes.",
    "Take a high bed and a firm chair. Keep a torch by your bed. Put your brace on to walk.",
)
ASKED = "could i sleep in a tent with my drop foot"
SECONDS = 600
# The content's history is copied with the first page that shows content.
PAGE_MS = 60_000
# The page asks now and then how far the checks are; whoever leaves it ends the question.
LEFT = ("htmx:sendAbort", "htmx:afterRequest")
LEARNT = ("embeddings.npz",)
CHECKED_MS = 480_000
LIVE_MS = 180_000


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A whole Dorsi of its own, whose content comes from a repository of its own."""
    folder = tmp_path_factory.mktemp("house")
    upstream = folder / "content.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, upstream], check=True)
    branch = subprocess.run(
        ["git", "-C", upstream, "symbolic-ref", "--short", "HEAD"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    variables = {
        "DORSI_CONTENT_REPOSITORY": str(upstream),
        "DORSI_CONTENT_BRANCH": branch,
    }
    state = folder / "state"
    state.mkdir()
    for known in LEARNT:
        # A Dorsi that trained its model knows how its examples are embedded.
        if (home() / known).exists():
            shutil.copy(home() / known, state)
    with Stack(0, state, variables=variables) as running:
        yield running


def made(page: Page, desk: str) -> None:
    """Make the topic, and fill in all its fields."""
    page.goto(f"{desk}/content/new/topic")
    page.get_by_label("Family").select_option("daily_life")
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label("Scope").fill(SCOPE)
    page.get_by_label("Title of a new change").fill("A topic about camping")
    page.get_by_role("button", name="Make it").click()
    form = page.locator("#edit")
    expect(form).to_be_visible()
    form.get_by_label("Examples").fill(EXAMPLES)
    for number, text in enumerate(ANSWER, start=1):
        form.get_by_role("group", name="Answer").get_by_role("textbox").nth(number - 1).fill(text)
        if number < len(ANSWER):
            form.get_by_role("button", name="Save", exact=True).click()
    for name, id in (("Offered next", "daily_life/travel"), ("Sources", "mymsteam-travel")):
        form.get_by_role("group", name=name).get_by_role("combobox").first.fill(id)
    form.get_by_label("Reviewed on").fill(time.strftime("%Y-%m-%d"))
    due = f"{int(time.strftime('%Y')) + 1}-01-15"
    form.get_by_label("Review due").fill(due)
    picture(page, "publishing-1-form")
    form.get_by_role("button", name="Save, and back to the change").click()
    picture(page, "publishing-2-change")


def checked(page: Page) -> None:
    """Hand it in, and have it checked."""
    page.get_by_role("button", name="Hand it in").click()
    page.get_by_role("link", name="Checks and approvals").click()
    page.get_by_role("button", name="Run the checks").click()
    expect(page.get_by_text("may be published")).to_be_visible(timeout=CHECKED_MS)
    picture(page, "publishing-3-report")


def published(page: Page, address: str) -> None:
    """Approve of it as somebody else, and put it before patients."""
    page.goto(address)
    page.get_by_role("button", name="Approve as publisher").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Patients get release 2, since")).to_be_visible(timeout=LIVE_MS)
    picture(page, "publishing-4-live")


def test_a_new_topic_is_written_checked_approved_and_answered_to_a_patient(
    browser: Browser, house: Stack
) -> None:
    ada = first_administrator(house, "ada")
    began = time.monotonic()
    with opened(browser, ada.url, forgiven=LEFT) as hers:
        hers.set_default_timeout(PAGE_MS)
        ada.sign_in(hers)
        eve, first_password = employed(hers, ada, "eve", "editor")
        with opened(browser, eve.url, forgiven=LEFT) as page:
            page.set_default_timeout(PAGE_MS)
            eve.begin(page, first_password)
            made(page, eve.url)
            checked(page)
            way = page.url.split("/checks")[0] + "/publishing"
        published(hers, way)
    with opened(browser, f"{house.url}/chat?region=GB") as page:
        chat = Chat(page)
        chat.ask(ASKED)
        expect(page.get_by_role("log").get_by_text("Tie bright cloth to ropes.")).to_be_visible()
        picture(page, "publishing-5-asked")
    assert time.monotonic() - began < SECONDS
