"""Publishing: what patients get, whoever presses how often, and whatever dies half-way."""

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from desk.access.permissions import Role
from desk.errors import CannotBe
from desk.privacy import audit
from desk.privacy.audit import Actor
from desk.publishing import approving
from desk.publishing.present import at_present
from desk.publishing.releasing import alone, publish
from editing.repository import Repository
from records.publishing import Approval
from records.words import ChangeStatus, SwitchKind, SwitchState
from releases import folder, making, switching
from tests.desk.conftest import Client
from tests.desk.publishing.desking import FLAG, TITLE, Desk, git


async def test_a_change_with_all_it_needs_becomes_a_release_on_its_way(way: Desk) -> None:
    ben = await way.ready()
    answer = await way.publish(ben)
    assert answer.headers["location"] == "/releases/switches/1"
    (made,) = await way.releases()
    assert (made.title, made.by, made.approvers) == (TITLE, "Ben", ["Ben"])
    assert made.commit == way.repository.head()
    assert made.figures == {"figures": way.report(True)["figures"]}
    place = folder.place(way.parts.settings.releases, made.number)
    assert "There are two." in (place.data / "topics/brace/types.yml").read_text()
    assert place.model().read_bytes() == b"a model"
    assert folder.verify(way.parts.settings.releases, made.number, made.checksum) == []
    row = await way.row()
    assert (row.status, row.release) == (ChangeStatus.PUBLISHED, made.number)
    progress = await way.ann.read(lambda db: switching.state(db, 1))
    assert progress and (progress.kind, progress.state) == (
        SwitchKind.PUBLISH,
        SwitchState.PREPARING,
    )
    assert ("ben", "change_published", "change:1") in await way.deeds()
    left = {each.name for each in way.parts.settings.releases.iterdir()}
    assert left == {str(made.number)}


async def test_the_contents_own_repository_gets_it_too(way: Desk) -> None:
    ben = await way.ready()
    await way.publish(ben)
    assert git(way.folder / "upstream", "rev-parse", "main") == way.repository.head()


async def test_where_that_repository_cannot_be_reached_patients_get_it_all_the_same(
    way: Desk,
) -> None:
    ben = await way.ready()
    (way.folder / "upstream").rename(way.folder / "elsewhere")
    answer = await way.publish(ben)
    assert len(await way.releases()) == 1
    said = (await ben.get(answer.headers["location"])).text
    assert "repository did not take it" in said


async def test_whoever_has_the_permission_presses_the_button_the_author_too(way: Desk) -> None:
    await way.ready()
    admin = await way.person("root", Role.ADMIN)
    await admin.submit(f"/users/{way.ann.user_id}/role", role="publisher")
    ann = await way.signed_in(Role.PUBLISHER, name="annie")
    await way.publish(ann)
    assert len(await way.releases()) == 1


async def test_two_clicks_make_one_release(way: Desk) -> None:
    ben = await way.ready()
    commit = way.repository.merged(way.repository.head(way.branch), way.repository.head()).commit
    answers = await asyncio.gather(*(way.publish(ben, commit or "") for _ in range(4)))
    assert {answer.headers["location"] for answer in answers} == {"/releases/switches/1"}
    assert len(await way.releases()) == 1


