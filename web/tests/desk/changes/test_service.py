"""A change request lives: it is made, edited by several, handed in, withdrawn and opened again."""

from typing import Any

import pytest
from sqlalchemy import update

from desk.changes import service
from desk.changes.joining import MAX_FILES, MAX_SIZE
from desk.changes.service import CannotChange, Stale
from desk.errors import NotFound
from editing.broken import BrokenYaml
from editing.merging import Choice
from records.publishing import ChangeRequest
from records.words import ChangeStatus
from tests.desk.changes.conftest import OTHER, TOPIC, deeds, opened, save, text_of, user
from tests.desk.conftest import Client
from tests.editing.conftest import Checkout

TITLE = "title: Kinds of brace and splint"
THEIRS: service.Choices = {(TOPIC, ("title",)): Choice(theirs=True)}


async def status(client: Client, change: int) -> ChangeStatus:
    """How far a change request is."""
    return (await service.current(client.services, change)).row.status


async def test_it_begins_as_a_draft_that_changes_nothing(ann: Client) -> None:
    change = await opened(ann, "  Softer \n words ")
    draft = await service.current(ann.services, change)
    assert (draft.row.title, draft.row.reason) == ("Softer words", "Because.")
    assert (draft.row.status, draft.row.author_name) == (ChangeStatus.DRAFT, "Ann")
    assert draft.row.branch == f"change/{change}"
    assert draft.head == draft.base == draft.main and not draft.paths and not draft.behind
    assert [row.id for row in await service.drafts_of(ann.services, user(ann))] == [change]
    assert await deeds(ann, change) == ["change_opened"]


async def test_what_is_saved_is_on_its_branch_under_the_editors_name(ann: Client) -> None:
    change = await opened(ann)
    saved = await save(ann, change, (TITLE, "title: Kinds of splint"))
    draft = await service.current(ann.services, change)
    assert draft.head == saved.commit and list(draft.paths) == [TOPIC]
    (commit,) = ann.services.repository.log(draft.head, but=[draft.main])
    assert (commit.author, commit.email) == ("Ann", "ann@desk")
    assert (await save(ann, change, (TITLE.split()[0], "title:"))).unchanged
    assert await deeds(ann, change) == ["change_opened", "change_saved"]


async def test_two_who_save_from_the_same_state_both_keep_what_they_did(
    ann: Client, bob: Client
) -> None:
    change = await opened(ann)
    base = (await service.current(ann.services, change)).head
    await save(ann, change, (TITLE, "title: Kinds of splint"), base=base)
    examples = ("  - kinds of splints\n", "  - what sorts\n")
    saved = await save(bob, change, examples, base=base)
    assert "put together" in saved.said
    text = await text_of(ann.services, change)
    assert "title: Kinds of splint\n" in text and examples[1] in text and examples[0] not in text


async def test_only_what_both_changed_comes_back_and_what_was_typed_is_kept(
    ann: Client, bob: Client
) -> None:
    change = await opened(ann)
    base = (await service.current(ann.services, change)).head
    await save(ann, change, (TITLE, "title: Kinds of splint"), base=base)
    mine = (TITLE, "title: Sorts of brace"), ("  - kinds of splints\n", "  - what sorts\n")
    with pytest.raises(Stale, match="Title") as stale:
        await save(bob, change, *mine, base=base)
    assert [conflict.key for conflict in stale.value.conflicts] == [("title",)]
    kept = bob.services.repository.tree(stale.value.typed).read(TOPIC) or ""
    assert "Sorts of brace" in kept and "what sorts" in kept
    head = (await service.current(bob.services, change)).head
    with pytest.raises(CannotChange, match="Title"):
        await service.choose(bob.services, user(bob), change, head, stale.value.typed, {})
    await service.choose(bob.services, user(bob), change, head, stale.value.typed, THEIRS)
    text = await text_of(bob.services, change)
    assert "title: Sorts of brace\n" in text and "what sorts" in text


