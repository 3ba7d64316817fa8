"""Looking back: when a field changed, by whom, and what differs between two states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from desk.access.permissions import Role
from desk.content.past.wording import Fate, pieces, shown
from editing.documents import Document
from records.publishing import Release
from tests.desk.conftest import SignedIn
from tests.desk.content.many.conftest import Editing, Editor

TYPES = "data/topics/brace/types.yml"
SOURCES = "data/sources.yml"


async def rewrite(editor: Editor, old: str, new: str, message: str, path: str = TYPES) -> None:
    text = await editor.text(path) or ""
    assert old in text
    await editor.save(path, text.replace(old, new), message)


async def test_every_change_of_a_field_is_told_with_who_and_what(editing: Editing) -> None:
    ann = await editing()
    await rewrite(ann, "Kinds of brace and splint", "Kinds of brace", "A shorter title")
    await rewrite(ann, "  - kinds of splints\n", "", "One less")
    await rewrite(ann, "title: Kinds of brace", "title: All braces", "All of them")
    address = f"/content/history/{TYPES}"
    whole = (await ann.client.get(f"{address}?at=change-{ann.change}")).text
    title = (await ann.client.get(f"{address}?at=change-{ann.change}&key=title")).text
    places = [whole.index(words) for words in ("All of them", "One less", "A shorter title")]
    assert places == sorted(places)
    assert "All of them" in title
    assert "A shorter title" in title
    assert "One less" not in title
    assert "[gone: </span> and splint<span" in title
    assert "ann, <time" in title
    assert "One less" not in (await ann.client.get(address)).text


async def test_the_history_of_one_of_many_in_a_file_is_its_own(editing: Editing) -> None:
    ann = await editing()
    document = Document.parse(await ann.text(SOURCES) or "")
    document.set(("mstrust-orthotics", "title"), "Their page")
    await ann.save(SOURCES, document.text(), "New title")
    for id, there in (("mstrust-orthotics", True), ("nhs-dvt", False)):
        page = await ann.client.get(f"/content/history/{SOURCES}?at=change-{ann.change}&key={id}")
        assert ("New title" in page.text) is there


async def test_what_is_no_content_has_no_history(editing: Editing) -> None:
    ann = await editing()
    for path in ("../secret", "web/desk/app.py", "data/topics/none/none.txt"):
        assert (await ann.client.get(f"/content/history/{path}")).status_code == 404
    nothing = await ann.client.get("/content/history/data/topics/none/none.yml")
    assert "Nothing is known of it" in nothing.text
    wrong = await ann.client.get(f"/content/history/{TYPES}?at=release-9")
    assert wrong.status_code == 404


async def test_two_states_are_compared_field_by_field(editing: Editing) -> None:
    ann = await editing()
    await rewrite(ann, "  - kinds of splints\n", "  - sorts of splints\n", "Another word")
    await ann.save("data/topics/brace/shoes.yml", None, "Gone")
    change = f"change-{ann.change}"
    page = (await ann.client.get(f"/content/compare?a=main&b={change}")).text
    assert "<strong>2</strong> items with <strong>2</strong> differences" in page
    assert '<span class="fate gone">Gone:</span> <del>kinds of splints</del>' in page
    assert '<span class="fate new">New:</span> <ins>sorts of splints</ins>' in page
    assert "1 added, 1 removed" in page
    assert "taken away" in page
    one = (await ann.client.get(f"/content/compare?a=main&b={change}&path={TYPES}")).text
    assert "<strong>1</strong> item with" in one
    assert "There is no difference." in (await ann.client.get("/content/compare?a=main")).text


async def test_releases_and_commits_can_be_compared(editing: Editing) -> None:
    ann = await editing()
    first = await ann.head()
    await rewrite(ann, "Kinds of brace and splint", "All braces", "Shorter")
    head = await ann.head()
    sums = {"checksum": "x", "model_checksum": "x"}
    values = {"number": 1, "commit": first, "title": "One", **sums}
    await ann.client.write(lambda db: db.execute(insert(Release).values(values)))
    for asked in ("a=release-1&b=", "a=release-1&b_commit=", f"a={first}&b="):
        page = (await ann.client.get(f"/content/compare?{asked}{head}")).text
        assert "<strong>1</strong> item with <strong>1</strong> difference" in page
    assert "Release 1: One" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("live", "Nothing was released yet."),
        ("release-7", "There is no release 7."),
        ("change-99", "There is no change request 99."),
        ("--upload-pack=x", "Nothing is called"),
        ("deadbeef", "Nothing is called"),
        ("HEAD~1", "Nothing is called"),
    ],
)
async def test_what_is_not_there_cannot_be_compared(editing: Editing, name: str, said: str) -> None:
    ann = await editing()
    answer = await ann.client.get("/content/compare", params={"a": name, "b": "main"})
    assert answer.status_code == 422
    assert said in answer.text


async def test_without_any_content_it_is_said_what_is_missing(signed_in: SignedIn) -> None:
    client = await signed_in(Role.EDITOR)
    assert (await client.get("/content/compare?a=main&b=main")).status_code == 422
    assert (await client.get(f"/content/history/{TYPES}")).status_code == 404
    assert (await client.get("/content/spreadsheet.csv?kind=topic")).status_code == 409


async def test_looking_back_is_for_editors(content_repository: object, signed_in: SignedIn) -> None:
    viewer = await signed_in(Role.VIEWER)
    for path in ("/content/compare", f"/content/history/{TYPES}", "/content/spreadsheet.csv"):
        assert (await viewer.get(path)).status_code == 403


def test_words_that_went_and_came_are_told_apart() -> None:
    found = [(one.fate, one.text) for one in pieces("a soft brace", "a hard brace")]
    assert found == [
        (Fate.KEPT, "a "),
        (Fate.GONE, "soft"),
        (Fate.NEW, "hard"),
        (Fate.KEPT, " brace"),
    ]


def test_a_list_in_another_order_is_shown_whole() -> None:
    both = shown(["a", "b"], ["b", "a"])
    assert (both.gone, both.new) == (["a", "b"], ["b", "a"])


def test_a_flag_and_nothing_are_told_in_words() -> None:
    assert [one.text for one in shown(False, True).pieces] == ["no", "yes"]
    assert shown(None, ["a"]).new == ["a"]


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_both_texts_can_be_read_out_of_their_pieces(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.fate is not Fate.NEW) == before
    assert "".join(one.text for one in found if one.fate is not Fate.GONE) == after
