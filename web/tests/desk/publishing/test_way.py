"""A change on its way: who approves what, on the pages."""

import shutil

import pytest

from desk.access.permissions import Role
from desk.publishing.present import at_present
from editing.commits import Author
from records.base import now
from records.words import ChangeStatus
from tests.desk.publishing.desking import CONTENT, FLAG, REGIONS, TOPIC, Desk, write

OTHER = "data/topics/brace/more.yml"


async def test_the_page_says_what_is_missing_and_each_step_takes_it_away(way: Desk) -> None:
    page = (await way.ann.get(way.home)).text
    assert "The checks have not run. Run them." in page
    assert "A publisher who wrote none of it has to approve it." in page
    assert "clinical owner who wrote none of it has" not in page
    await way.check()
    page = (await way.ann.get(way.home)).text
    assert "The checks have not run" not in page
    ben = await way.person("ben")
    page = await way.approve(ben)
    assert "All is there: it can be published." in page
    assert ">Publish</button>" in page
    assert ">Publish</button>" not in (await way.ann.get(way.home)).text
    assert ("ben", "change_approved", "change:1") in await way.deeds()


async def test_an_author_cannot_approve_whatever_their_role(way: Desk) -> None:
    await way.set(author=None)
    cleo = await way.person("cleo", Role.ADMIN)
    way.edit({TOPIC: CONTENT[TOPIC].replace("Some.", "Three.")}, by="cleo")
    page = await way.approve(cleo)
    assert "You wrote some of this change: somebody else has to approve it." in page
    assert "as publisher, " not in page


async def test_an_editor_cannot_approve_for_publishing(way: Desk) -> None:
    dora = await way.person("dora", Role.EDITOR)
    page = await way.approve(dora)
    assert "Only publishers and administrators can approve" in page


@pytest.mark.parametrize("path", [FLAG, REGIONS])
async def test_what_is_clinical_needs_a_clinical_owner_too(path: str, way: Desk) -> None:
    way.edit({path: CONTENT[path].replace("clot", "cloth").replace("Britain", "GB")})
    ben = await way.ready()
    page = (await way.ann.get(way.home)).text
    assert "A clinical owner who wrote none of it has to approve it." in page
    assert "Only a clinical owner can approve this." in await way.approve(ben, "clinical")
    dora = await way.person("dora", Role.EDITOR, clinical=True)
    assert "All is there" in await way.approve(dora, "clinical")


async def test_one_person_may_be_publisher_and_clinical_owner(way: Desk) -> None:
    way.edit({FLAG: CONTENT[FLAG].replace("clot", "cloth")})
    await way.check()
    ben = await way.person("ben", clinical=True)
    await way.approve(ben)
    assert "All is there" in await way.approve(ben, "clinical")


async def test_an_edit_makes_approvals_void_and_checks_outdated(way: Desk) -> None:
    ben = await way.ready()
    way.edit({TOPIC: CONTENT[TOPIC].replace("Some.", "Four.")})
    page = (await ben.get(way.home)).text
    assert "void: of an earlier state" in page
    assert "Something has changed since the checks ran. Run them again." in page
    assert "A publisher who wrote none of it has to approve it." in page


async def test_what_was_not_seen_is_not_approved(way: Desk) -> None:
    ben = await way.person("ben")
    seen = (await at_present(way.parts, way.change)).rules.state
    way.edit({TOPIC: CONTENT[TOPIC].replace("Some.", "Five.")})
    await ben.submit(f"/changes/{way.change}/approve", capacity="publisher", state=seen)
    page = (await ben.get(way.home)).text
    assert "has changed since you looked" in page
    assert "as publisher, " not in page


async def test_an_approval_can_be_withdrawn(way: Desk) -> None:
    ben = await way.ready()
    await ben.submit(f"/changes/{way.change}/withdraw-approval")
    page = (await ben.get(way.home)).text
    assert "A publisher who wrote none of it has to approve it." in page
    assert ("ben", "approval_withdrawn", "change:1") in await way.deeds()
    await ben.submit(f"/changes/{way.change}/withdraw-approval")
    assert "There was no approval of yours." in (await ben.get(way.home)).text


async def test_the_approval_of_somebody_who_may_no_more_does_not_count(way: Desk) -> None:
    ben = await way.ready()
    admin = await way.person("root", Role.ADMIN)
    await admin.submit(f"/users/{ben.user_id}/role", role="editor")
    page = (await admin.get(way.home)).text
    assert "void: they may not approve it now" in page
    assert "A publisher who wrote none of it has to approve it." in page


async def test_a_draft_cannot_be_approved(way: Desk) -> None:
    await way.set(status=str(ChangeStatus.DRAFT))
    ben = await way.person("ben")
    page = await way.approve(ben)
    assert "It is still a draft. Submit it first." in page
    assert "as publisher, " not in page
    assert "Approve as" not in page


