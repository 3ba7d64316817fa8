"""Content is found and read at the desk, every item of it, as staff understand it."""

from html import unescape

import pytest

from desk.access.permissions import Role
from desk.content import shelf
from desk.content.shelf import Item
from editing.shapes import Kind
from tests.desk.conftest import Client, SignedIn
from tests.desk.content.files import Checkout

MOST_BYTES = 100_000
SHELF = shelf.read(Checkout())


def longest(kind: Kind) -> Item:
    """The item whose page is the longest of its kind."""
    return max(SHELF.of(kind), key=lambda item: len(item.text))


async def test_topics_are_listed_by_family_with_their_examples_and_reviews(editor: Client) -> None:
    answer = await editor.get("/content")
    assert answer.status_code == 200
    seen = unescape(answer.text)
    assert "Braces and splints" in seen
    assert "Kinds of brace and splint" in seen
    assert SHELF.items[Kind.TOPIC, "brace/types"].review_due in seen
    assert 'href="/content/topic/brace/types"' in answer.text


@pytest.mark.parametrize("kind", Kind)
async def test_the_list_of_a_kind_is_light_and_leads_to_each(editor: Client, kind: Kind) -> None:
    answer = await editor.get(f"/content/{kind}")
    assert answer.status_code == 200
    assert len(answer.content) <= MOST_BYTES
    for item in SHELF.of(kind):
        assert f'href="{item.address}"' in answer.text


@pytest.mark.parametrize("kind", Kind)
async def test_the_longest_of_a_kind_is_read_and_its_page_is_light(
    editor: Client, kind: Kind
) -> None:
    item = longest(kind)
    answer = await editor.get(item.address)
    assert answer.status_code == 200
    assert len(answer.content) <= MOST_BYTES
    assert item.title in unescape(answer.text)
    assert "Change this" in answer.text


async def test_ids_are_read_as_what_they_stand_for(editor: Client) -> None:
    answer = await editor.get("/content/topic/brace/types")
    seen = unescape(answer.text)
    source = SHELF.items[Kind.SOURCES, "pmc-afo-review"]
    assert source.title in seen
    assert f'href="{source.address}"' in answer.text
    assert SHELF.facts["T3"] in seen


@pytest.mark.parametrize("path", ["/content/nothing", "/content/topic/no/such", "/content/topic"])
async def test_what_is_not_there_is_not_found(editor: Client, path: str) -> None:
    answer = await editor.get(path)
    assert answer.status_code == (200 if path == "/content/topic" else 404)


async def test_words_are_found_in_titles_answers_and_examples(editor: Client) -> None:
    answer = await editor.get("/content", params={"q": '"PLS vs" hinged'})
    seen = unescape(answer.text)
    assert "<strong>1</strong> found" in seen
    assert "Kinds of brace and splint" in seen
    assert "PLS vs GRAFO vs hinged" in seen


async def test_what_is_nowhere_is_said_to_be(editor: Client) -> None:
    answer = await editor.get("/content", params={"q": "xylophone <b>"})
    assert "Nothing has all of these words" in answer.text
    assert "<b>" not in answer.text


async def test_who_may_not_edit_reads_none_of_it(signed_in: SignedIn) -> None:
    reviewer = await signed_in(Role.REVIEWER)
    for path in ("/content", "/content/topic", "/content/topic/brace/types"):
        assert (await reviewer.get(path)).status_code == 403
