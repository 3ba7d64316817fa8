"""The audit log is a chain: what is changed in it, or taken out of it, shows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from records import audit, database
from records.audit import Action, Actor, append, verify
from records.models import Session
from records.people import Deed

ANN = Actor("ann", 7)


@pytest.fixture
def engine(any_url: str) -> Iterator[Engine]:
    opened = database.connect(any_url).execution_options(begin="IMMEDIATE")
    yield opened
    opened.dispose()


def write(engine: Engine, *objects: str) -> None:
    for object in objects:
        with engine.begin() as db:
            append(db, ANN, Action.HELD, object, {"reason": "a “é”", "n": [1, 2.5, None]})


def forge(engine: Engine, statement: str, **values: Any) -> None:
    """Change the log as somebody can who owns the database."""
    with engine.begin() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_no_change"))
        else:
            for verb in ("update", "delete"):
                db.execute(text(f"DROP TRIGGER audit_no_{verb}"))
        db.execute(text(statement), values)


def check(engine: Engine, head: str | None = None) -> audit.Verified:
    with engine.connect() as db:
        return verify(db, head)


def ids(db: Connection) -> list[int]:
    return list(db.scalars(select(Deed.id).order_by(Deed.id)))


def test_an_empty_log_is_sound(engine: Engine) -> None:
    assert check(engine) == audit.Verified(0, audit.FIRST)
    assert check(engine, audit.FIRST).fault is None


def test_a_log_as_it_was_written_is_sound_and_names_its_newest_hash(engine: Engine) -> None:
    write(engine, "a", "b", "c")
    found = check(engine)
    with engine.connect() as db:
        newest = db.scalar(select(Deed.hash).order_by(Deed.id.desc()).limit(1))
    assert found == audit.Verified(3, str(newest))
    write(engine, "d")
    assert check(engine, found.head).fault is None


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'eve'",
        "actor_id = NULL",
        "action = 'lifted'",
        "object = 'x'",
        "detail = '{}'",
        "at = '2020-01-01 00:00:00.000000'",
        f"hash = '{'f' * 64}'",
    ],
)
def test_a_changed_entry_is_named(engine: Engine, change: str) -> None:
    write(engine, "a", "b", "c")
    forge(engine, f"UPDATE audit SET {change} WHERE object = 'b'")
    with engine.connect() as db:
        second = ids(db)[1]
    fault = check(engine).fault
    assert fault == audit.Fault(second, audit.CHANGED)
    assert str(fault) == f"entry {second}: it was changed after it was written"


@pytest.mark.parametrize("gone", ["a", "b"])
def test_an_entry_taken_out_shows_at_the_next(engine: Engine, gone: str) -> None:
    write(engine, "a", "b", "c")
    forge(engine, "DELETE FROM audit WHERE object = :gone", gone=gone)
    with engine.connect() as db:
        following = db.scalar(select(Deed.id).where(Deed.object == chr(ord(gone) + 1)))
    assert check(engine).fault == audit.Fault(following, audit.CUT_OFF)


def test_what_was_taken_from_the_end_shows_where_its_hash_was_kept(engine: Engine) -> None:
    write(engine, "a", "b", "c")
    head = check(engine).head
    forge(engine, "DELETE FROM audit WHERE object = 'c'")
    assert check(engine).fault is None
    fault = check(engine, head).fault
    assert fault is not None
    assert fault.id is None
    assert head in str(fault)


def test_a_log_written_anew_shows_where_a_hash_was_kept(engine: Engine) -> None:
    write(engine, "a", "b")
    head = check(engine).head
    forge(engine, "DELETE FROM audit")
    write(engine, "a", "b")
    assert check(engine).fault is None
    assert check(engine, head).fault is not None


def test_some_entries_are_looked_at_with_the_one_before_them(engine: Engine) -> None:
    write(engine, "a", "b", "c", "d")
    forge(engine, "DELETE FROM audit WHERE object = 'b'")
    forge_again = "UPDATE audit SET actor = 'eve' WHERE object = 'd'"
    with engine.begin() as db:
        db.execute(text(forge_again))
    with engine.connect() as db:
        rows = db.execute(select(Deed.__table__).order_by(Deed.id.desc())).all()
        found = audit.faults(db, rows)
    assert found == {rows[0].id: audit.CHANGED, rows[1].id: audit.CUT_OFF}


def test_an_entry_and_the_deed_are_kept_together_or_not_at_all(engine: Engine) -> None:
    def deed(db: Connection, fails: bool) -> None:
        db.execute(insert(Session).values(id="s1", token_hash="s1", region="GB"))
        append(db, ANN, Action.HELD, "conversation:1", {})
        if fails:
            raise RuntimeError

    with pytest.raises(RuntimeError), engine.begin() as db:
        deed(db, fails=True)
    assert check(engine).count == 0
    with engine.begin() as db:
        deed(db, fails=False)
    with pytest.raises(IntegrityError), engine.begin() as db:
        append(db, ANN, Action.HELD, "conversation:1", {})
        deed(db, fails=False)
    assert check(engine).count == 1


def test_two_processes_write_one_chain(any_url: str, engine: Engine) -> None:
    other = database.connect(any_url).execution_options(begin="IMMEDIATE")
    names = [f"{n}" for n in range(20)]
    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(write, one, *names) for one in (engine, other) * 2]:
            each.result()
    assert check(engine).count == 80
    assert check(engine).fault is None
    other.dispose()


def test_the_database_refuses_a_second_entry_after_the_same_one(engine: Engine) -> None:
    write(engine, "a")
    with engine.connect() as db:
        row = db.execute(select(Deed.__table__)).one()._asdict()
    with pytest.raises(IntegrityError), engine.begin() as db:
        db.execute(insert(Deed).values(**{**row, "id": 99, "hash": "0" * 64}))