@pytest.mark.parametrize("known", [True, False])
async def test_what_others_put_into_git_is_shown_and_its_authors_cannot_approve(
    known: bool, way: Desk
) -> None:
    await way.install(known=known)
    way.by_git({FLAG: CONTENT[FLAG].replace("clot", "clod")})
    ann = await way.ann.get(way.home)
    assert "Patients would also get 1 file that this change does not touch" in ann.text
    assert "A clinical owner who wrote none of it has to approve it." in ann.text
    zoe = await way.person("zoe")
    assert "You wrote some of this change" in await way.approve(zoe)


async def test_an_approval_is_void_once_git_brings_more_along(way: Desk) -> None:
    await way.install()
    await way.ready()
    way.by_git({OTHER: "id: brace/more\n"})
    await way.check()
    page = (await way.ann.get(way.home)).text
    assert "void: of an earlier state" in page
    assert "A publisher who wrote none of it has to approve it." in page


async def test_an_approval_stands_while_others_publish_other_files(way: Desk) -> None:
    await way.install()
    await way.ready()
    way.by_git({OTHER: "id: brace/more\n"})
    await way.install()
    await way.check()
    assert "All is there" in (await way.ann.get(way.home)).text


async def test_what_was_not_written_at_the_desk_needs_two_publishers(way: Desk) -> None:
    await way.install()
    way.by_git({OTHER: "id: brace/more\n"})
    ben, cleo = await way.person("ben"), await way.person("cleo")
    await way.check()
    assert "two publishers have to approve it" in await way.approve(ben)
    assert "two publishers have to approve it" in await way.approve(ben)
    assert "All is there" in await way.approve(cleo)


async def test_where_nobody_knows_how_live_content_came_about_two_publishers_are_needed(
    way: Desk,
) -> None:
    before = way.repository.head()
    texts = {OTHER: "id: brace/more\n"}
    way.repository.commit("main", before, texts, Author("Ann", "ann@desk"), "Here alone", now())
    await way.install(known=False)
    way.repository.advance("main", way.repository.head(), before)
    assert "two publishers have to approve it" in (await way.ann.get(way.home)).text


async def test_checks_beside_another_release_than_the_live_one_are_outdated(way: Desk) -> None:
    await way.install()
    await way.ready()
    assert "All is there" in (await way.ann.get(way.home)).text
    await way.install(known=False)
    page = (await way.ann.get(way.home)).text
    assert "Something has changed since the checks ran. Run them again." in page


async def test_content_that_patients_have_and_nobody_can_read_is_told(way: Desk) -> None:
    number = await way.install()
    shutil.rmtree(way.parts.settings.releases / str(number))
    answer = await way.ann.get(way.home)
    assert answer.status_code == 409
    assert "The content that patients have" in answer.text and "cannot be read" in answer.text


async def test_conflicts_are_told_before_anything_else(way: Desk) -> None:
    repository, topic = way.repository, CONTENT[TOPIC].replace("Some.", "None.")
    main = repository.head()
    write(way.folder, {"t.yml": topic})
    other = repository.merge_commit(main, main, {TOPIC: topic})
    repository.advance("main", main, other)
    page = (await way.ann.get(way.home)).text
    assert "It does not fit with what was published meanwhile." in page
    assert "1 field does not fit" in page
    answer = await way.ann.submit(f"/changes/{way.change}/checks")
    assert answer.headers["location"] == way.home
    assert await way.checks() == []


async def test_there_is_no_way_of_a_change_that_is_not_there(way: Desk) -> None:
    ben = await way.person("ben")
    assert (await ben.get("/changes/99/publishing")).status_code == 404
    for what in ("approve", "withdraw-approval", "checks"):
        assert (await ben.submit(f"/changes/99/{what}", capacity="publisher")).status_code == 404
    assert (await ben.submit("/changes/99/publish")).status_code == 404


async def test_another_reason_makes_approvals_void_and_has_the_checks_run_again(way: Desk) -> None:
    ben = await way.ready()
    await way.ann.submit(f"/changes/{way.change}/describe", title="A clot", reason="`dvt` goes")
    await way.ann.submit(f"/changes/{way.change}/submit")
    page = (await ben.get(way.home)).text
    assert "void: of an earlier state" in page
    assert "The reason of the change is another since the checks ran. Run them again." in page
    await way.check(reason="`dvt` goes")
    assert "All is there" in await way.approve(ben)


async def test_the_programs_own_commits_make_no_content_one_from_outside(way: Desk) -> None:
    await way.install()
    way.by_git({"web/program.py": "x = 1\n"})
    now = (await at_present(way.parts, way.change)).rules
    assert (now.is_from_outside, {one.name for one in now.writers}) == (False, {"Ann"})
    way.by_git({FLAG: CONTENT[FLAG].replace("clot", "clod")})
    now = (await at_present(way.parts, way.change)).rules
    assert (now.is_from_outside, {one.name for one in now.writers}) == (True, {"Ann", "Zoe"})
