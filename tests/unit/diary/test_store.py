"""A diary is kept, given out and erased, on each kind of database."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select

from diary.models import Base
from diary.store import Diary, DiaryError, NoConsent
from diary.values import CheckIn, Done, History, Visit

from .making import ID, OTHER, TODAY, ago, told, visit

VISIT = Visit(
    ago(2),
    (
        Done("towel", "easier", 10, 30, 3, 5),
        Done("alphabet"),
        Done("band", pain=6, skipped=True),
    ),
)
CHECK_IN = CheckIn(ago(1), 4, 1, "less", frozenset({"balance", "feeling"}), 9)


@pytest.fixture
def agreed(store: Diary) -> Diary:
    store.consent(ID, TODAY)
    return store


def rows(url: str) -> dict[str, int]:
    """How many rows each table of the diary has."""
    with create_engine(url, future=True).connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


def test_nothing_is_kept_before_the_patient_agrees(store: Diary, url: str) -> None:
    assert not store.consented(ID)
    with pytest.raises(NoConsent):
        store.add_visit(ID, VISIT)
    with pytest.raises(NoConsent):
        store.add_done(ID, TODAY, Done("towel"))
    with pytest.raises(NoConsent):
        store.add_check_in(ID, CHECK_IN)
    assert set(rows(url).values()) == {0}
    assert store.history(ID) == History()
    assert store.export(ID) == {"id": ID, "consented_at": None, "visits": [], "check_ins": []}


def test_consent_is_for_one_browser_and_its_first_time_is_kept(agreed: Diary) -> None:
    agreed.consent(ID, TODAY + timedelta(days=1))
    assert agreed.consented(ID)
    assert not agreed.consented(OTHER)
    assert agreed.export(ID)["consented_at"] == TODAY.isoformat()


def test_what_was_kept_is_read_back_in_order_of_time(agreed: Diary) -> None:
    later, told_later = visit(1, "towel"), told(0)
    for one in (later, VISIT):
        agreed.add_visit(ID, one)
    for check_in in (told_later, CHECK_IN):
        agreed.add_check_in(ID, check_in)
    assert agreed.history(ID) == History((VISIT, later), (CHECK_IN, told_later))
    assert agreed.history(OTHER) == History()


def test_times_are_kept_in_utc(agreed: Diary) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    agreed.add_visit(ID, Visit(datetime(2026, 11, 21, 1, 15, tzinfo=india)))
    (kept,) = agreed.history(ID).visits
    assert kept.at == datetime(2026, 11, 20, 19, 45, tzinfo=timezone.utc)
    assert kept.at.utcoffset() == timedelta(0)


def test_exercises_of_one_visit_are_added_one_by_one(agreed: Diary) -> None:
    for done in VISIT.done:
        agreed.add_done(ID, VISIT.at, done)
    assert agreed.history(ID).visits == (VISIT,)


def test_what_is_sent_again_is_kept_once_and_as_it_was_last(agreed: Diary, url: str) -> None:
    for one in (VISIT, Visit(VISIT.at, VISIT.done[:1])):
        agreed.add_visit(ID, one)
    for check_in in (CHECK_IN, CheckIn(CHECK_IN.at, falls=0)):
        agreed.add_check_in(ID, check_in)
    assert rows(url) == {"diaries": 1, "diary_visits": 1, "diary_done": 1, "diary_check_ins": 1}
    expected = History((Visit(VISIT.at, VISIT.done[:1]),), (CheckIn(CHECK_IN.at, falls=0),))
    assert agreed.history(ID) == expected


def test_an_export_is_all_that_was_put_in_as_plain_json(agreed: Diary) -> None:
    agreed.add_visit(ID, VISIT)
    agreed.add_check_in(ID, CHECK_IN)
    exported = agreed.export(ID)
    assert json.loads(json.dumps(exported)) == exported
    nothing: dict[str, Any] = dict.fromkeys(("variant", "repetitions", "seconds", "pain", "effort"))
    assert exported == {
        "id": ID,
        "consented_at": "2026-11-21T12:00:00+00:00",
        "visits": [
            {
                "at": "2026-11-19T12:00:00+00:00",
                "done": [
                    {
                        "exercise": "towel",
                        "variant": "easier",
                        "repetitions": 10,
                        "seconds": 30,
                        "pain": 3,
                        "effort": 5,
                        "skipped": False,
                    },
                    {**nothing, "exercise": "alphabet", "skipped": False},
                    {**nothing, "exercise": "band", "pain": 6, "skipped": True},
                ],
            }
        ],
        "check_ins": [
            {
                "at": "2026-11-20T12:00:00+00:00",
                "trips": 4,
                "falls": 1,
                "function": "less",
                "healing": ["balance", "feeling"],
                "single_leg_seconds": 9,
            }
        ],
    }


def test_every_column_but_the_keys_is_in_the_export(agreed: Diary) -> None:
    agreed.add_visit(ID, VISIT)
    agreed.add_check_in(ID, CHECK_IN)
    exported = agreed.export(ID)
    (a_visit,), (check_in,) = exported["visits"], exported["check_ins"]
    told_of = {*exported, *a_visit, *a_visit["done"][0], *check_in}
    columns = {one.name for table in Base.metadata.tables.values() for one in table.columns}
    assert columns - told_of == {"diary_id", "visit_id", "position"}


def test_erasing_leaves_no_row_and_takes_the_consent_back(agreed: Diary, url: str) -> None:
    agreed.consent(OTHER, TODAY)
    for id in (ID, OTHER):
        agreed.add_visit(id, VISIT)
        agreed.add_check_in(id, CHECK_IN)
    agreed.erase(ID)
    assert rows(url) == {"diaries": 1, "diary_visits": 1, "diary_done": 3, "diary_check_ins": 1}
    assert agreed.history(OTHER) == History((VISIT,), (CHECK_IN,))
    with pytest.raises(NoConsent):
        agreed.add_visit(ID, VISIT)
    agreed.erase(OTHER)
    agreed.erase(OTHER)
    assert set(rows(url).values()) == {0}


@pytest.mark.parametrize("id", ["", "x" * 64, "A1" * 32, "a1" * 31, f"{ID}\n", "' OR 1=1"])
def test_what_is_no_id_is_refused(store: Diary, id: str) -> None:
    with pytest.raises(DiaryError, match="not the id of a diary") as caught:
        store.consent(id, TODAY)
    assert not id or id not in str(caught.value)


def test_a_time_of_consent_without_its_zone_is_refused(store: Diary) -> None:
    with pytest.raises(DiaryError):
        store.consent(ID, datetime(2026, 11, 21))
    assert not store.consented(ID)


def test_a_database_without_tables_is_an_error_that_tells_nothing_of_the_patient(
    empty: str,
) -> None:
    store = Diary(empty)
    for ask in (store.consented, store.history, store.export, store.erase):
        with pytest.raises(DiaryError, match="database failed") as caught:
            ask(ID)
        assert ID not in str(caught.value)
    with pytest.raises(DiaryError):
        store.consent(ID, TODAY)
    store.close()