async def test_whoever_takes_too_long_is_not_waited_for(
    way: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = await way.ready()
    monkeypatch.setattr(alone, "TRIES", 2)
    async with alone.alone(way.parts.settings):
        await way.publish(ben)
    assert alone.BUSY in (await ben.get(way.home)).text
    assert await way.releases() == []


MISSING: dict[str, Callable[[Desk, Client], Any]] = {
    "nobody approved": lambda way, ben: ben.submit(f"/changes/{way.change}/withdraw-approval"),
    "it is a draft": lambda way, ben: way.set(status=str(ChangeStatus.DRAFT)),
    "it was withdrawn": lambda way, ben: way.set(status=str(ChangeStatus.WITHDRAWN)),
    "the checks stopped it": lambda way, ben: way.check(passed=False),
    "the program was renewed": lambda way, ben: way.check(code="another"),
}


@pytest.mark.parametrize("what", MISSING)
async def test_nothing_is_published_where_something_is_missing(what: str, way: Desk) -> None:
    ben = await way.ready()
    main = way.repository.head()
    await MISSING[what](way, ben)
    answer = await way.publish(ben)
    assert answer.headers["location"] == way.home
    assert await way.releases() == []
    assert way.repository.head() == main


async def test_an_editor_publishes_nothing(way: Desk) -> None:
    await way.ready()
    assert (await way.publish(way.ann)).status_code == 403


async def test_what_git_got_meanwhile_is_checked_before_it_is_published(way: Desk) -> None:
    ben = await way.ready()
    seen = way.repository.merged(way.repository.head(way.branch), way.repository.head()).commit
    way.by_git({"data/topics/brace/more.yml": "id: brace/more\n"})
    await way.publish(ben, seen or "")
    assert "Something has changed since the checks ran" in (await ben.get(way.home)).text
    assert await way.releases() == []
    await way.check()
    for who in (ben, await way.person("cleo")):
        await way.publish(ben)
        assert await way.releases() == []
        await way.approve(who)
    await way.publish(ben)
    (made,) = await way.releases()
    data = folder.place(way.parts.settings.releases, made.number).data
    assert (data / "topics/brace/more.yml").exists()


async def test_what_was_not_seen_is_not_published(way: Desk) -> None:
    ben = await way.ready()
    await way.publish(ben, "0" * 40)
    assert "has changed since you looked" in (await ben.get(way.home)).text
    assert await way.releases() == []


@pytest.mark.parametrize("harm", ["gone", "another"])
async def test_another_model_than_the_checked_one_is_not_published(harm: str, way: Desk) -> None:
    ben = await way.ready()
    model = way.folder / "dorsi-0123456789abcdef.tar.gz"
    model.unlink()
    if harm == "another":
        model.write_bytes(b"another model")
    await way.publish(ben)
    assert publish.MODEL_GONE in (await ben.get(way.home)).text
    assert await way.releases() == []


async def test_while_another_switch_is_under_way_nothing_is_moved(way: Desk) -> None:
    number = await way.install()
    await way.install()
    ben = await way.ready()
    await way.ann.write(lambda db: switching.begin(db, number, SwitchKind.ROLL_BACK, "Ann"))
    main = way.repository.head()
    await way.publish(ben)
    assert f"Release {number} is being made ready" in (await ben.get(way.home)).text
    assert way.repository.head() == main


async def test_an_approval_withdrawn_at_the_last_moment_counts_and_main_goes_back(
    way: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = await way.ready()
    main = way.repository.head()
    commit = way.repository.merged(way.repository.head(way.branch), main).commit
    moved = publish._move

    def withdrawn(repository: Repository, before: str, after: str) -> None:
        moved(repository, before, after)
        with way.parts.database.engine.begin() as db:
            db.execute(delete(Approval))

    with monkeypatch.context() as patch, pytest.raises(CannotBe, match="has to approve it"):
        patch.setattr(publish, "_move", withdrawn)
        await publish.publish(way.parts, Actor("ben", ben.user_id), way.change, commit or "")
    assert await way.releases() == []
    assert (await way.row()).status == ChangeStatus.SUBMITTED
    assert way.repository.head() == main


class Died(BaseException):
    """The desk's process ends in the middle."""


def die(*_: object, **__: object) -> None:
    raise Died


STEPS = {
    "before all": (publish, "_prepared"),
    "while content and model are copied": (making, "prepare"),
    "before main is moved": (publish, "_move"),
    "after main is moved": (publish, "_enter"),
    "while approvals are asked again": (approving, "given"),
    "before the release has its number": (making, "enter"),
    "with the number, before the switch": (switching, "begin"),
    "with the switch, before all is kept": (audit, "append"),
}


@pytest.mark.parametrize("step", STEPS)
async def test_whatever_step_it_dies_at_it_is_whole_after_the_next_click(
    step: str, way: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = await way.ready()
    ben_id = Actor("ben", ben.user_id)
    commit = way.repository.merged(way.repository.head(way.branch), way.repository.head()).commit
    with monkeypatch.context() as patch, pytest.raises(Died):
        patch.setattr(*STEPS[step], die)
        await publish.publish(way.parts, ben_id, way.change, commit or "")
    assert await way.releases() == []
    assert (await way.row()).status == ChangeStatus.SUBMITTED
    assert await way.ann.read(switching.live) is None
    assert "All is there: it can be published." in (await ben.get(way.home)).text
    answer = await way.publish(ben)
    assert answer.headers["location"].startswith("/releases/switches/")
    (made,) = await way.releases()
    assert made.commit == commit == way.repository.head()
    faults = folder.verify(way.parts.settings.releases, made.number, made.checksum)
    assert faults == []
    assert (await way.row()).release == made.number


async def test_what_fails_on_the_way_is_told_with_what_to_do(
    way: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = await way.ready()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(making, "prepare", full)
        await way.publish(ben)
    assert "Press the button again: it goes on" in (await ben.get(way.home)).text
    await way.publish(ben)
    assert len(await way.releases()) == 1


async def test_the_change_after_it_brings_only_its_own(way: Desk) -> None:
    await way.install()
    ben = await way.ready()
    await way.publish(ben)
    await way.replica(2)
    await way.ann.write(switching.settle)
    assert await way.ann.read(switching.live) == 2
    await way.set(status=str(ChangeStatus.SUBMITTED), release=None)
    way.edit({"data/topics/brace/new.yml": "id: brace/new\n"}, by="ben")
    page = (await way.ann.get(way.home)).text
    assert "Patients would also get" not in page
    assert "written by Ben." in page


def test_all_of_the_report_but_its_workings_is_a_releases_figures() -> None:
    sample = json.loads(Path(__file__).with_name("sample_report.json").read_text())
    kept = set(sample) - publish.NOT_OF_THE_REPORT
    assert kept == {"figures", "confusion", "sides", "suspect", "compare", "seconds", "made"}


@pytest.mark.parametrize("name", [b".dvt.yml", b".aside/dvt.yml", b"\xff.yml"])
async def test_what_no_release_would_have_is_not_checked_either(name: bytes, way: Desk) -> None:
    await way.install()
    folder_of_git = way.folder / "upstream"
    git(folder_of_git, "checkout", "--quiet", "main")
    file = os.path.join(os.fsencode(folder_of_git), b"data/red_flags", name)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    os.rename(folder_of_git / FLAG, file)
    git(folder_of_git, "add", "--all")
    git(folder_of_git, "commit", "--quiet", "--message=Put aside")
    git(folder_of_git, "checkout", "--quiet", "--detach")
    way.repository.fetch()
    now = await at_present(way.parts, way.change)
    assert list(now.others) == [FLAG]
    assert (await way.ann.get(way.home)).status_code == 200
    way.repository.tree(now.commit).export(way.folder / "checked")
    made = making.prepare(
        way.folder / "made",
        data=way.folder / "checked",
        model=way.folder / "installed.tar.gz",
        code="",
    )
    there = [
        sorted(str(file.relative_to(data)) for file in data.rglob("*.yml"))
        for data in (way.folder / "checked", made.folder / "data")
    ]
    assert there == [["regions.yml", "topics/brace/types.yml"]] * 2
