"""Whoever fails again and again is left alone for a moment."""

from typing import Any

import httpx
import pytest

from gateway.breaker import FAILURES, REST_SECONDS, Breaker, Open
from tests.conftest import FakeRasa, Patient, answer, arrive, turn
from tests.hearing import ANSWER, EMERGENCY, UNAVAILABLE, hear, in_full


class Failure(Exception):
    """What counts."""


class Asked:
    """Somebody who answers or fails, and a clock."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.count = 0
        self.error: Exception | None = Failure()
        self.breaker = Breaker(Failure, lambda: self.seconds)

    async def once(self) -> str:
        """How one call goes."""
        try:
            return await self.breaker.call(self._answer)
        except (Failure, Open, ValueError) as error:
            return type(error).__name__

    async def fail(self) -> None:
        """Fail until it opens."""
        for _ in range(FAILURES):
            assert await self.once() == "Failure"

    async def _answer(self) -> str:
        self.count += 1
        if self.error:
            raise self.error
        return "answered"


@pytest.fixture
def asked() -> Asked:
    return Asked()


async def test_one_failure_too_many_opens_it(asked: Asked) -> None:
    await asked.fail()
    assert await asked.once() == "Open"
    assert asked.count == FAILURES


async def test_only_failures_in_a_row_count(asked: Asked) -> None:
    for _ in range(3 * FAILURES):
        asked.error = None if asked.error else Failure()
        assert await asked.once() in ("answered", "Failure")


async def test_other_errors_do_not_count(asked: Asked) -> None:
    asked.error = ValueError()
    for _ in range(2 * FAILURES):
        assert await asked.once() == "ValueError"


async def test_after_a_rest_one_call_finds_out(asked: Asked) -> None:
    await asked.fail()
    asked.seconds += REST_SECONDS
    assert [await asked.once(), await asked.once()] == ["Failure", "Open"]
    asked.seconds += REST_SECONDS
    asked.error = None
    assert [await asked.once(), await asked.once()] == ["answered", "answered"]


async def test_while_rasa_is_left_alone_the_patient_hears_of_it_at_once(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.status = 500
    for _ in range(FAILURES + 2):
        assert await hear(patient, "hello") == [UNAVAILABLE]
    assert len(rasa.received) == FAILURES


async def test_while_rasa_is_left_alone_red_flags_are_told(
    patient: Patient, rasa: FakeRasa
) -> None:
    rasa.status = 500
    for _ in range(FAILURES):
        await patient.say("hello")
    assert await hear(patient, EMERGENCY) == [in_full(EMERGENCY)]


@pytest.mark.parametrize(
    ("status", "says"), [(200, turn()), (200, b"{"), (200, {"messages": 5}), (404, turn(answer()))]
)
async def test_what_cannot_be_read_of_one_patients_answers_takes_rasa_from_nobody(
    client: httpx.AsyncClient, rasa: FakeRasa, status: int, says: Any
) -> None:
    one, other = await arrive(client), await arrive(client)
    rasa.status, rasa.says = status, says
    for _ in range(FAILURES):
        assert await hear(one, "hello") == [UNAVAILABLE]
    rasa.status, rasa.says = 200, turn(answer())
    assert await hear(other, "hello") == [ANSWER]


async def test_one_failure_changes_nothing_for_the_next(patient: Patient, rasa: FakeRasa) -> None:
    rasa.status = 500
    assert await hear(patient, "hello") == [UNAVAILABLE]
    rasa.status, rasa.says = 200, turn(answer())
    assert await hear(patient, "hello") == [ANSWER]