async def test_a_choice_on_what_is_no_longer_so_is_asked_for_again(
    ann: Client, bob: Client
) -> None:
    change = await opened(ann)
    base = (await service.current(ann.services, change)).head
    await save(ann, change, (TITLE, "title: Kinds of splint"), base=base)
    with pytest.raises(Stale) as stale:
        await save(bob, change, (TITLE, "title: Sorts"), base=base)
    head = (await service.current(bob.services, change)).head
    await save(ann, change, ("scope: 'The", "scope: 'All"))
    with pytest.raises(CannotChange, match="once more"):
        await service.choose(bob.services, user(bob), change, head, stale.value.typed, THEIRS)


async def test_editing_what_was_submitted_makes_it_a_draft_again(ann: Client) -> None:
    change = await opened(ann)
    await save(ann, change, (TITLE, "title: Kinds of splint"))
    head = await service.submit(ann.services, user(ann), change)
    assert await status(ann, change) is ChangeStatus.SUBMITTED
    assert (await save(ann, change, ("title: Kinds of splint", "title: Kinds of splint"))).unchanged
    assert await status(ann, change) is ChangeStatus.SUBMITTED
    saved = await save(ann, change, ("Kinds of splint", "Sorts of splint"))
    assert saved.commit != head and await status(ann, change) is ChangeStatus.DRAFT
    assert (await deeds(ann, change))[2:] == ["change_submitted", "change_saved"]


async def test_what_changes_nothing_cannot_be_submitted(ann: Client) -> None:
    change = await opened(ann)
    with pytest.raises(CannotChange, match="changes nothing"):
        await service.submit(ann.services, user(ann), change)


async def test_what_is_withdrawn_can_be_opened_again_with_all_that_is_in_it(ann: Client) -> None:
    change = await opened(ann)
    await save(ann, change, (TITLE, "title: Kinds of splint"))
    await service.withdraw(ann.services, user(ann), change)
    with pytest.raises(CannotChange, match="withdrawn"):
        await save(ann, change, ("Kinds of splint", "Sorts"))
    with pytest.raises(CannotChange, match="withdrawn"):
        await service.submit(ann.services, user(ann), change)
    await service.reopen(ann.services, user(ann), change)
    assert await status(ann, change) is ChangeStatus.DRAFT
    assert "Kinds of splint" in await text_of(ann.services, change)
    with pytest.raises(CannotChange, match="draft"):
        await service.reopen(ann.services, user(ann), change)


async def test_what_is_published_stays_as_it_is(ann: Client) -> None:
    change = await opened(ann)
    published = {"status": str(ChangeStatus.PUBLISHED)}
    await ann.write(
        lambda db: db.execute(
            update(ChangeRequest).where(ChangeRequest.id == change).values(published)
        )
    )
    for do in (service.withdraw, service.reopen):
        with pytest.raises(CannotChange, match="published"):
            await do(ann.services, user(ann), change)
    with pytest.raises(CannotChange, match="published"):
        await save(ann, change, (TITLE, "title: Late"))


async def test_what_was_published_meanwhile_is_taken_in_without_losing_the_state(
    ann: Client, upstream: Checkout
) -> None:
    change = await opened(ann)
    await save(ann, change, (TITLE, "title: Kinds of splint"))
    await service.submit(ann.services, user(ann), change)
    text = upstream.read(TOPIC).replace("  - kinds of splints\n", "  - what sorts\n")
    upstream.write(TOPIC, text)
    result = await service.merged(ann.services, change)
    assert (await service.current(ann.services, change)).behind
    assert await service.take_in(ann.services, user(ann), change) == result
    draft = await service.current(ann.services, change)
    assert draft.head == result.commit and not draft.behind and list(draft.paths) == [TOPIC]
    assert draft.row.status is ChangeStatus.SUBMITTED
    assert "what sorts" in await text_of(ann.services, change)
    assert (await service.merged(ann.services, change)).commit == result.commit


async def test_what_was_published_meanwhile_may_have_to_be_chosen(
    ann: Client, upstream: Checkout
) -> None:
    change = await opened(ann)
    await save(ann, change, (TITLE, "title: Kinds of splint"))
    upstream.write(TOPIC, upstream.read(TOPIC).replace(TITLE, "title: Sorts of brace"))
    upstream.write("code.py", "print()\n")
    with pytest.raises(CannotChange, match="Take in"):
        await service.submit(ann.services, user(ann), change)
    result = await service.take_in(ann.services, user(ann), change)
    assert result.commit is None and len(result.conflicts) == 1
    draft = await service.current(ann.services, change)
    choices: service.Choices = {(TOPIC, ("title",)): Choice(own="Types of brace")}
    await service.choose(ann.services, user(ann), change, draft.head, draft.main, choices)
    after = await service.current(ann.services, change)
    assert not after.behind and "title: Types of brace\n" in await text_of(ann.services, change)
    assert ann.services.repository.git.say("show", f"{after.head}:code.py") == "print()"
    await service.submit(ann.services, user(ann), change)


