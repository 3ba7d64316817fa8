"""The inbox as a browser gets it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from desk.access.permissions import Role
from records.base import now
from records.conversations import Conversation
from records.people import Deed
from records.reviewing import SavedView
from tests.desk.conftest import SignedIn
from tests.desk.inbox.conftest import add


def numbers(html: str) -> list[int]:
    """The conversations that a page lists."""
    return [int(number) for number in re.findall(r'<a href="/conversations/(\d+)["/?]', html)]


async def test_an_empty_inbox_says_what_comes(signed_in: SignedIn) -> None:
    page = await (await signed_in(Role.VIEWER)).get("/inbox")
    assert page.status_code == 200
    assert "As soon as a patient writes" in page.text


async def test_a_row_says_what_is_known(signed_in: SignedIn) -> None:
    client = await signed_in()
    await client.write(
        lambda db: add(
            db,
            words="my <toes> drag",
            level=3,
            confidence=0.42,
            fallbacks=7,
            disliked=2,
            unfinished="safety_check",
            topics=("causes/stroke",),
            flags=("numb_down_there",),
            assignee=client.user_id,
            status="in_review",
        )
    )
    text = (await client.get("/inbox")).text
    for part in (
        '<span class="tag emergency">emergency</span>',
        "my &lt;toes&gt; drag",
        "numb_down_there (emergency)",
        "42 %",
        "2 down",
        "unfinished: safety check",
        f"in review, {client.name.capitalize()}",
        "just now",
    ):
        assert part in text


async def test_filters_are_chips_that_can_be_taken_off(signed_in: SignedIn) -> None:
    client = await signed_in()
    wanted = await client.write(lambda db: add(db, level=3, topics=("causes/stroke",)))
    await client.write(lambda db: add(db, level=3))
    await client.write(lambda db: add(db, topics=("causes/stroke",)))
    page = await client.get("/inbox?level=emergency&topic=causes/stroke")
    assert numbers(page.text) == [wanted]
    assert 'href="/inbox?topic=causes%2Fstroke"' in page.text
    assert 'href="/inbox?level=emergency"' in page.text
    assert "<strong>1</strong> conversation found" in page.text


FILTERED = [
    ("level=emergency", {"level": 3}),
    ("flag=numb", {"flags": ("numb",)}),
    ("topic=causes/stroke", {"topics": ("causes/stroke",)}),
    ("status=done", {"status": "done"}),
    ("sure_below=0.5", {"confidence": 0.5}),
    ("doubt_above=0.3", {"doubt": 0.3}),
    ("fallbacks=2", {"fallbacks": 2}),
    ("disliked=1", {"disliked": 1}),
    ("unfinished=any", {"unfinished": "exercise"}),
    ("unfinished=exercise", {"unfinished": "exercise"}),
    ("turns_from=4", {"turns": 4}),
    ("turns_to=2", {"turns": 2}),
    ("region=IE", {"region": "IE"}),
    ("until=2026-03-31", {"at": now().replace(year=2026, month=3, day=31)}),
    ("q=zebra", {"words": "a zebra"}),
    ("q=%22toes+drag%22", {"words": "the toes drag behind"}),
    ("q=zeb*", {"words": "a zebra"}),
]


@pytest.mark.parametrize(("query", "more"), FILTERED, ids=[query for query, _ in FILTERED])
async def test_each_filter_finds_what_it_says(
    query: str, more: dict[str, object], signed_in: SignedIn
) -> None:
    client = await signed_in()
    await client.write(lambda db: add(db, words="drag your toes", confidence=0.9))
    wanted = await client.write(lambda db: add(db, **{"words": "else", **more}))  # type: ignore[arg-type]
    page = await client.get(f"/inbox?{query}")
    assert numbers(page.text) == [wanted]
    assert "notice warn" not in page.text


async def test_assignees_are_found_as_me_as_nobody_and_by_number(signed_in: SignedIn) -> None:
    client = await signed_in()
    mine = await client.write(lambda db: add(db, assignee=client.user_id))
    free = await client.write(add)
    for value, found in (("me", mine), ("nobody", free), (str(client.user_id), mine)):
        assert numbers((await client.get(f"/inbox?assignee={value}")).text) == [found]


async def test_recent_ones_are_found_by_days(signed_in: SignedIn) -> None:
    client = await signed_in()
    recent = await client.write(lambda db: add(db, at=now() - timedelta(days=6)))
    await client.write(lambda db: add(db, at=now() - timedelta(days=8)))
    assert numbers((await client.get("/inbox?days=7")).text) == [recent]


async def test_orders(signed_in: SignedIn) -> None:
    client = await signed_in()

    def put(db: Connection) -> list[int]:
        return [
            add(db, at=now() - timedelta(hours=3), confidence=0.1),
            add(db, at=now() - timedelta(hours=2), level=2, confidence=0.9),
            add(db, at=now() - timedelta(hours=1)),
        ]

    old, urgent, new = await client.write(put)
    for sort, wanted in {
        "newest": [new, urgent, old],
        "waiting": [old, urgent, new],
        "urgent": [urgent, new, old],
        "unsure": [old, urgent, new],
    }.items():
        assert numbers((await client.get(f"/inbox?sort={sort}")).text) == wanted


async def test_a_view_is_saved_shown_with_its_count_renamed_and_deleted(
    signed_in: SignedIn,
) -> None:
    client, other = await signed_in(), await signed_in()
    await client.write(lambda db: add(db, level=3))
    await client.submit("/inbox/views", name=" My  view ", query="level=emergency&after=1&x=2")
    kept = await client.read(lambda db: db.execute(select(SavedView)).one())
    assert (kept.name, kept.query, kept.owner) == ("My view", "level=emergency", client.user_id)
    assert ">My view</a>" in (await client.get("/inbox")).text
    assert ">My view</a>" not in (await other.get("/inbox")).text
    await other.submit(f"/inbox/views/{kept.id}/delete")
    await client.submit(f"/inbox/views/{kept.id}/rename", name="Mine")
    assert ">Mine</a>" in (await client.get("/inbox")).text
    await client.submit(f"/inbox/views/{kept.id}/delete")
    assert await client.read(lambda db: db.execute(select(SavedView)).all()) == []


async def test_a_shared_view_needs_who_keeps_the_tags(signed_in: SignedIn) -> None:
    reviewer, publisher = await signed_in(Role.REVIEWER), await signed_in(Role.PUBLISHER)
    await reviewer.submit("/inbox/views", name="All", query="", shared="yes")
    assert ">All</a>" not in (await reviewer.get("/inbox")).text
    await publisher.submit("/inbox/views", name="All", query="", shared="yes")
    assert ">All</a>" in (await reviewer.get("/inbox")).text
    view = await reviewer.read(lambda db: db.scalar(select(SavedView.id)))
    await reviewer.submit(f"/inbox/views/{view}/delete")
    assert ">All</a>" in (await reviewer.get("/inbox")).text


async def test_marked_conversations_are_reviewed_together_as_they_were_seen(
    signed_in: SignedIn,
) -> None:
    client = await signed_in()
    first, second, third = [await client.write(add) for _ in range(3)]
    form = {"marked": [f"{first}:0", f"{second}:7", "x:y"], "status": "done", "assignee": "me"}
    page = await client.submit("/inbox/review", query="level=none", **form)
    assert page.headers["location"] == "/inbox?level=none"
    asked = select(Conversation.status, Conversation.assignee).order_by(Conversation.number)
    kept = await client.read(lambda db: db.execute(asked).all())
    assert kept == [("done", client.user_id), ("new", None), ("new", None)]
    assert "Reviewed: 1." in (await client.get("/inbox")).text
    assert third


async def test_a_viewer_marks_nothing(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    await client.write(add)
    assert 'name="marked"' not in (await client.get("/inbox")).text


async def test_the_badge_counts_emergencies_that_nobody_reviewed(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    await client.write(lambda db: add(db, level=3))
    await client.write(lambda db: add(db, level=3, status="done"))
    changed = await client.get("/inbox/emergencies?shown=0", headers={"HX-Request": "true"})
    assert '<span class="badge">1</span>' in changed.text
    assert (await client.get("/inbox/emergencies?shown=1")).status_code == 204
    page = await client.get("/account")
    assert '<span class="badge">1</span>' in page.text
    assert 'aria-live="polite"' in page.text


async def test_a_patient_cannot_write_html_into_the_inbox(signed_in: SignedIn) -> None:
    client = await signed_in()
    await client.write(lambda db: add(db, words="<script>alert(1)</script>"))
    page = await client.get("/inbox?q=%3Cscript%3E&level=<b>&<i>=1")
    for raw in ("<script>alert", "<b>", "<i>"):
        assert raw not in page.text


async def test_a_view_that_names_somebody_is_not_kept(signed_in: SignedIn) -> None:
    client = await signed_in()
    for name, query in (("Sarah Okafor", "level=soon"), ("Hers", "q=sarah+okafor")):
        await client.submit("/inbox/views", name=name, query=query)
    assert await client.read(lambda db: db.execute(select(SavedView)).all()) == []


async def test_a_view_of_words_has_no_count(signed_in: SignedIn) -> None:
    client = await signed_in()
    await client.submit("/inbox/views", name="Falls", query="q=fall*")
    shown = (await client.get("/inbox")).text
    assert re.search(r">Falls</a>\s*<", shown)


async def test_who_looks_at_a_list_is_in_the_audit_log_once_in_a_while(
    signed_in: SignedIn,
) -> None:
    client = await signed_in()
    for _ in range(2):
        await client.get("/inbox")
    seen = select(Deed.object).where(Deed.action == "list_viewed")
    assert await client.read(lambda db: list(db.scalars(seen))) == ["page:/inbox"]
