"""A gateway goes over to another release while patients write, and no turn is of two."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import triage
from sqlalchemy import Connection, Engine, select, update

from gateway import following, preparing
from gateway.settings import Settings
from records import database
from records.models import Message
from records.publishing import Replica
from records.words import SwitchKind, SwitchState
from releases import engines, folder, making, switching
from releases.engines import Engine as Serving
from tests.conftest import FakeRasa, Patient, answer, arrive, playing, serving, turn

LOOP = "exercise"


def says(number: int, **more: Any) -> dict[str, Any]:
    """What the Rasa of a release says."""
    by = {"served": number, "release": f"dorsi-{number}"}
    return {**turn(answer(f"Of release {number}.")), **by, **more}


@dataclass
class Released:
    """Two releases, the first of them live, each with a Rasa of its own."""

    settings: Settings
    engine: Engine
    rasas: dict[int, FakeRasa]

    def ask[T](self, work: Callable[[Connection], T]) -> T:
        with self.engine.execution_options(begin="IMMEDIATE").begin() as db:
            return work(db)

    def start(self, number: int) -> None:
        """Have an engine of a release here."""
        url = self.rasas[number].url
        found = Serving(number, f"dorsi-{number}", url, engines.programs(number))
        engines.write(self.settings.dorsi_home, found)

    async def until(self, work: Callable[[Connection], object], wanted: object) -> None:
        async with asyncio.timeout(15):
            while self.ask(work) != wanted:
                await asyncio.sleep(0.02)

    async def switch(self, number: int) -> int:
        """Switch, and wait until the gateway serves it."""
        id = self.ask(lambda db: switching.begin(db, number, SwitchKind.PUBLISH, "ann"))
        self.start(number)
        await self.until(ready, number)
        self.ask(switching.settle)
        assert self.ask(switching.live) == number
        await self.until(is_serving, number)
        return id


def ready(db: Connection) -> int | None:
    found = db.execute(select(Replica.ready)).scalar()
    return int(found) if found else None


def is_serving(db: Connection) -> int | None:
    return db.execute(select(Replica.serving)).scalar()


def draining(db: Connection) -> Any:
    return db.execute(select(Replica.draining)).scalar()


@pytest.fixture
async def released(
    settings: Settings, content: Path, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Released]:
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(preparing, "LOOK_AGAIN", 0.02)
    known = triage.screener()  # reading the red flags anew for each release takes seconds
    monkeypatch.setattr(triage, "screener", lambda *_: known)
    opened = database.connect(settings.database_url)
    releases = settings.dorsi_home / "releases"
    for number in (1, 2):
        data = settings.dorsi_home / f"content-{number}"
        shutil.copytree(content, data)
        texts = data / "conversation/texts.yml"
        texts.write_text(texts.read_text().replace("I am Dorsi.", f"I am Dorsi {number}."))
        model = settings.dorsi_home / f"dorsi-{number}.tar.gz"
        model.touch()
        prepared = making.prepare(releases, data=data, model=model, code="")
        with opened.begin() as db:
            assert making.enter(db, prepared) == number
            if number == 1:
                switching.install(db, 1, "main")
    async with playing(FakeRasa()) as second:
        rasa.says, second.says = says(1), says(2)
        there = settings.model_copy(update={"dorsi_served": 1})
        found = Released(there, opened, {1: rasa, 2: second})
        found.start(1)
        yield found
    opened.dispose()


@pytest.fixture
async def client(released: Released) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the gateway, which follows the switches."""
    async with serving(released.settings) as client:
        yield client


async def replies(patient: Patient, text: str = "hello") -> list[str]:
    return [message["text"] for message in await patient.say(text)]


async def test_new_turns_and_new_sessions_are_of_the_release_that_is_live(
    released: Released, client: httpx.AsyncClient, stored: Any
) -> None:
    patient = await arrive(client)
    assert patient.welcome[0]["text"].startswith("I am Dorsi 1.")
    assert await replies(patient) == ["Of release 1."]
    await released.switch(2)
    assert await replies(patient) == ["Of release 2."]
    assert (await arrive(client)).welcome[0]["text"].startswith("I am Dorsi 2.")
    notes = await stored("SELECT understanding FROM messages WHERE understanding IS NOT NULL")
    assert '"served": 1' in notes[0][0] and '"release": "dorsi-1"' in notes[0][0]
    assert '"served": 2' in notes[1][0] and '"release": "dorsi-2"' in notes[1][0]


async def test_going_back_takes_the_engine_that_is_still_there(
    released: Released, client: httpx.AsyncClient
) -> None:
    patient = await arrive(client)
    await released.switch(2)
    await released.switch(1)
    assert await replies(patient) == ["Of release 1."]
    await released.until(draining, [2])


async def test_a_conversation_with_a_place_stays_with_its_release_until_it_is_over(
    released: Released, client: httpx.AsyncClient
) -> None:
    patient = await arrive(client)
    released.rasas[1].says = says(1, account={"loop": LOOP})
    await replies(patient)
    await released.switch(2)
    assert await replies(patient) == ["Of release 1."]
    released.rasas[1].status = 500  # nothing moves where Rasa is not there
    assert "Please try again" in (await replies(patient))[0]
    released.rasas[1].status = 200
    released.rasas[1].says = says(1)
    assert await replies(patient) == ["Of release 1."]
    assert await replies(patient) == ["Of release 2."]


async def test_it_is_waited_for_no_longer_than_was_set(released: Released) -> None:
    at_once = released.settings.model_copy(update={"dorsi_drain_minutes": 0})
    async with serving(at_once) as client:
        patient = await arrive(client)
        released.rasas[1].says = says(1, account={"loop": LOOP})
        await replies(patient)
        await released.switch(2)
        assert await replies(patient) == ["Of release 2."]
        await released.until(draining, [])