async def test_the_desk_goes_on_where_the_content_comes_from_is_gone(
    ann: Client, upstream: Checkout
) -> None:
    upstream.folder.rename(upstream.folder.with_name("gone"))
    change = await opened(ann)
    await save(ann, change, (TITLE, "title: Kinds of splint"))
    assert (await service.merged(ann.services, change)).commit
    assert "cannot be read" in (await service.fetch(ann.services)).said


async def test_an_old_branch_of_the_same_number_is_kept_and_not_taken_over(ann: Client) -> None:
    repository = ann.services.repository
    repository.create("change/1", repository.head())
    old = repository.commit(
        "change/1",
        repository.head(),
        {OTHER: None},
        service.author(user(ann)),
        "Old",
        (repository.log(repository.head())[0]).at,
    )
    change = await opened(ann)
    assert change == 1 and not (await service.current(ann.services, change)).paths
    assert repository.is_kept(f"before-{old[:16]}/1", old)


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ({"web/desk/app.py": "a"}, "content"),
        ({"data/../x.yml": "a: b\n"}, "content"),
        ({TOPIC: "a: " + "b" * MAX_SIZE}, "too long"),
        ({f"data/topics/brace/t{n}.yml": "a: b\n" for n in range(MAX_FILES + 1)}, "at most"),
    ],
)
async def test_what_is_not_for_the_desk_is_refused(ann: Client, edits: Any, says: str) -> None:
    change = await opened(ann)
    base = (await service.current(ann.services, change)).head
    with pytest.raises(CannotChange, match=says):
        await service.save(ann.services, user(ann), change, base, edits, "No")
    assert (await service.current(ann.services, change)).head == base


async def test_what_cannot_be_read_is_not_saved(ann: Client) -> None:
    change = await opened(ann)
    with pytest.raises(BrokenYaml):
        await save(ann, change, (TITLE, "title: a: b"))


@pytest.mark.parametrize("base", ["main", "0" * 40, "", "HEAD", "--all"])
async def test_a_form_has_to_be_of_the_change_request(ann: Client, base: str) -> None:
    change = await opened(ann)
    with pytest.raises(CannotChange, match="not of this"):
        await service.save(ann.services, user(ann), change, base, {TOPIC: "a: b\n"}, "No")
    with pytest.raises(CannotChange, match="not of this"):
        await service.choose(ann.services, user(ann), change, base, base, {})


async def test_somebody_elses_typing_for_another_change_cannot_be_chosen(
    ann: Client, bob: Client
) -> None:
    change, other = await opened(ann), await opened(bob)
    base = (await service.current(ann.services, change)).head
    await save(ann, change, (TITLE, "title: A"), base=base)
    with pytest.raises(Stale) as stale:
        await save(bob, change, (TITLE, "title: B"), base=base)
    with pytest.raises(CannotChange, match="not of this"):
        await service.choose(bob.services, user(bob), other, base, stale.value.typed, {})


@pytest.mark.parametrize(("title", "reason"), [(" ", ""), ("x" * 121, ""), ("x", "y" * 4001)])
async def test_it_needs_a_short_title(ann: Client, title: str, reason: str) -> None:
    with pytest.raises(CannotChange):
        await service.open_change(ann.services, user(ann), title, reason)
    change = await opened(ann)
    with pytest.raises(CannotChange):
        await service.describe(ann.services, user(ann), change, title, reason)
    await service.describe(ann.services, user(ann), change, "New title", "")
    assert (await service.current(ann.services, change)).row.title == "New title"


async def test_there_is_nothing_of_a_number_that_nobody_made(ann: Client) -> None:
    with pytest.raises(NotFound):
        await service.current(ann.services, 99)
