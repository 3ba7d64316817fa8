"""Erasing one conversation: nothing of it is left, and a page proves it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, inspect, select, text

from desk.access.permissions import Role
from desk.privacy import erasing
from desk.privacy.audit import Actor
from desk.settings import Settings
from gateway.settings import Settings as GatewaySettings
from records import erasing as shared
from records import search
from records.base import Base
from records.conversations import Conversation
from records.database import Database
from records.models import Erasure, Session
from records.people import Deed
from records.reviewing import Incident
from tests.conftest import FakeRasa, Patient, arrive, serving
from tests.desk.conftest import Client, SignedIn, serving_desk
from tests.desk.conversing import converse, review, user

REASON = "The patient asked for it on the telephone"
SECRET = "xylophonist"


async def planted(client: Client, **more: Any) -> int:
    """A conversation with a word that stands in every text there is of it."""

    def work(db: Connection) -> int:
        words = f"the {SECRET} said my foot drags"
        number = converse(db, words, words, reply=f"So a {SECRET}.", opinion=SECRET, **more)
        review(db, number, client.user_id, f"About the {SECRET}")
        return number

    return await client.write(work)


async def erase(client: Client, number: int, **form: str) -> str:
    """Erase it; gives where the proof is."""
    fields = {"reason": REASON, "number": str(number), **form}
    answer = await client.submit(f"/conversations/{number}/erase", **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def the_deed(client: Client) -> Any:
    asked = select(Deed.__table__).where(Deed.action == "erased")
    return await client.read(lambda db: db.execute(asked).one())


def tables_with(db: Connection, word: str) -> set[str]:
    """The tables of any kind, the search's own among them, in which a word stands anywhere."""
    found = set()
    for table in inspect(db).get_table_names():
        rows = db.execute(text(f'SELECT * FROM "{table}"')).all()
        if word in repr([tuple(row) for row in rows]):
            found.add(table)
    return found


def files_with(folder: Path, word: str) -> set[str]:
    """The database's files in which the word's beginning stands, as the search has it."""
    stem = word[:8].encode()
    return {file.name for file in folder.glob("dorsi.db*") if stem in file.read_bytes()}


async def test_nothing_of_it_is_left_in_any_table_or_file(
    signed_in: SignedIn, tmp_path: Path
) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    kept = await ann.write(lambda db: converse(db, "my trombone is heavy"))
    words = await ann.read(lambda db: tables_with(db, SECRET))
    assert {"messages", "feedback", "conversation_words", "notes", "verdicts"} <= words
    assert {"work", "dismissals"} <= words
    assert files_with(tmp_path, SECRET)
    await erase(ann, number)
    assert await ann.read(lambda db: tables_with(db, SECRET[:8])) == set()
    assert files_with(tmp_path, SECRET) == set()
    assert (await ann.get(f"/conversations/{kept}/privacy")).status_code == 200
    assert files_with(tmp_path, "trombone")