async def test_a_turn_under_way_is_ended_by_the_release_that_began_it(
    released: Released,
) -> None:
    slow = {"dorsi_drain_minutes": 0, "rasa_timeout": 60}
    async with serving(released.settings.model_copy(update=slow)) as client:
        patient, old = await arrive(client), released.rasas[1]
        old.may_answer.clear()
        saying = asyncio.create_task(replies(patient))
        await old.heard.wait()
        await released.switch(2)
        await released.until(draining, [1])
        old.may_answer.set()
        assert await saying == ["Of release 1."]
        await released.until(draining, [])


UNAVAILABLE = "Please try again in a minute. In danger call 999."


async def test_a_gateway_that_is_started_anew_serves_what_is_live_and_keeps_what_is_under_way(
    released: Released,
) -> None:
    async with serving(released.settings) as client:
        busy, other = await arrive(client), await arrive(client)
        released.rasas[1].says = says(1, account={"loop": LOOP})
        await replies(busy)
        await released.switch(2)
    async with serving(released.settings) as client:
        busy.client = other.client = client
        assert await replies(busy) == ["Of release 1."]
        assert await replies(other) == ["Of release 2."]


async def test_an_answer_of_another_release_is_none(
    released: Released, client: httpx.AsyncClient
) -> None:
    patient = await arrive(client)
    released.rasas[1].says = says(2)
    assert await replies(patient) == [UNAVAILABLE]


async def test_an_engine_that_answers_with_another_model_fails_the_switch(
    released: Released, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "ANSWER_SECONDS", 0.2)
    released.rasas[2].says = says(2, release="dorsi-x")
    id = released.ask(lambda db: switching.begin(db, 2, SwitchKind.PUBLISH, "ann"))
    released.start(2)
    await released.until(lambda db: _settled(db, id), SwitchState.FAILED)
    progress = released.ask(lambda db: switching.state(db, id))
    assert progress is not None
    assert progress.message == "main: the engine of release 2 gives no right answer"
    assert await replies(await arrive(client)) == ["Of release 1."]


async def test_content_that_cannot_be_read_fails_the_switch_and_harms_nobody(
    released: Released, client: httpx.AsyncClient
) -> None:
    texts = folder.place(released.settings.releases, 2).data / "conversation/texts.yml"
    texts.write_text("texts: {")
    id = released.ask(lambda db: switching.begin(db, 2, SwitchKind.PUBLISH, "ann"))
    released.start(2)
    await released.until(lambda db: _settled(db, id), SwitchState.FAILED)
    progress = released.ask(lambda db: switching.state(db, id))
    assert progress is not None
    assert "main: release 2 cannot be read" in progress.message
    assert await replies(await arrive(client)) == ["Of release 1."]


def _settled(db: Connection, id: int) -> SwitchState:
    switching.settle(db)
    found = switching.state(db, id)
    assert found is not None
    return found.state


async def test_while_the_database_is_away_what_is_served_stays(
    released: Released, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Connection) -> None:
        raise ConnectionRefusedError

    patient = await arrive(client)
    with monkeypatch.context() as away:
        away.setattr(following, "look", fail)
        await asyncio.sleep(0.1)
        assert await replies(patient) == ["Of release 1."]
    await released.switch(2)
    assert await replies(patient) == ["Of release 2."]


async def test_who_was_served_by_a_newer_switch_elsewhere_is_not_taken_back(
    released: Released, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = await arrive(client)
    await replies(patient)
    monkeypatch.setattr(following, "LOOK_SECONDS", 60)  # this one looks rarely from now on
    await asyncio.sleep(0.1)
    services = client._transport.app.state.services  # type: ignore[attr-defined]
    released.ask(lambda db: switching.begin(db, 2, SwitchKind.PUBLISH, "ann"))
    released.start(2)
    for _ in range(100):
        await services.following.look()
        if released.ask(ready) == 2:
            break
        await asyncio.sleep(0.05)
    released.ask(switching.settle)
    assert await replies(patient) == ["Of release 1."]  # not known here yet
    released.ask(lambda db: db.execute(update(Message).values(understanding={"switch": 2})))
    assert await replies(patient) == ["Of release 2."]


async def test_what_is_erased_leaves_the_memory_of_every_engine(
    released: Released, client: httpx.AsyncClient
) -> None:
    patient = await arrive(client)
    await replies(patient)
    await released.switch(2)
    assert (await patient.erase()).status_code == 204
    assert released.rasas[2].erased[-1] == released.rasas[1].erased[-1]


async def test_pages_and_help_are_of_the_release_that_is_live(
    released: Released, client: httpx.AsyncClient
) -> None:
    regions = folder.place(released.settings.releases, 2).data / "regions.yml"
    regions.write_text(regions.read_text().replace('"999"', '"998"'))
    assert "999" in (await client.get("/api/help?region=GB")).text
    await released.switch(2)
    assert "998" in (await client.get("/api/help?region=GB")).text
    assert "998" in (await client.get("/?region=GB")).text


async def test_where_there_are_no_releases_nothing_is_told(
    settings: Settings, rasa: FakeRasa, stored: Any
) -> None:
    async with serving(settings) as client:
        await replies(await arrive(client))
        await asyncio.sleep(0.1)
    assert await stored("SELECT count(*) FROM replicas") == [(0,)]


async def test_a_gateway_that_ends_is_waited_for_no_more(released: Released, stored: Any) -> None:
    async with serving(released.settings):
        await released.until(is_serving, 1)
    assert await stored("SELECT count(*) FROM replicas") == [(0,)]
