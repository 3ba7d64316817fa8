import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.app import create_app
from gateway.erasures import Erasures
from gateway.sessions import hash_token
from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn

BUTTON = {"title": "Braces", "payload": "topic:brace/overview"}


async def test_erasing_leaves_no_row_and_tells_rasa(
    patient: Patient, rasa: FakeRasa, stored: Any
) -> None:
    rasa.says = turn(answer(buttons=[BUTTON]))
    await patient.say("hello")
    assert (await patient.erase()).status_code == 204
    for table in ("sessions", "messages", "buttons", "erasures"):
        assert await stored(f"SELECT * FROM {table}") == []
    assert rasa.erased == [rasa.received[0]["sender"]]


async def test_the_words_are_gone_from_the_files_too(patient: Patient, tmp_path: Path) -> None:
    await patient.say("xylophone secret")
    assert any(b"xylophone" in file.read_bytes() for file in tmp_path.glob("dorsi.db*"))
    await patient.erase()
    assert not any(b"xylophone" in file.read_bytes() for file in tmp_path.glob("dorsi.db*"))


async def test_what_a_long_read_keeps_in_the_log_is_purged_after_it(
    settings: Settings, rasa: FakeRasa, tmp_path: Path
) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://dorsi") as client:
            erasures, patient = app.state.services.erasures, await arrive(client)
            await erasures.purge()
            await patient.say("xylophone secret")
            with closing(sqlite3.connect(tmp_path / "dorsi.db")) as reader:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM messages").fetchall()
                await patient.erase()
                await erasures.purge()
                assert b"xylophone" in (tmp_path / "dorsi.db-wal").read_bytes()
            await erasures.purge()
            assert not any(b"xylophone" in file.read_bytes() for file in tmp_path.glob("dorsi.db*"))


async def test_nothing_of_it_stays_in_memory(settings: Settings, rasa: FakeRasa) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://dorsi") as client:
            patient = await arrive(client)
            await patient.say("hello")
            recent, session = app.state.services.recent, rasa.received[0]["sender"]
            token = hash_token(patient.token)
            assert recent.session(token)
            assert recent.note(session)
            await patient.erase()
            assert recent.session(token) is None
            assert recent.note(session) is None


async def test_an_erased_session_is_not_known_any_more(patient: Patient) -> None:
    await patient.erase()
    assert (await patient.send("hello")).status_code == 401
    assert (await patient.erase()).status_code == 401


async def test_erasing_leaves_other_sessions_alone(
    client: httpx.AsyncClient, patient: Patient
) -> None:
    other = await arrive(client)
    await other.say("hello")
    await patient.erase()
    assert len(await other.history()) == 2


async def test_where_rasa_cannot_be_told_the_rows_go_all_the_same(
    patient: Patient, rasa: FakeRasa, stored: Any
) -> None:
    await patient.say("hello")
    rasa.can_erase = False
    assert (await patient.erase()).status_code == 204
    assert await stored("SELECT * FROM messages") == []
    assert await stored("SELECT session_id FROM erasures") == [(rasa.received[0]["sender"],)]


async def test_rasa_is_told_later(
    settings: Settings, rasa: FakeRasa, stored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.erasures.RETRY_SECONDS", 0.01)
    rasa.can_erase = False
    async with serving(settings) as client:
        await (await arrive(client)).erase()
        assert rasa.erased == []
        rasa.can_erase = True
        while await stored("SELECT * FROM erasures"):
            pass
    assert len(rasa.erased) == 1


async def test_retrying_goes_on_after_a_failure(
    settings: Settings, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch, stored: Any
) -> None:
    real, tries = Erasures.retry, 0

    async def fails_at_first(self: Erasures) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError("the database is away")
        await real(self)

    monkeypatch.setattr("gateway.erasures.RETRY_SECONDS", 0.01)
    monkeypatch.setattr(Erasures, "retry", fails_at_first)
    rasa.can_erase = False
    async with serving(settings) as client:
        await (await arrive(client)).erase()
        rasa.can_erase = True
        while await stored("SELECT * FROM erasures"):
            pass
    assert tries > 1