async def test_the_page_proves_it(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    where = await erase(ann, number)
    page = (await ann.get(where)).text
    deed = await the_deed(ann)
    assert where == f"/erasures/{deed.id}"
    assert deed.detail["before"]["messages"] == 4
    assert deed.detail["before"]["conversations"] == 1
    assert set(deed.detail["after"].values()) == {0}
    assert deed.detail["words_looked_for"] > 3
    assert deed.detail["words_found"] == 0
    assert REASON in page
    assert ann.name in page
    assert "finds it by 0 of" in page
    assert "is not told yet" in page
    assert "was rid of the words" in page
    for name, before in deed.detail["before"].items():
        cells = f'<td class="number">{before}</td>' + '<td class="number">0</td>' * 2
        assert f"<td>{name.replace('_', ' ')}</td>{cells}" in page.replace("\n", "")
    # What the number of rows comes from is asked anew each time.
    await ann.write(lambda db: bring_back(db, number))
    cells = "".join(f'<td class="number">{count}</td>' for count in (1, 0, 1))
    assert f"<td>conversations</td>{cells}" in (await ann.get(where)).text


def bring_back(db: Connection, number: int) -> None:
    """Put a conversation of the same number there behind the desk's back."""
    other = converse(db)
    db.execute(
        text("UPDATE conversations SET number = :number WHERE number = :other"),
        {"number": number, "other": other},
    )


async def test_every_table_that_hangs_on_a_session_is_counted(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    plan = await ann.read(lambda db: erasing.plan(db, number))
    of_the_desk = {"desk_users", "desk_codes", "desk_sessions", "desk_failures", "audit"}
    not_of_one = {"tags", "saved_views", "changes", "erasures"}
    of_the_content = {"change_requests", "checks", "approvals", "releases", "switches", "replicas"}
    hanging = set(Base.metadata.tables) - of_the_desk - not_of_one - of_the_content
    assert set(plan.rows) == hanging
    assert {name for name, rows in plan.rows.items() if not rows} == {"holds", "unmaskings"}


async def test_an_incident_stays_without_its_link_and_without_words(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    await erase(ann, await planted(ann))
    asked = select(Incident.number, Incident.message_id, Incident.kind)
    rows = await ann.read(lambda db: [tuple(row) for row in db.execute(asked)])
    assert rows == [(None, None, "missed")]


@pytest.mark.parametrize(("diary", "kept"), [("yes", "d" * 64), ("", None)])
async def test_the_diary_goes_only_where_it_is_asked_for(
    signed_in: SignedIn, diary: str, kept: str | None
) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann, diary="d" * 64)
    await planted_beside(ann)
    page = (await ann.get(f"/conversations/{number}/erase")).text
    assert "which 1 other conversations of it share" in page
    await erase(ann, number, diary=diary)
    rows = await ann.read(lambda db: db.execute(select(Erasure.diary_hash, Erasure.number)).all())
    assert [tuple(row) for row in rows] == [(kept, number)]
    assert (await the_deed(ann)).detail["diary"] is (kept is not None)


async def planted_beside(client: Client) -> None:
    await client.write(lambda db: converse(db, "hello", diary="d" * 64))


async def test_without_a_diary_none_is_offered(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    assert 'name="diary"' not in (await ann.get(f"/conversations/{number}/erase")).text


@pytest.mark.parametrize(
    "form",
    [
        {"number": ""},
        {"number": "0"},
        {"number": "12345"},
        {"reason": ""},
        {"reason": "short"},
        {"reason": f"They said the {SECRET} said my foot"},
    ],
)
async def test_a_slip_erases_nothing(signed_in: SignedIn, form: dict[str, str]) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    fields = {"reason": REASON, "number": str(number), **form}
    answer = await ann.submit(f"/conversations/{number}/erase", **fields)
    assert answer.status_code == 400
    assert 'class="error"' in answer.text
    asked = select(func.count()).select_from(Session)
    assert await ann.read(lambda db: db.scalar(asked)) == 1
    assert await ann.read(lambda db: db.scalar(select(func.count()).select_from(Deed))) == 0


async def test_what_is_not_there_is_not_erased(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    for path in ("/conversations/7/erase", f"/conversations/{10**12}/erase", "/erasures/7"):
        assert (await ann.get(path)).status_code == 404
    fields = {"reason": REASON, "number": "7"}
    assert (await ann.submit("/conversations/7/erase", **fields)).status_code == 404
    assert (await ann.get(f"/erasures/{10**12}")).status_code == 404


async def test_no_other_entry_of_the_log_is_a_proof(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    await ann.submit(f"/conversations/{number}/hold", reason=REASON)
    assert (await ann.get("/erasures/1")).status_code == 404


async def test_where_something_would_be_left_nothing_is_erased(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    monkeypatch.setattr(shared, "delete", lambda table: select(table))
    answer = await ann.submit(f"/conversations/{number}/erase", reason=REASON, number=str(number))
    assert answer.status_code == 500
    monkeypatch.undo()
    assert await ann.read(lambda db: db.scalar(select(func.count()).select_from(Erasure))) == 0
    assert await ann.read(lambda db: db.scalar(select(func.count()).select_from(Deed))) == 0


async def test_a_file_in_use_is_emptied_when_asked_again(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann)
    real = search.purge

    async def fails(_: Database) -> bool:
        raise TimeoutError

    monkeypatch.setattr(search, "purge", fails)
    where = await erase(ann, number)
    assert "may still hold the words" in (await ann.get(where)).text
    assert files_with(tmp_path, SECRET)
    monkeypatch.setattr(search, "purge", real)
    await ann.submit(f"{where}/purge")
    assert files_with(tmp_path, SECRET) == set()
    assert "was rid of the words" in (await ann.get(where)).text


# Beside a gateway


@pytest.fixture
async def both(
    settings: GatewaySettings, desk_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Any, Any]]:
    """A gateway that soon tries again what it could not do, and a desk, on one database."""
    monkeypatch.setattr("gateway.erasures.RETRY_SECONDS", 0.01)
    async with serving(settings) as patients, serving_desk(desk_settings) as desk:
        yield patients, desk


async def test_the_patient_begins_anew_and_the_assistant_is_told(
    both: tuple[Any, Any],
    signed_in: SignedIn,
    rasa: FakeRasa,
    tmp_path: Path,
) -> None:
    patients, _ = both
    patient: Patient = await arrive(patients)
    await patient.say(f"I am a {SECRET}")
    sender = rasa.received[0]["sender"]
    ann = await signed_in(Role.ADMIN)
    number = await ann.write(index)
    where = await erase(ann, number)
    assert (await patient.send("hello")).status_code == 401
    async with asyncio.timeout(70):
        while sender not in rasa.erased:
            await asyncio.sleep(0.05)
        while "was told" not in (page := (await ann.get(where)).text):
            await asyncio.sleep(0.05)
    assert "is not told yet" not in page
    assert files_with(tmp_path, SECRET) == set()
    assert await ann.read(lambda db: tables_with(db, sender)) <= {"changes"}


def index(db: Connection) -> int:
    """Give the only session a number, unless the desk's index was quicker."""
    if (known := db.scalar(select(Conversation.number))) is not None:
        return int(known)
    session = db.execute(select(Session.id, Session.created_at)).one()
    at = {"began_at": session.created_at, "last_at": session.created_at}
    made = insert(Conversation).values(session_id=session.id, region="GB", **at)
    return int(db.execute(made.returning(Conversation.number)).scalar_one())


# On PostgreSQL


@pytest.mark.postgres
async def test_nothing_is_left_on_postgresql_either(postgres_url: str) -> None:
    opened = Database(postgres_url)

    def plant(db: Connection) -> int:
        number = converse(db, f"the {SECRET} said", opinion=SECRET)
        review(db, number, user(db), f"About the {SECRET}")
        return number

    try:
        number = await opened.write(plant)
        assert "conversation_words" in await opened.read(lambda db: tables_with(db, SECRET))
        who = Actor("ann", 1)
        id = await opened.write(lambda db: erasing.erase(db, who, number, REASON, with_diary=True))
        assert await opened.read(lambda db: tables_with(db, SECRET)) == set()
        detail = await opened.read(
            lambda db: db.execute(select(Deed.detail).where(Deed.id == id)).scalar_one()
        )
        assert set(detail["after"].values()) == {0}
        assert await search.purge(opened) is False
    finally:
        await opened.close()
