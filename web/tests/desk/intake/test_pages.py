"""The inbox for editors as a browser does it, without JavaScript."""

import re
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, select

from desk.access.permissions import Role
from records.people import Deed
from records.reviewing import Work
from tests.desk.conftest import Client, SignedIn
from tests.desk.intake.conftest import change, in_vain, message_id, taken, talk, work
from tests.desk.talks import understood

SWIM = (
    "can I swim with my splint",
    "is it ok to swim with a splint on",
    "swimming with the splint on, is that ok",
)
MOST_BYTES = 100_000


async def follow(client: Client, answer: httpx.Response) -> str:
    """The page that an action leads to."""
    assert answer.status_code == 303, answer.text
    page = await client.get(answer.headers["location"])
    assert page.status_code == 200
    return page.text


async def act(client: Client, path: str, **form: Any) -> str:
    return await follow(client, await client.submit(path, **form))


def something_of_each(db: Connection) -> int:
    made = talk(db, sureness=0.3)
    made.turn("my splint, I am ann@example.org", understood("causes/stroke"))
    work(made, 1, "wrong_topic", "brace/types", "Not a <b>stroke</b>")
    for text in SWIM:
        in_vain(made, text)
    in_vain(made, "who won the cup final")
    return made.number


@pytest.fixture
async def editor(signed_in: SignedIn) -> Client:
    return await signed_in(Role.EDITOR)


async def test_work_of_reviews_is_shown_with_what_was_understood_and_said(editor: Client) -> None:
    number = await editor.write(something_of_each)
    page = (await editor.get("/to-do")).text
    assert "my splint, I am [email]" in page
    assert "example.org" not in page
    assert "Wrong topic: Kinds of brace and splint" in page
    assert "Not a &lt;b&gt;stroke&lt;/b&gt;" in page
    assert f'href="/conversations/{number}/turns/1"' in page
    assert f'href="/to-do/turns/{number}/1"' in page
    assert "93 %" in page


async def test_questions_asked_alike_stand_together_and_are_dismissed_together(
    editor: Client,
) -> None:
    await editor.write(something_of_each)
    page = (await editor.get("/to-do?source=unanswered")).text
    assert "<strong>4</strong>" in page
    assert "Asked 3 times" in page
    assert "Asked once" in page
    link = re.search(r'href="(/to-do/turns/[^"]+)">All of them', page)
    assert link
    group = (await editor.get(link[1].replace("&amp;", "&"))).text
    assert "handled together: 2" in group
    turns = re.findall(r'name="turn" value="([0-9:]+)"', group)
    assert len(turns) == 3
    form = {"turn": turns, "reason": "Nobody may", "query": "source=unanswered"}
    said = await act(editor, "/to-do/dismiss", **form)
    assert "Dismissed: 3." in said
    assert "Asked 3 times" not in said
    assert "<strong>1</strong>" in said
    listed = (await editor.get("/to-do/dismissed")).text
    assert "<strong>3</strong>" in listed
    assert listed.count("Nobody may") == 3


async def test_a_dismissal_is_taken_back(editor: Client) -> None:
    number = await editor.write(something_of_each)
    await editor.submit("/to-do/dismiss", turn=f"{number}:1", reason="Fine")
    assert "Nothing is open." in (await editor.get("/to-do")).text
    said = await act(editor, "/to-do/undo", turn=f"{number}:1")
    assert "It is on the list again." in said
    assert "my splint" in (await editor.get("/to-do")).text
    assert "not dismissed any more" in await act(editor, "/to-do/undo", turn=f"{number}:1")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"turn": "1:1"}, "Say why"),
        ({"reason": "Because"}, "Mark at least one"),
        ({"reason": "Because", "turn": "x"}, "Mark at least one"),
        ({"reason": "Because", "turn": "9:9", "query": "?%%%=&&"}, "Dismissed: 0."),
    ],
)
async def test_an_odd_form_dismisses_nothing_and_says_so(
    editor: Client, form: dict[str, str], told: str
) -> None:
    assert told in await act(editor, "/to-do/dismiss", **form)


async def test_work_may_be_done_without_an_example(editor: Client) -> None:
    await editor.write(something_of_each)
    assert "Nothing is open." in await act(editor, "/to-do/1", status="accepted")
    asked = select(Work.status, Work.closed_by)
    assert tuple(await editor.read(lambda db: db.execute(asked).one())) == (
        "accepted",
        editor.user_id,
    )


async def test_the_most_uncertain_come_first(editor: Client) -> None:
    await editor.write(something_of_each)
    page = (await editor.get("/to-do?source=unsure")).text
    assert page.count("10 % between the first two") == 4
    assert (await editor.get("/to-do?source=unsure&order=entropy")).status_code == 200


async def test_whoever_reads_the_lists_stands_in_the_audit_log(editor: Client) -> None:
    number = await editor.write(something_of_each)
    for path in ("/to-do", "/to-do/dismissed", f"/to-do/turns/{number}/1"):
        await editor.get(path)
    asked = select(Deed.action, Deed.object).order_by(Deed.id)
    rows = await editor.read(lambda db: [tuple(row) for row in db.execute(asked)])
    assert rows == [
        ("list_viewed", "page:/to-do"),
        ("list_viewed", "page:/to-do/dismissed"),
        ("conversation_viewed", f"conversation:{number}"),
    ]


async def test_a_turn_that_is_not_there_is_not_found(editor: Client) -> None:
    number = await editor.write(something_of_each)
    for path in ("99/1", f"{number}/99", f"{number}/2", "99999999999/1"):
        assert (await editor.get(f"/to-do/turns/{path}")).status_code == 404


async def test_what_became_of_examples_is_told_before_and_after(editor: Client) -> None:
    def some(db: Connection) -> None:
        made = talk(db)
        made.turn("zebra")
        draft = change(db)
        live = change(db, branch="change/2", title="Live <b>", status="published")
        taken(db, draft, message_id(db, made, 1), before=0.2)
        taken(db, live, None, before=0.1, after=0.9, text="one that works")
        taken(db, live, None, before=0.1, after=0.4, text="one that does not")
        taken(db, live, None, target="dvt must_fire urgent", after=1.0)

    await editor.write(some)
    page = (await editor.get("/to-do/taken")).text
    assert "All: 4" in page
    assert "3 of 4 went live and" in page
    assert "Live &lt;b&gt;" in page
    assert "zebra" not in page
    assert page.count(">not understood<") == 1
    assert page.count(">Put back<") == 1
    assert "must raise “" in page
    only = (await editor.get("/to-do/taken?only=not-understood")).text
    assert "one that does not" in only
    assert "one that works" not in only
    said = await act(editor, "/to-do/taken/1/back")
    assert "Take the sentence out of change request 1" in said
    assert "published already" in await act(editor, "/to-do/taken/2/back")


async def test_full_pages_stay_light(editor: Client) -> None:
    def many(db: Connection) -> None:
        for turn in range(60):
            made = talk(db, sureness=0.3)
            made.turn(f"{turn} {'so my foot hangs and I wonder about it ' * 12}")
            work(made, 1, "wrong_topic", "brace/types", "A comment of some length " * 4)
            in_vain(made, f"{turn} {'another thing that nobody knew of ' * 12}")

    await editor.write(many)
    for path in ("/to-do", "/to-do?source=unanswered", "/to-do?source=unsure"):
        page = await editor.get(path)
        assert len(page.content) <= MOST_BYTES, path
        assert 'rel="next"' in page.text or "Asked 60 times" in page.text
        assert (await editor.get(f"{path}{'&' if '?' in path else '?'}page=2")).status_code == 200
