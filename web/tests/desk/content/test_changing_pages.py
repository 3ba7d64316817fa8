"""Beginning a change: of what is there, or of something new."""

import pytest

from desk.changes import service
from desk.content import shelf
from editing.documents import Document
from editing.shapes import Kind
from tests.desk.conftest import Client
from tests.desk.content.conftest import user_of
from tests.desk.content.files import Checkout

SHELF = shelf.read(Checkout())
SOURCES = "data/sources.yml"
TOPIC = {"family": "brace", "title": "Socks for a brace", "scope": "Which socks, and why."}
SOURCE = {"publisher": "NHS", "title": "Socks & braces", "url": "https://example.org/socks"}


async def only_change(client: Client) -> service.Draft:
    (row,) = await service.open_changes(client.services)
    return await service.current(client.services, row.id)


async def test_change_this_opens_a_change_and_leads_to_the_form(editor: Client) -> None:
    answer = await editor.submit(
        "/content/change",
        path="data/regions.yml",
        part="GB",
        change="",
        change_title="New numbers",
        reason="They moved.",
    )
    draft = await only_change(editor)
    assert answer.headers["location"] == f"/changes/{draft.row.id}/edit/data/regions.yml?part=GB"
    assert (draft.row.title, draft.row.reason) == ("New numbers", "They moved.")
    page = await editor.get("/content/regions/GB")
    assert f"{draft.row.id}: New numbers" in page.text
    again = await editor.submit(
        "/content/change", path="data/regions.yml", part="IE", change=str(draft.row.id)
    )
    assert again.headers["location"] == f"/changes/{draft.row.id}/edit/data/regions.yml?part=IE"
    assert len(await service.open_changes(editor.services)) == 1


async def test_a_new_change_needs_a_title(editor: Client) -> None:
    answer = await editor.submit("/content/change", path="data/regions.yml", part="GB")
    assert answer.headers["location"] == "/content/regions/GB"
    assert "Please give it a title" in (await editor.get("/content/regions/GB")).text
    assert await service.open_changes(editor.services) == []


async def test_an_item_says_which_changes_touch_it(editor: Client) -> None:
    await editor.submit("/content/new/topic", **TOPIC, change_title="Socks")
    draft = await only_change(editor)
    await service.save(
        editor.services,
        user_of(editor),
        draft.row.id,
        draft.head,
        {"data/regions.yml": (draft.tree.read("data/regions.yml") or "").replace("NHS 111", "111")},
        "",
    )
    assert f"in change {draft.row.id}: Socks" in (await editor.get("/content/regions")).text
    assert "in change" in (await editor.get("/content/regions/GB")).text
    assert "in change" not in (await editor.get("/content/regions/US")).text


async def test_a_new_topic_has_an_id_of_its_title_and_the_houses_order(editor: Client) -> None:
    answer = await editor.submit("/content/new/topic", **TOPIC, change_title="Socks")
    draft = await only_change(editor)
    path = "data/topics/brace/socks_for_a_brace.yml"
    assert answer.headers["location"] == f"/changes/{draft.row.id}/edit/{path}"
    text = draft.tree.read(path) or ""
    assert text.startswith("id: brace/socks_for_a_brace\ntitle: Socks for a brace\nscope: ")
    body = Document.parse(text).value()
    assert body["examples"] == body["answer"] == body["sources"] == []
    assert (await editor.get(answer.headers["location"])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Please give it a title"),
        ({"family": "shoes"}, "Please choose the family"),
        ({"title": "x" * 43}, "43 letters of at most 42"),
        ({"title": "7 socks"}, "begin with a letter"),
        ({"title": "Types"}, "There is a topic brace/types already"),
        ({"scope": " "}, "which topic takes the rest"),
        ({"change_title": ""}, "Please give it a title"),
        ({"change": "x"}, "Please choose a change"),
    ],
)
async def test_a_topic_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    editor: Client, typed: dict[str, str], said: str
) -> None:
    sent = {**TOPIC, "change_title": "Socks", **typed}
    answer = await editor.submit("/content/new/topic", **sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert sent["scope"].strip() in answer.text
    assert await service.open_changes(editor.services) == []


async def test_a_new_source_is_one_more_in_its_file(editor: Client) -> None:
    await editor.submit("/content/new/source", **SOURCE, change_title="Socks")
    draft = await only_change(editor)
    body = Document.parse(draft.tree.read(SOURCES) or "").value()
    assert body["nhs-socks-braces"] == {
        "publisher": "NHS",
        "title": "Socks & braces",
        "url": "https://example.org/socks",
        "verified": False,
    }
    assert len(body) == len(SHELF.of(Kind.SOURCES)) + 1


async def test_an_address_stands_among_the_sources_once(editor: Client) -> None:
    there = SHELF.of(Kind.SOURCES)[0]
    sent = {**SOURCE, "url": there.body["url"]}
    answer = await editor.submit("/content/new/source", **sent, change_title="Socks")
    assert answer.status_code == 422
    assert there.id in answer.text


async def test_only_what_can_be_new_has_a_form(editor: Client) -> None:
    assert (await editor.get("/content/new/topic")).status_code == 200
    assert (await editor.get("/content/new/source")).status_code == 200
    assert (await editor.get("/content/new/region")).status_code == 404
    answer = await editor.submit("/content/change", path="web/desk/app.py")
    assert answer.status_code == 404
