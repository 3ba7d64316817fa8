"""Conversations kept by one process, by two in turn, and by one after another."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    SlotSet,
    UserUtteranceReverted,
)
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from assistant.repeat import said_before
from assistant.tracking import store as storing
from assistant.tracking.errors import TrackingError
from assistant.tracking.store import ChangedError, Conversations
from assistant.tracking.window import LEAST_TURNS, MOST_TURNS
from content.names import Action, Slot
from tests.unit.tracking.talking import (
    ANN,
    BOB,
    DOMAIN,
    LISTEN,
    hear,
    opening,
    state,
    talk,
    texts,
    turn,
    user,
)

Replica = Callable[[], Conversations]
PRECISE = re.compile(
    r"ix_events_sender_id_id \(sender_id=\?|ix_events_sessions|"
    r"ix_events_sender_id_message_id \(sender_id=\? AND (message_id=\?|rowid>\?)"
)


def sql(url: str, statement: str, **values: Any) -> list[Any]:
    """What somebody else does to the database."""
    engine = create_engine(url, poolclass=NullPool, future=True)
    with engine.begin() as connection:
        done = connection.execute(text(statement), values)
        return list(done) if done.returns_rows else []


async def asked(store: Conversations, sender: str = ANN) -> list[str]:
    """All that a patient asked, as it is stored."""
    tracker = await store.retrieve_full_tracker(sender)
    return texts(tracker.events) if tracker else []


async def test_a_long_conversation_holds_its_last_turns_and_its_whole_state(
    store: Conversations,
) -> None:
    await hear(store, [*opening(), SlotSet(Slot.EXERCISE.value, {"step": 1})])
    await talk(store, 50, first=1)
    tracker = await store.retrieve(ANN)
    assert tracker is not None
    assert LEAST_TURNS <= len(texts(tracker.events)) <= MOST_TURNS
    assert tracker.get_slot(Slot.EXERCISE.value) == {"step": 1}
    assert tracker.get_slot(Slot.TOPIC.value) == "topic 50"
    assert await asked(store) == [f"question {number}" for number in range(1, 51)]


async def test_a_turn_reads_only_the_newest_event_and_writes_only_its_own(
    store: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(store, 30)
    read: list[int] = []
    since = storing.rows.since

    def counted(*given: Any) -> Any:
        found = since(*given)
        read.append(len(found))
        return found

    monkeypatch.setattr(storing.rows, "since", counted)
    await talk(store, 3, first=30)
    assert read == [1, 1, 1]


async def test_two_processes_in_turn_know_all_that_was_said_to_either(replica: Replica) -> None:
    one, other = replica(), replica()
    await talk(one, 1)
    for number in range(1, 3 * MOST_TURNS):
        heard = await hear((one, other)[number % 2], turn(number))
        assert heard.get_slot(Slot.TOPIC.value) == f"topic {number}"
    assert await asked(one) == [f"question {number}" for number in range(3 * MOST_TURNS)]
    first, second = await one.retrieve(ANN), await other.retrieve(ANN)
    assert first is not None
    assert second is not None
    assert state(first) == state(second)


@pytest.mark.parametrize("turns", [1, 3 * MOST_TURNS])
async def test_a_process_that_starts_in_the_middle_of_a_loop_goes_on_with_it(
    replica: Replica, turns: int
) -> None:
    loop, slot = Action.EXERCISE.value, Slot.EXERCISE.value
    before = replica()
    await hear(before, [*opening(), ActiveLoop(loop), ActionExecuted(loop)])
    for step in range(turns):
        await hear(before, turn(step, SlotSet(slot, {"step": step})))
    tracker = await replica().retrieve(ANN)
    assert tracker is not None
    assert tracker.active_loop_name == loop
    assert tracker.get_slot(slot) == {"step": turns - 1}
    assert tracker.latest_action_name == LISTEN


async def test_what_is_taken_back_may_be_older_than_the_window(store: Conversations) -> None:
    await talk(store, MOST_TURNS + 1)
    backwards = [UserUtteranceReverted() for _ in range(MOST_TURNS)]
    tracker = await hear(store, backwards)
    assert tracker.latest_message.text == "question 0"
    again = await store.retrieve(ANN)
    assert again is not None
    assert state(again) == state(tracker)


async def test_a_session_that_another_process_began_goes_on_from_its_begin(
    replica: Replica,
) -> None:
    one, other = replica(), replica()
    await talk(one, 3 * MOST_TURNS)
    await hear(other, [*opening(), *turn(100), ActionReverted(), ActionReverted()])
    mine, anew = await one.retrieve(ANN), await replica().retrieve(ANN)
    assert mine is not None
    assert anew is not None
    assert state(mine) == state(anew)


async def test_a_turn_that_somebody_else_came_before_is_refused_and_nothing_of_it_kept(
    replica: Replica,
) -> None:
    one, other = replica(), replica()
    await talk(one, 2)
    late = await one.retrieve(ANN)
    assert late is not None
    await hear(other, turn(2))
    late.update_with_events(turn(7), DOMAIN)
    with pytest.raises(ChangedError):
        await one.save(late)
    assert await asked(one) == ["question 0", "question 1", "question 2"]
    await hear(one, turn(3))
    assert (await asked(other))[-1] == "question 3"


async def test_two_processes_that_begin_a_conversation_at_once_do_not_mix_it(
    replica: Replica,
) -> None:
    stores = replica(), replica()
    trackers = [await store.get_or_create_tracker(ANN) for store in stores]
    for tracker in trackers:
        tracker.update_with_events(turn(0), DOMAIN)
    saving = [store.save(tracker) for store, tracker in zip(stores, trackers, strict=True)]
    done = await asyncio.gather(*saving, return_exceptions=True)
    assert sorted(type(one) for one in done if one) == [ChangedError]
    assert await asked(stores[0]) == ["question 0"]


async def test_many_conversations_at_once_do_not_disturb_each_other(replica: Replica) -> None:
    store = replica()
    await asyncio.gather(*(talk(store, 6, sender=f"patient {n}") for n in range(12)))
    for n in range(12):
        assert await asked(store, f"patient {n}") == [f"question {turn}" for turn in range(6)]


async def test_what_another_process_erased_does_not_come_back(replica: Replica) -> None:
    one, other = replica(), replica()
    await talk(one, 12)
    await talk(one, 1, sender=BOB)
    await other.erase(ANN)
    assert await one.retrieve(ANN) is None
    assert list(await one.keys()) == [BOB]
    await talk(one, 1)
    assert await asked(one) == ["question 0"]


async def test_ids_that_are_given_again_after_an_erasure_do_not_bring_it_back(
    replica: Replica,
) -> None:
    one, other = replica(), replica()
    await talk(one, 3)
    await other.erase(ANN)
    await talk(other, 3)
    await hear(other, [SlotSet(Slot.TOPIC.value, "of the new one")])
    tracker = await one.retrieve(ANN)
    assert tracker is not None
    assert tracker.get_slot(Slot.TOPIC.value) == "of the new one"


async def test_a_turn_under_way_while_another_process_erases_is_not_written(
    replica: Replica,
) -> None:
    one, other = replica(), replica()
    await talk(one, 2)
    tracker = await one.retrieve(ANN)
    assert tracker is not None
    tracker.update_with_events(turn(2), DOMAIN)
    await other.erase(ANN)
    with pytest.raises(ChangedError):
        await one.save(tracker)
    assert await one.retrieve(ANN) is None


@pytest.mark.parametrize("rubbish", ["{", "null", "[]", '{"event": "unheard of"}', '{"a": 1}'])
async def test_one_row_that_cannot_be_read_is_left_out_and_the_log_says_so(
    replica: Replica, url: str, rubbish: str, caplog: pytest.LogCaptureFixture
) -> None:
    await talk(replica(), 3)
    sql(
        url,
        "UPDATE events SET data = :rubbish WHERE id ="
        " (SELECT min(id) FROM events WHERE data LIKE '%answer 1%')",
        rubbish=rubbish,
    )
    store = replica()
    with caplog.at_level(logging.ERROR):
        await talk(store, 2, first=3)
    assert "cannot be read" in caplog.text
    assert "answer" not in caplog.text
    assert await asked(store) == [f"question {number}" for number in range(5)]


async def test_a_conversation_of_which_nothing_can_be_read_goes_on_anew(
    replica: Replica, url: str
) -> None:
    await talk(replica(), 1)
    sql(url, "UPDATE events SET data = 'rubbish'")
    store = replica()
    await hear(store, turn(1))
    assert await asked(store) == ["question 1"]


@pytest.mark.parametrize("sender", ["a\0b", "a\ud800b", "", pytest.param("x" * 256, id="long")])
async def test_a_sender_that_no_database_can_hold_is_refused_and_the_process_goes_on(
    store: Conversations, sender: str
) -> None:
    with pytest.raises(TrackingError):
        await store.retrieve(sender)
    tracker = store.init_tracker(sender)
    tracker.update_with_events(turn(0), DOMAIN)
    with pytest.raises(TrackingError):
        await store.save(tracker)
    await talk(store, 1)
    assert list(await store.keys()) == [ANN]


@pytest.mark.parametrize(
    "words", ["a\0b", "a\ud800b", "\udfff", "é😀", pytest.param("x" * 9999, id="long")]
)
async def test_any_words_are_kept_as_they_were(replica: Replica, words: str) -> None:
    asked_for = user(words, words, intent=words)
    await hear(replica(), [*opening(), asked_for, BotUttered(words), SlotSet(words, words)])
    store = replica()
    tracker = await store.retrieve(ANN)
    assert tracker is not None
    assert tracker.latest_message.text == words
    assert tracker.latest_message.intent["name"] == words
    found = await store.turn(ANN, words)
    assert found is not None
    assert found[1].text == words


async def test_a_message_is_found_by_its_id_however_old_it_is(replica: Replica) -> None:
    await talk(replica(), 60)
    await talk(replica(), 1, sender=BOB)
    store = replica()
    found = await store.turn(ANN, "m3")
    assert found is not None
    assert [event.text for event in found if hasattr(event, "text")] == ["question 3", "answer 3"]
    last = await store.turn(ANN, "m59")
    assert last is not None
    assert last[0].text == "question 59"
    assert await store.turn(BOB, "m3") is None
    assert await store.turn(ANN, "m") is None
    assert await store.turn(ANN, "%") is None


async def test_a_message_whose_row_cannot_be_read_is_known_by_the_id_beside_it(
    store: Conversations, url: str
) -> None:
    await talk(store, 3)
    sql(url, "UPDATE events SET data = 'rubbish' WHERE message_id = 'm1'")
    agent = Agent(domain=DOMAIN, tracker_store=store)
    said = await said_before(agent, ANN, "m1")
    assert said is not None
    assert [message["text"] for message in said] == ["answer 1"]
    assert await said_before(agent, ANN, "m") is None


async def test_an_id_that_was_cut_says_nothing_of_a_row_that_cannot_be_read(
    store: Conversations, url: str
) -> None:
    await hear(store, [*opening(), user("one", "i" * 256)])
    sql(url, "UPDATE events SET data = 'rubbish' WHERE type_name = 'user'")
    assert await store.turn(ANN, "i" * 257) is None


async def test_every_statement_of_a_turn_goes_by_an_index_to_the_rows_it_wants(
    store: Conversations, url: str
) -> None:
    if "postgres" in url:
        pytest.skip("PostgreSQL reads a small table whole")
    said: list[tuple[str, Any]] = []
    engine = store._database._engine
    event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2:4]))
    await talk(store, 2)
    await store.turn(ANN, "m0")
    await store.turn(ANN, "unheard of")
    asked_for = [(words, values) for words, values in said if words.startswith("SELECT")]
    assert len(asked_for) > 10
    with engine.connect() as connection:
        for words, values in asked_for:
            [plan] = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
            assert re.search(PRECISE, plan[3]), (words, plan[3])


async def test_ids_that_are_alike_for_255_letters_are_two_messages(store: Conversations) -> None:
    ids = ["i" * 255 + end for end in "ab"]
    await hear(store, [*opening(), user("one", ids[0]), user("two", ids[1])])
    for message_id, words in zip(ids, ("one", "two"), strict=True):
        found = await store.turn(ANN, message_id)
        assert found is not None
        assert texts(found) == [words]


@pytest.mark.parametrize("turns", [1, 20])
async def test_a_file_that_rasas_own_store_wrote_is_gone_on_with(
    replica: Replica, url: str, turns: int
) -> None:
    address = make_url(url)
    rasa = SQLTrackerStore(DOMAIN, host=url) if "postgres" in url else None
    rasa = rasa or SQLTrackerStore(DOMAIN, db=address.database)
    await talk(rasa, turns)
    store = replica()
    await talk(store, 1, first=turns)
    found = await store.turn(ANN, "m0")
    assert found is not None
    assert texts(found) == ["question 0"]
    # And back again.
    await talk(rasa, 1, first=turns + 1)
    assert await asked(store) == [f"question {number}" for number in range(turns + 2)]
    again = await store.turn(ANN, f"m{turns + 1}")
    assert again is not None
    assert texts(again) == [f"question {turns + 1}"]
    rasa.engine.dispose()


async def test_nothing_can_be_read_in_the_file_of_what_was_erased(
    store: Conversations, url: str
) -> None:
    if "postgres" in url:
        pytest.skip("PostgreSQL keeps its files to itself")
    for sender, words in ((ANN, "my left foot is numb"), (BOB, "both feet are cold")):
        await hear(store, [*opening(), user(words)], sender)
    await store.erase(ANN)
    path = make_url(url).database
    content = b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal"))
    assert b"numb" not in content
    assert b"cold" in content


async def test_other_conversations_go_on_while_the_database_lets_one_wait(
    store: Conversations, url: str
) -> None:
    await talk(store, 1)
    longest, beats = 0.0, True

    async def beat() -> None:
        nonlocal longest
        loop = asyncio.get_running_loop()
        while beats:
            began = loop.time()
            await asyncio.sleep(0.005)
            longest = max(longest, loop.time() - began)

    beating = asyncio.create_task(beat())
    engine = create_engine(url, poolclass=NullPool, future=True)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.isolation_level = None
            connection.connection.execute("BEGIN IMMEDIATE")
        else:
            connection.execute(text("LOCK TABLE events IN EXCLUSIVE MODE"))
        saving = asyncio.create_task(hear(store, turn(1)))
        await asyncio.wait([saving], timeout=0.5)
        assert not saving.done()
    await saving
    beats = False
    await beating
    assert longest < 0.4
    assert await asked(store) == ["question 0", "question 1"]
