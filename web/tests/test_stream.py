"""What happens in a session is told to whoever has it open, as it happens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import ClientDisconnect

from gateway import stream
from gateway.errors import TooMany
from gateway.metrics import Metrics
from gateway.settings import Settings
from gateway.store import Store
from gateway.stream import ERASED, TYPING, Streams
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn
from tests.hearing import ANSWER, EMERGENCY, URGENT, in_full
from tests.listening import Listener, change, listening, running


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway whose answers come bit by bit."""
    async with running(settings) as (_, client):
        yield client


async def texts(listener: Listener, count: int) -> list[str]:
    return [(await listener.message()).text for _ in range(count)]


async def test_what_both_say_is_streamed_as_it_stands_in_the_history(patient: Patient) -> None:
    async with listening(patient) as listener:
        await patient.say("hello")
        heard = [await listener.message() for _ in range(3)]
    everything = (await patient.get("/api/messages")).json()["messages"]
    assert [event.data for event in heard] == everything
    assert [event.id for event in heard] == ["1", "2", "3"]


async def test_a_stream_is_what_browsers_and_proxies_take_for_one(patient: Patient) -> None:
    async with listening(patient) as listener:
        headers = listener.response.headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"


async def test_dorsi_types_from_the_message_to_the_answer(patient: Patient) -> None:
    async with listening(patient, after=1) as listener:
        await patient.say("hello")
        heard = [await listener.next() for _ in range(4)]
    assert [(event.kind, event.data.get("typing")) for event in heard if event] == [
        ("message", None),
        ("typing", True),
        ("typing", False),
        ("message", None),
    ]


