"""The pages of change requests, as editors use them without any script."""

import re
from html import unescape
from unittest.mock import AsyncMock

import pytest

from desk.access.permissions import Role
from desk.changes import service
from desk.changes.service import Stale
from editing.broken import LARGEST, TooLarge
from editing.repository import NoContent
from tests.desk.changes.conftest import OTHER, TOPIC, opened, save, text_of, user
from tests.desk.conftest import Client, SignedIn
from tests.editing.conftest import ANN, WHEN, Checkout

TITLE = "title: Kinds of brace and splint"
ANSWER = "There are several kinds. Doctors call them orthotics."


async def shown(client: Client, path: str) -> str:
    """A page's text without its tags."""
    response = await client.get(path)
    assert response.status_code == 200, response.headers
    body = response.text.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


async def conflicting(ann: Client, bob: Client) -> tuple[int, str]:
    """A change request of which both reworded the title, and where Bob is to choose."""
    change = await opened(ann)
    base = (await service.current(ann.services, change)).head
    await save(ann, change, (TITLE, "title: Kinds of splint"), base=base)
    with pytest.raises(Stale) as stale:
        await save(bob, change, (TITLE, "title: Sorts"), (ANSWER, "Many."), base=base)
    return change, stale.value.path


async def test_a_change_request_is_made_from_a_form(ann: Client) -> None:
    assert "There are none." in await shown(ann, "/changes")
    response = await ann.submit("/changes", title="Softer words", reason="Why not")
    assert response.headers["location"] == "/changes/1"
    text = await shown(ann, "/changes/1")
    assert "Softer words" in text and "Nothing yet." in text and "Begun by Ann" in text
    assert "1: Softer words" in await shown(ann, "/changes")


async def test_what_is_typed_wrong_comes_back(ann: Client) -> None:
    response = await ann.submit("/changes", title=" ", reason="Why not")
    assert response.status_code == 422
    assert "give it a title" in response.text and "Why not" in response.text


async def test_it_tells_in_words_what_it_changes(ann: Client) -> None:
    change = await opened(ann)
    await save(
        ann, change, (TITLE, "title: Sorts"), ("  - kinds of splints\n", "  - one\n  - two\n")
    )
    draft = await service.current(ann.services, change)
    new = {"data/topics/brace/new.yml": "id: brace/new\ntitle: A new one\n", OTHER: None}
    await service.save(ann.services, user(ann), change, draft.head, new, "More")
    text = await shown(ann, f"/changes/{change}")
    assert "Topic: Sorts" in text and "from “Kinds of brace and splint” to “Sorts”" in text
    assert "Examples : 2 added, 1 removed" in text
    assert "Topic: A new one The whole file : new" in text and "taken away" in text
    assert "Ann: Words" in text


async def test_it_is_handed_in_taken_back_and_opened_again(ann: Client) -> None:
    change = await opened(ann)
    here = f"/changes/{change}"
    response = await ann.submit(f"{here}/submit")
    assert response.status_code == 303 and "changes nothing" in await shown(ann, here)
    await save(ann, change, (TITLE, "title: Sorts"))
    await ann.submit(f"{here}/submit")
    assert "handed in" in await shown(ann, here)
    await ann.submit(f"{here}/withdraw")
    assert "Open it again" in await shown(ann, here)
    assert "1: Softer words" in await shown(ann, "/changes?show=withdrawn")
    await ann.submit(f"{here}/reopen")
    assert "being written" in await shown(ann, here)
    await ann.submit(f"{here}/describe", title="Other words", reason="So")
    assert "Other words" in await shown(ann, here)


async def test_both_values_stand_beside_each_other_and_one_is_chosen(
    ann: Client, bob: Client
) -> None:
    change, path = await conflicting(ann, bob)
    text = await shown(bob, path)
    assert "What the change request says now Kinds of splint" in text
    assert "What you typed Sorts" in text and "Many." not in text
    head = (await service.current(bob.services, change)).head
    name = f"{TOPIC}/title"
    response = await bob.submit(path, head=head, **{name: "theirs"})
    assert response.headers["location"] == f"/changes/{change}"
    said = await text_of(bob.services, change)
    assert "title: Sorts\n" in said and "Many." in said


async def test_something_else_can_be_written_instead_of_both(ann: Client, bob: Client) -> None:
    change, path = await conflicting(ann, bob)
    head = (await service.current(bob.services, change)).head
    name = f"{TOPIC}/title"
    own = {name: "own", f"{name}-own": "Sorts: all of them"}
    assert (await bob.submit(path, head=head, **own)).status_code == 303
    assert "title: 'Sorts: all of them'\n" in await text_of(
        bob.services, change
    ) or 'title: "Sorts: all of them"\n' in await text_of(bob.services, change)


async def test_without_a_choice_nothing_is_saved_and_all_comes_back(
    ann: Client, bob: Client
) -> None:
    change, path = await conflicting(ann, bob)
    head = (await service.current(bob.services, change)).head
    name = f"{TOPIC}/title"
    response = await bob.submit(path, head=head, **{f"{name}-own": "Half written"})
    assert response.status_code == 422 and "Half written" in response.text
    assert "Please choose for each: “Title”" in unescape(response.text)
    assert (await service.current(bob.services, change)).head == head


