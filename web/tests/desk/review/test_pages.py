"""The review as a browser does it, without JavaScript."""

import re
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, select

from desk.access.permissions import Role
from records.conversations import Conversation
from records.people import Deed
from tests.desk.conftest import Client, SignedIn
from tests.desk.talks import Talk, understood

WORDS = "My calf is swollen since Monday"


def a_talk(db: Connection) -> int:
    made = Talk(db)
    made.turn("Hello")
    made.turn(WORDS, understood(alarm=0.3))
    return made.number


async def follow(client: Client, answer: httpx.Response) -> str:
    """The page that an action leads to."""
    assert answer.status_code == 303, answer.text
    page = await client.get(answer.headers["location"])
    assert page.status_code == 200
    return page.text


async def act(client: Client, path: str, **form: Any) -> str:
    return await follow(client, await client.submit(path, **form))


async def test_a_missed_emergency_is_filed_in_three_clicks(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await client.write(a_talk)
    # First: the row of the inbox leads to the turn, with its form open.
    inbox = (await client.get("/inbox")).text
    row = re.search(rf'<td><a href="(/conversations/{number}[^"]*)"', inbox)
    assert row
    opened = await client.get(row[1])
    assert opened.headers["location"] == f"/conversations/{number}?at=3#turn-3"
    page = await follow(client, opened)
    assert "may be missed" in page
    form = page[page.index('id="verdict"') :]
    assert re.search(r'<textarea id="what" name="comment"[^>]* required', form)
    # Second: into the comment. Third, once it is typed: the verdict.
    page = await act(
        client,
        f"/conversations/{number}/turns/3/verdict",
        verdict="should_have_escalated",
        comment="A swollen calf, one side",
    )
    assert "Incident 1 is open; somebody else looks at it too." in page
    assert "href=/incidents/1>Safety incident 1</a> (red flag missed), open" in page
    assert "A safety incident is open: somebody other than" in page


async def test_opening_a_conversation_leaves_its_status(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await client.write(a_talk)
    await client.get(f"/conversations/{number}")
    asked = select(Conversation.status, Conversation.version)
    assert tuple(await client.read(lambda db: db.execute(asked).one())) == ("new", 0)


async def test_a_status_is_set_undone_and_not_from_a_page_that_is_out_of_date(
    signed_in: SignedIn,
) -> None:
    ann, ben = await signed_in(Role.REVIEWER), await signed_in(Role.EDITOR)
    number = await ann.write(a_talk)
    at = f"/conversations/{number}"
    page = await act(ann, f"{at}/status", status="in_review", version="0", page="1", at="3", q="a")
    assert "The status is now: in review." in page
    late = await ben.submit(f"{at}/status", status="done", version="0", at="3", q="a b")
    assert late.headers["location"] == f"{at}?at=3&q=a+b#turn-3"
    page = await follow(ben, late)
    assert "changed the review of this conversation meanwhile, so nothing was done" in page
    step = re.search(r'name="step" value="(\d+)"', page)
    assert step
    assert "It is undone." in await act(ben, f"{at}/undo", step=step[1], version="1")
    page = await act(ann, f"{at}/assign", me="yes", version="2")
    assert "It is assigned." in page
    assert "(me)" in page
    assert "It is assigned to nobody." in await act(ann, f"{at}/assign", assignee="", version="3")


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("status", {"status": "perfect"}),
        ("status", {"status": "done"}),
        ("status", {"status": "done", "version": "x"}),
        ("assign", {"assignee": "9" * 30, "version": "0"}),
        ("assign", {"assignee": "-1", "version": "0"}),
        ("undo", {"step": "²", "version": "0"}),
        ("tags", {}),
        ("notes", {"text": " "}),
    ],
)
async def test_an_odd_form_changes_nothing_and_says_so(
    path: str, form: dict[str, str], signed_in: SignedIn
) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await client.write(a_talk)
    page = await act(client, f"/conversations/{number}/{path}", **form)
    assert re.search(r'role="status">[^<]*(othing was|not on the list|reviews no)', page)
    asked = select(Conversation.version)
    assert await client.read(lambda db: db.execute(asked).scalar()) == 0


