"""The releases' pages: what there is, what is served, going back, and clearing away."""

import asyncio
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from desk.access.permissions import Role
from desk.publishing import after_live
from desk.publishing.releasing import clearing
from desk.services import Services
from records.publishing import Release, Replica, Switch
from records.words import SwitchKind, SwitchState
from releases import folder, making, switching
from tests.desk.conftest import Client
from tests.desk.publishing.desking import TITLE, Desk


async def live(way: Desk) -> Client:
    """Two releases, the second one live; gives the publisher."""
    await way.install()
    ben = await way.ready()
    await way.publish(ben)
    await way.replica(2)
    await way.ann.write(switching.settle)
    assert await way.ann.read(switching.live) == 2
    await way.replica(2)
    return ben


async def switches(way: Desk) -> list[Any]:
    asked = select(Switch.__table__).order_by(Switch.id)
    return await way.ann.read(lambda db: list(db.execute(asked).all()))


async def test_without_releases_the_page_says_so(way: Desk) -> None:
    page = (await way.ann.get("/releases")).text
    assert "There are none yet." in page
    assert "No replica was heard of today." in page


async def test_the_list_says_who_what_and_which_is_live(way: Desk) -> None:
    ben = await live(way)
    page = (await ben.get("/releases")).text
    assert f"2: {TITLE}" in page
    assert "approved by Ben" in page
    assert "all 93.0 % (+3.0 points)" in page
    assert page.count('<span class="tag good">live</span>') == 1
    assert 'href="/releases/1/roll-back"' in page
    assert 'href="/releases/2/roll-back"' not in page
    assert "live before" in page
    assert 'href="/releases/1/roll-back"' not in (await way.ann.get("/releases")).text


async def test_a_release_says_what_it_changed_in_words(way: Desk) -> None:
    ben = await live(way)
    page = (await ben.get("/releases/2")).text
    assert "What it changed" in page
    assert "Kinds of brace, Answer" in page
    assert "The same" not in page
    assert (await ben.get("/releases/9")).status_code == 404


async def test_the_checksum_of_a_release_can_be_verified(way: Desk) -> None:
    await live(way)
    await way.ann.submit("/releases/2/verify")
    assert "Release 2 is just as it was made." in (await way.ann.get("/releases/2")).text
    data = folder.place(way.parts.settings.releases, 2).data
    (data / "topics/brace/types.yml").write_text("other words")
    await way.ann.submit("/releases/2/verify")
    assert "It is not as it was made" in (await way.ann.get("/releases/2")).text
    assert ("ann", "release_verified", "release:2") in await way.deeds()


async def test_one_goes_back_after_a_page_that_says_what_changes(way: Desk) -> None:
    ben = await live(way)
    page = (await ben.get("/releases/1/roll-back")).text
    assert "Kinds of brace, Answer" in page
    assert "the next change that is published brings it to patients again" in page
    answer = await ben.submit("/releases/1/roll-back")
    place = answer.headers["location"]
    assert "It is being made ready" in (await ben.get(place)).text
    await way.replica(1)
    await way.ann.write(switching.settle)
    assert "Patients get release 1" in (await ben.get(place)).text
    assert await way.ann.read(switching.live) == 1
    assert (await switches(way))[-1].kind == SwitchKind.ROLL_BACK
    assert ("ben", "rolled_back", "release:1") in await way.deeds()


async def test_what_was_gone_back_from_comes_along_with_the_next_change_and_it_is_said(
    way: Desk,
) -> None:
    ben = await live(way)
    await ben.submit("/releases/1/roll-back")
    await way.replica(1)
    await way.ann.write(switching.settle)
    await way.set(status="submitted", release=None)
    way.edit({"data/topics/brace/new.yml": "id: brace/new\n"})
    page = (await way.ann.get(way.home)).text
    assert "Patients would also get 1 file that this change does not touch" in page


async def test_a_release_that_was_gone_back_from_can_be_served_again(way: Desk) -> None:
    ben = await live(way)
    await ben.submit("/releases/1/roll-back")
    await way.replica(1)
    await way.ann.write(switching.settle)
    assert "Serve release 2" in (await ben.get("/releases/2/roll-back")).text
    await ben.submit("/releases/2/roll-back")
    assert (await switches(way))[-1].kind == SwitchKind.PUBLISH
    assert ("ben", "release_served_again", "release:2") in await way.deeds()