async def test_who_chose_on_an_old_page_is_asked_again(ann: Client, bob: Client) -> None:
    change, path = await conflicting(ann, bob)
    head = (await service.current(bob.services, change)).head
    await save(ann, change, ("Kinds of splint", "All splints"))
    response = await bob.submit(path, head=head, **{f"{TOPIC}/title": "theirs"})
    assert response.status_code == 422
    assert "once more" in response.text and "All splints" in response.text
    assert "checked" in response.text


async def test_what_was_published_is_taken_in_by_a_button(ann: Client, upstream: Checkout) -> None:
    change = await opened(ann)
    await save(ann, change, (TITLE, "title: Sorts"))
    upstream.write(OTHER, upstream.read(OTHER) + "# by hand\n")
    await ann.submit("/changes/outside")
    assert "Take it in" in await shown(ann, f"/changes/{change}")
    await ann.submit(f"/changes/{change}/take-in")
    assert "Take it in" not in await shown(ann, f"/changes/{change}")


async def test_what_was_published_may_have_to_be_chosen(ann: Client, upstream: Checkout) -> None:
    change = await opened(ann)
    await save(ann, change, (TITLE, "title: Sorts"))
    upstream.write(TOPIC, upstream.read(TOPIC).replace(TITLE, "title: Types"))
    await ann.submit("/changes/outside")
    response = await ann.submit(f"/changes/{change}/take-in")
    path = response.headers["location"]
    assert "What was published Types" in await shown(ann, path)
    head = (await service.current(ann.services, change)).head
    await ann.submit(path, head=head, **{f"{TOPIC}/title": "ours"})
    assert "title: Sorts\n" in await text_of(ann.services, change)
    assert not (await service.current(ann.services, change)).behind


async def test_what_conflicts_outside_the_desk_becomes_a_change_request(
    ann: Client, upstream: Checkout
) -> None:
    await ann.submit("/changes/from-outside")
    assert "Nothing is waiting" in await shown(ann, "/changes")
    repository = ann.services.repository
    text = (repository.tree(repository.head()).read(TOPIC) or "").replace(TITLE, "title: Ours")
    head = repository.head()
    when = repository.log(head)[0].at
    repository.commit("main", head, {TOPIC: text}, service.author(user(ann)), "Published", when)
    upstream.write("code.py", "print()\n")
    upstream.write(TOPIC, upstream.read(TOPIC).replace(TITLE, "title: Theirs"))
    await ann.submit("/changes/outside")
    assert "Something conflicts there." in await shown(ann, "/changes")
    here = (await ann.submit("/changes/from-outside")).headers["location"]
    path = (await ann.submit(f"{here}/take-in")).headers["location"]
    draft = await service.current(ann.services, 1)
    await ann.submit(path, head=draft.head, **{f"{TOPIC}/title": "ours"})
    draft = await service.current(ann.services, 1)
    assert "title: Theirs\n" in await text_of(ann.services, 1)
    repository.advance("main", draft.main, draft.head)
    assert repository.git.say("show", f"{draft.head}:code.py") == "print()"
    assert repository.fetch().commit == draft.head
    assert repository.push().said.startswith("In ")


@pytest.mark.parametrize("commit", ["main", "x" * 40, "a" * 40, "--all"])
async def test_no_other_commit_can_be_seen_by_its_address(ann: Client, commit: str) -> None:
    change = await opened(ann)
    response = await ann.get(f"/changes/{change}/conflicts/{commit}")
    assert response.status_code in (303, 404)


async def test_nobody_but_editors_sees_them(signed_in: SignedIn, ann: Client) -> None:
    change = await opened(ann)
    reader = await signed_in(Role.REVIEWER)
    for path in ("/changes", f"/changes/{change}"):
        assert (await reader.get(path)).status_code == 403


async def test_where_there_is_no_content_it_is_said(signed_in: SignedIn) -> None:
    client = await signed_in(Role.EDITOR)
    response = await client.submit("/changes", title="Words")
    assert response.status_code == 422 and "DORSI_CONTENT_REPOSITORY" in response.text


@pytest.mark.parametrize(
    ("error", "told"),
    [(NoContent("Set it."), "Set it."), (TooLarge(TOPIC, 5 << 20), "Split it")],
    ids=["no content", "a file that is too large"],
)
async def test_a_page_that_forgot_what_there_may_be_says_it_too(
    error: Exception, told: str, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await signed_in(Role.EDITOR)
    monkeypatch.setattr(service, "fetch", AsyncMock(side_effect=error))
    response = await client.submit("/changes", title="Words")
    assert response.status_code == 409 and told in response.text


async def test_a_file_that_is_too_large_is_named_above_the_lists(ann: Client) -> None:
    repository, path = ann.services.repository, "data/topics/brace/big.yml"
    large = {path: "a: " + "b" * LARGEST}
    repository.commit("main", repository.head(), large, ANN, "Why", WHEN)
    said = await shown(ann, "/content")
    assert f"{path} has 1.0 MB" in said
    assert "Split it, or take it out, by git." in said