async def test_a_verdict_that_cannot_be_taken_is_shown_again_as_it_was_filled_in(
    signed_in: SignedIn,
) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await client.write(a_talk)
    answer = await client.submit(
        f"/conversations/{number}/turns/3/verdict",
        verdict="wrong_topic", topic="no/such", comment="<b>Mine</b>", page="1", q="calf",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "There is no topic of that name." in answer.text
    assert 'value="no/such"' in answer.text
    assert answer.text.count("&lt;b&gt;Mine&lt;/b&gt;") == 2
    assert '<option value="causes/stroke">Foot drop after a stroke' in answer.text


async def test_a_verdict_becomes_work_that_an_editor_closes(signed_in: SignedIn) -> None:
    reviewer, editor = await signed_in(Role.REVIEWER), await signed_in(Role.EDITOR)
    number = await reviewer.write(a_talk)
    page = await act(
        reviewer,
        f"/conversations/{number}/turns/3/verdict",
        verdict="wrong_topic", topic="causes/stroke", comment="Not a stroke",
    )  # fmt: skip
    assert "The editors see it on their list." in page
    listed = (await editor.get("/to-do")).text
    assert WORDS in listed
    assert f'href="/conversations/{number}/turns/3"' in listed
    refused = await act(editor, "/to-do/1", status="dismissed", reason=" ")
    assert "Please say why it is dismissed" in refused
    assert "Nothing is open." in await act(editor, "/to-do/1", status="accepted")


async def test_an_incident_is_in_the_menu_is_looked_at_by_another_and_closed(
    signed_in: SignedIn,
) -> None:
    ann, ben = await signed_in(Role.REVIEWER), await signed_in(Role.ADMIN)
    number = await ann.write(a_talk)
    verdict = {"verdict": "should_have_escalated", "comment": "A calf"}
    await ann.submit(f"/conversations/{number}/turns/3/verdict", **verdict)
    for page in ("/incidents", "/incidents/1", f"/conversations/{number}", "/incidents/badge"):
        assert '<span class="unseen">open: </span>1' in (await ann.get(page)).text
    mine = (await ann.get("/incidents/1")).text
    assert "You opened this incident" in mine
    assert 'action="/incidents/1/look"' not in mine
    said = await act(ann, "/incidents/1/look", agrees="yes", comment="Sure")
    assert "You opened this incident: somebody else takes the second look." in said
    assert "choose" not in await act(ben, "/incidents/1/look", agrees="no", comment="Both sides")
    said = await act(ben, "/incidents/1/close", outcome="perfect", comment="Done")
    assert "Please choose an outcome" in said
    said = await act(ben, "/incidents/1/close", outcome="no_change", comment="Done")
    assert "The incident is closed." in said
    assert "disagrees" in said
    assert "Incident 1" in (await ann.get("/incidents?closed=yes")).text
    assert "open: " not in (await ann.get("/incidents/badge")).text


async def test_who_reads_an_incident_has_seen_its_conversation(signed_in: SignedIn) -> None:
    ann, ben = await signed_in(Role.REVIEWER), await signed_in(Role.REVIEWER)
    number = await ann.write(a_talk)
    verdict = {"verdict": "should_have_escalated", "comment": "A calf"}
    await ann.submit(f"/conversations/{number}/turns/3/verdict", **verdict)
    await ben.get("/incidents/1")
    asked = select(Deed.actor_id).where(
        Deed.action == "conversation_viewed", Deed.object == f"conversation:{number}"
    )
    assert await ann.read(lambda db: db.execute(asked).scalars().all()) == [ben.user_id]


async def test_a_disagreement_names_both_on_the_transcript_and_on_the_list(
    signed_in: SignedIn,
) -> None:
    ann = await signed_in(Role.REVIEWER, name="ann")
    ben = await signed_in(Role.REVIEWER, name="ben")
    number = await ann.write(a_talk)
    for client, verdict in ((ann, "right"), (ben, "unclear_answer")):
        path = f"/conversations/{number}/turns/3/verdict"
        await client.submit(path, verdict=verdict)
    for page in (f"/conversations/{number}", "/disagreements"):
        text = (await ann.get(page)).text
        assert re.search(r"<b>Ann</b>: Right\s*<li><b>Ben</b>: Unclear answer", text), page
    assert "<b>Reviewers disagree</b>" in (await ann.get(f"/conversations/{number}")).text


async def test_tags_are_kept_in_order_by_a_publisher(signed_in: SignedIn) -> None:
    publisher, reviewer = await signed_in(Role.PUBLISHER), await signed_in(Role.REVIEWER)
    number = await reviewer.write(a_talk)
    said = await act(publisher, "/tags", name="odd <b>", meaning="Odd")
    assert "The tag is added." in said
    assert "odd &lt;b&gt;" in said
    assert "The tag is on it." in await act(reviewer, f"/conversations/{number}/tags", add="1")
    assert "The tag is retired" in await act(publisher, "/tags/1/retire")
    assert "is offered again" in await act(publisher, "/tags/1/restore")
    said = await act(publisher, "/tags/1", name="odd", meaning="")
    assert "The tag is changed." in said
    said = await act(reviewer, f"/conversations/{number}/tags", remove="1")
    assert "The tag is taken off." in said


async def test_nothing_that_was_written_is_in_the_audit_log(signed_in: SignedIn) -> None:
    ann, ben = await signed_in(Role.ADMIN), await signed_in(Role.ADMIN)
    number = await ann.write(a_talk)
    at, secret = f"/conversations/{number}", "zebra"
    await ann.submit(f"{at}/notes", text=f"{secret} note")
    for verdict in ("unclear_answer", "should_have_escalated"):
        path = f"{at}/turns/3/verdict"
        await ann.submit(path, verdict=verdict, comment=f"{secret} comment")
    await ann.submit(f"{at}/turns/1/verdict", verdict="unclear_answer", comment=secret)
    await ben.submit("/incidents/1/look", agrees="yes", comment=secret)
    await ben.submit("/incidents/1/close", outcome="no_change", comment=secret)
    await ben.submit("/to-do/2", status="dismissed", reason=secret)
    asked = select(Deed.action, Deed.object, Deed.detail)
    rows = await ann.read(lambda db: db.execute(asked).all())
    assert {row.action for row in rows} >= {
        "note_added", "verdict_given", "incident_opened", "incident_looked_at", "incident_closed",
        "work_dismissed",
    }  # fmt: skip
    assert secret not in str(rows)
    assert "calf" not in str(rows)