async def test_a_red_flag_is_kept_and_streamed_before_rasa_answers(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.may_answer.clear()
    async with listening(patient, after=1) as listener:
        sending = asyncio.create_task(patient.say(URGENT))
        assert await texts(listener, 2) == [URGENT, in_full(URGENT)]
        assert not sending.done()
        rasa.may_answer.set()
        assert await texts(listener, 1) == [ANSWER]
    assert [reply["text"] for reply in await sending] == [in_full(URGENT), ANSWER]


async def test_an_emergency_is_streamed_without_any_typing(patient: Patient) -> None:
    async with listening(patient, after=1) as listener:
        await patient.say(EMERGENCY)
        heard = [await listener.next() for _ in range(2)]
    assert [event.text for event in heard if event] == [EMERGENCY, in_full(EMERGENCY)]


@pytest.mark.parametrize(
    ("after", "headers", "expected"),
    [
        (None, {}, [1, 2, 3]),
        (1, {}, [2, 3]),
        (None, {"Last-Event-ID": "2"}, [3]),
        (0, {"Last-Event-ID": "2"}, [3]),
        (2, {"Last-Event-ID": "nonsense"}, [3]),
        (2, {"Last-Event-ID": "9" * 30}, [3]),
    ],
)
async def test_a_stream_goes_on_after_what_is_known(
    patient: Patient, after: int | None, headers: dict[str, str], expected: list[int]
) -> None:
    await patient.say("hello")
    async with listening(patient, after, **headers) as listener:
        assert [(await listener.message()).data["seq"] for _ in expected] == expected


async def test_a_number_that_is_none_is_refused(patient: Patient) -> None:
    for wrong in ("-1", "x", "9" * 30):
        response = await patient.get(f"/api/stream?after={wrong}")
        assert response.status_code == 422
        assert response.json()["error"]["field"] == "after"


async def test_without_a_known_token_there_is_no_stream(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/stream", headers={"Authorization": "Bearer nobody"})
    assert response.status_code == 401


async def test_every_tab_hears_and_other_sessions_do_not(
    patient: Patient, client: httpx.AsyncClient
) -> None:
    other = await arrive(client)
    async with (
        listening(patient, after=1) as one,
        listening(patient, after=1) as two,
        listening(other) as stranger,
    ):
        await patient.say("hello")
        assert await texts(one, 2) == await texts(two, 2)
        await other.say("goodbye")
        assert (await texts(stranger, 2))[1] == "goodbye"


async def test_an_erased_session_is_told_and_the_stream_ends(patient: Patient) -> None:
    async with listening(patient, after=1) as listener:
        await patient.erase()
        heard = await listener.next()
        assert heard is not None
        assert heard.kind == "erased"
        assert await listener.next() is None


async def test_silence_is_broken_now_and_then(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    async with listening(patient, after=1) as listener:
        for _ in range(3):
            heard = await listener.next(comments=True)
            assert heard is not None
            assert heard.kind == ""


async def test_what_another_gateway_recorded_is_told_a_little_later(
    patient: Patient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    async with listening(patient, after=1) as listener, serving(settings) as elsewhere:
        there = Patient(elsewhere, {"session": patient.token, "diary": "", "messages": []})
        await there.say("hello")
        assert await texts(listener, 2) == ["hello", ANSWER]
        await there.erase()
        heard = await listener.next()
        assert heard is not None
        assert heard.kind == "erased"


async def test_the_stream_of_a_session_that_has_ended_ends(
    patient: Patient, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    async with listening(patient, after=1) as listener:
        change(sqlite_file, "UPDATE sessions SET used_at = '2020-01-01 00:00:00.000000'")
        assert await listener.next() is None


async def test_a_message_that_was_not_told_is_looked_up(
    patient: Patient, settings: Settings
) -> None:
    async with listening(patient, after=1) as listener, serving(settings) as elsewhere:
        await listener.next(comments=True)
        there = Patient(elsewhere, {"session": patient.token, "diary": "", "messages": []})
        await there.say("elsewhere")
        await patient.say("here")
        heard = [await listener.message() for _ in range(4)]
    assert [event.data["seq"] for event in heard] == [2, 3, 4, 5]


async def test_a_gateway_that_is_told_to_stop_ends_its_streams_at_once(settings: Settings) -> None:
    async with (
        running(settings) as (server, client),
        listening(await arrive(client), after=1) as listener,
    ):
        await listener.next(comments=True)
        server.should_exit = True
        assert await listener.next() is None


async def test_who_does_not_read_is_cut_off() -> None:
    streams = Streams(Metrics())
    with streams.open("session") as reader:
        for _ in range(stream.MOST_WAITING):
            streams.publish("session", TYPING)
        assert not reader.is_closed
        streams.publish("session", TYPING)
        assert reader.is_closed
        assert await reader.read(0) == []


async def test_one_tab_too_many_ends_the_oldest() -> None:
    streams = Streams(Metrics())
    readers = [streams.open("session") for _ in range(stream.MOST_READERS + 1)]
    opened = [reader.__enter__() for reader in readers]
    assert [reader.is_closed for reader in opened] == [True] + [False] * stream.MOST_READERS
    for reader in readers:
        reader.__exit__(None, None, None)
    streams.publish("session", ERASED)
    assert await opened[-1].read(0) == []


async def test_streams_that_are_ended_but_stuck_do_not_make_room_for_ever() -> None:
    streams = Streams(Metrics())
    with ExitStack() as stuck:
        for _ in range(stream.MOST_OPEN):
            stuck.enter_context(streams.open("session"))
        with pytest.raises(TooMany), streams.open("session"):
            raise AssertionError("it was opened")
    with streams.open("session") as reader:
        assert not reader.is_closed


async def test_an_address_has_so_many_streams_and_another_has_its_own() -> None:
    streams = Streams(Metrics())
    with ExitStack() as opened:
        for number in range(stream.MOST_OF_ADDRESS):
            opened.enter_context(streams.open(f"session {number}", "192.0.2.1"))
        with pytest.raises(TooMany), streams.open("another", "192.0.2.1"):
            raise AssertionError("it was opened")
        opened.enter_context(streams.open("another", "192.0.2.2"))
    with streams.open("another", "192.0.2.1") as reader:
        assert not reader.is_closed


async def test_a_stream_too_many_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MOST_OF_ADDRESS", 1)
    limited = settings.model_copy(update={"dorsi_rate_limit": True})
    async with running(limited) as (_, client):
        patient = await arrive(client)
        async with listening(patient):
            refused = await patient.get("/api/stream")
        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "too_many"


async def test_a_long_transcript_is_read_page_by_page_and_told_whole(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "PAGE", 2)
    for _ in range(3):
        await patient.say("hello")
    asked, news = [], Store.news

    async def count(store: Store, session_id: str, after: int, at_most: int) -> Any:
        asked.append(len(found := await news(store, session_id, after, at_most)))
        return found

    monkeypatch.setattr(Store, "news", count)
    async with listening(patient) as listener:
        heard = [(await listener.message()).data for _ in range(7)]
    assert heard == (await patient.get("/api/messages")).json()["messages"]
    assert max(asked) == 2


async def test_a_stream_whose_reader_takes_nothing_ends(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spoken in ASGI: what a stuck connection does is that sending to it never returns."""
    monkeypatch.setattr(stream, "SEND_SECONDS", 0.01)
    metrics = Metrics()
    streams = Streams(metrics)

    async def never(*_: Any) -> Any:
        await asyncio.Event().wait()

    store: Any = None  # nothing is read before the beginning is sent
    response = stream.EventStream(streams, store, "session", 0, None)
    scope = {"type": "http", "asgi": {"spec_version": "2.4"}}
    async with asyncio.timeout(5):
        with pytest.raises(ClientDisconnect):
            await response(scope, never, never)
    assert b"dorsi_streams 0.0" in metrics.text()


async def test_open_streams_are_counted() -> None:
    metrics = Metrics()
    streams = Streams(metrics)
    with streams.open("one"), streams.open("two"):
        assert b"dorsi_streams 2.0" in metrics.text()
    assert b"dorsi_streams 0.0" in metrics.text()


async def test_an_answer_with_line_breaks_is_one_event(patient: Patient, rasa: FakeRasa) -> None:
    rasa.says = turn(answer("One.\nTwo.\n\ndata: three"))
    async with listening(patient, after=2) as listener:
        await patient.say("hello")
        heard = await listener.message()
    assert heard.text == "One.\nTwo.\n\ndata: three"