async def test_one_can_go_back_without_git(way: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ben = await live(way)

    def broken(*_: object) -> None:
        raise RuntimeError("git is not there")

    monkeypatch.setattr(type(way.repository), "tree", broken)
    assert "cannot be told" in (await ben.get("/releases/1/roll-back")).text
    answer = await ben.submit("/releases/1/roll-back")
    assert answer.headers["location"].startswith("/releases/switches/")


REFUSED = {
    "it is live": (2, "", "is served already"),
    "its folder was changed": (1, "changed", "is not as it was made"),
    "its folder is gone": (1, "gone", "is not as it was made"),
    "it was cleared away": (1, "cleared", "was cleared away"),
    "another switch is under way": (1, "under way", "is being made ready"),
}


@pytest.mark.parametrize("why", REFUSED)
async def test_what_cannot_be_served_is_refused_with_the_reason(why: str, way: Desk) -> None:
    ben = await live(way)
    number, harm, said = REFUSED[why]
    place = folder.place(way.parts.settings.releases, number)
    if harm == "changed":
        (place.data / "regions.yml").write_text("GB: {}")
    elif harm == "gone":
        place.path.rename(place.path.with_name("away"))
    elif harm == "cleared":
        gone = update(Release).where(Release.number == number).values(kept=False)
        await way.ann.write(lambda db: db.execute(gone))
    elif harm == "under way":
        await way.ann.write(lambda db: switching.begin(db, 1, SwitchKind.ROLL_BACK, "Ann"))
    before = await switches(way)
    answer = await ben.submit(f"/releases/{number}/roll-back")
    assert answer.status_code == 409
    assert said in answer.text
    assert await switches(way) == before


async def test_an_editor_cannot_go_back(way: Desk) -> None:
    await live(way)
    assert (await way.ann.get("/releases/1/roll-back")).status_code == 403
    assert (await way.ann.submit("/releases/1/roll-back")).status_code == 403


async def test_a_switch_that_fails_leaves_patients_with_what_they_had(way: Desk) -> None:
    ben = await live(way)
    answer = await ben.submit("/releases/1/roll-back")
    await way.replica(None, trouble="the model cannot be read")
    await way.ann.write(switching.settle)
    page = (await ben.get(answer.headers["location"])).text
    assert "Patients did not get release 1." in page
    assert "one: the model cannot be read." in page
    assert "They keep release 2; nothing was lost." in page
    assert "What to do" in page


async def test_an_open_page_follows_a_switch(way: Desk) -> None:
    ben = await live(way)
    place = (await ben.submit("/releases/1/roll-back")).headers["location"]
    first = await ben.get(f"{place}/state")
    assert "hx-get=" in first.text
    shown = first.text.partition("state?shown=")[2].partition('"')[0]
    assert (await ben.get(f"{place}/state?shown={shown}")).status_code == 204
    await way.replica(1)
    await way.ann.write(switching.settle)
    last = await ben.get(f"{place}/state?shown={shown}")
    assert "Patients get release 1" in last.text
    assert "hx-get=" not in last.text
    assert (await ben.get("/releases/switches/99")).status_code == 404


async def test_a_switch_under_way_can_be_stopped(way: Desk) -> None:
    ben = await live(way)
    place = (await ben.submit("/releases/1/roll-back")).headers["location"]
    assert (await way.ann.submit(f"{place}/stop")).status_code == 403
    await ben.submit(f"{place}/stop")
    page = (await ben.get(place)).text
    assert "ben stopped it." in page
    assert "They keep release 2" in page
    await ben.submit(f"{place}/stop")
    assert "It has ended already." in (await ben.get(place)).text
    assert ("ben", "switch_stopped", "switch:3") in await way.deeds()


async def several(way: Desk, count: int) -> None:
    """Some releases that lie on the disk; the first is live."""
    number = await way.install()
    asked = select(Release.__table__).where(Release.number == number)
    row = await way.ann.read(lambda db: db.execute(asked).one()._asdict())
    place = folder.place(way.parts.settings.releases, number).path
    for other in range(number + 1, number + count):
        values = {**row, "number": other}
        made = insert(Release).values(values)
        await way.ann.write(partial(Connection.execute, statement=made))
        copied = folder.place(way.parts.settings.releases, other).path
        copied.mkdir()
        (copied / "release.json").write_bytes((place / "release.json").read_bytes())


def numbers(way: Desk) -> set[str]:
    return {each.name for each in way.parts.settings.releases.iterdir()}


async def test_old_releases_are_cleared_away_and_none_that_is_served(way: Desk) -> None:
    await several(way, 8)
    served = {"name": "two", "serving": 3, "ready": 4, "draining": [2]}
    await way.ann.write(lambda db: db.execute(insert(Replica).values(**served)))
    kept = await way.ann.write(lambda db: clearing.give_up(db, 2))
    assert kept == [5, 6]
    clearing.remove(way.parts.settings.releases, kept)
    assert numbers(way) == {"1", "2", "3", "4", "7", "8"}
    assert ("desk", "release_cleared", "release:5") in await way.deeds()
    page = (await way.ann.get("/releases")).text
    assert page.count('<span class="soft">not kept</span>') == 2
    assert "its folder was cleared away" in (await way.ann.get("/releases/5")).text


async def test_the_release_before_the_live_one_is_never_cleared_away(way: Desk) -> None:
    await several(way, 8)
    at = {"release": 6, "kind": "publish", "state": str(SwitchState.LIVE)}
    await way.ann.write(lambda db: db.execute(insert(Switch).values(**at)))
    gone = await way.ann.write(lambda db: clearing.give_up(db, 2))
    assert gone == [2, 3, 4, 5]


async def test_a_clearing_that_was_interrupted_is_finished_by_the_next(way: Desk) -> None:
    await several(way, 6)
    await way.ann.write(lambda db: clearing.give_up(db, 2))
    assert "2" in numbers(way)
    again = await way.ann.write(lambda db: clearing.give_up(db, 2))
    clearing.remove(way.parts.settings.releases, again)
    assert numbers(way) == {"1", "5", "6"}


async def test_what_comes_after_a_release_is_done_once_for_each_and_survives_a_failure(
    way: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(after_live, "LOOK_SECONDS", 0.01)
    done: list[int] = []

    async def fails(_: Services, number: int) -> None:
        raise RuntimeError(number)

    async def notes(_: Services, number: int) -> None:
        done.append(number)

    async with after_live.following(way.parts, [fails, notes]):
        await asyncio.sleep(0.05)
        assert done == []
        number = await way.install()
        async with asyncio.timeout(10):
            while not done:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
    assert done == [number]


async def test_a_switch_that_nobody_looks_after_ends_too(
    way: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(after_live, "LOOK_SECONDS", 0.01)
    ben = await live(way)
    place = (await ben.submit("/releases/1/roll-back")).headers["location"]
    await way.replica(1)
    async with after_live.following(way.parts, []), asyncio.timeout(10):
        while "Patients get release 1" not in (await ben.get(place)).text:
            await asyncio.sleep(0.05)


async def test_a_viewer_sees_no_releases(way: Desk) -> None:
    eve = await way.person("eve", Role.VIEWER)
    assert (await eve.get("/releases")).status_code == 403


async def test_what_was_made_by_a_command_and_never_served_is_not_served_from_here(
    way: Desk,
) -> None:
    ben = await live(way)
    data, model = way.folder / "laid/data", way.folder / "made.tar.gz"
    model.write_bytes(b"never checked")
    made = await making.make(
        way.parts.database, way.parts.settings.releases, data=data, model=model, code=""
    )
    page = await ben.submit(f"/releases/{made}/roll-back")
    assert page.status_code == 409
    assert f"Release {made} was made by a command" in page.text
    assert f'href="/releases/{made}/roll-back"' not in (await ben.get("/releases")).text
    assert await way.ann.read(switching.preparing) is None


async def test_a_model_is_said_to_be_missing_or_unchecked_where_newer_code_runs(way: Desk) -> None:
    ben = await live(way)
    model = way.folder / "newer.tar.gz"
    model.write_bytes(b"newer")
    way.parts.settings.dorsi_code = "newer"
    page = (await ben.get("/releases/1/roll-back")).text
    assert "make release-model RELEASE=1" in page
    assert '<button class="danger">' not in page
    folder.renew(way.parts.settings.releases, 1, model, "newer")
    for page in ("/releases/1", "/releases/1/roll-back"):
        assert "the checks have not seen that model" in (await ben.get(page)).text
