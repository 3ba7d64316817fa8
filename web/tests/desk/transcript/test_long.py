"""A conversation of 500 turns: pages that are small and soon there."""

import asyncio
import time

from sqlalchemy import Connection, Engine

from desk.access.permissions import Role
from desk.transcript.outline import PAGE
from tests.desk.conftest import SignedIn
from tests.desk.talks import Talk, understood

TURNS = 500
MAX_BYTES = 100_000
SAID = "my toes keep catching on the edge of the rug, is that foot drop"
ANSWER = (
    "Yes, tripping often can be an early sign of foot drop. When the toes do not lift enough, they "
    "catch on rugs, kerbs and even flat floors. It is often the same foot each time."
)


def long_talk(db: Connection) -> int:
    made = Talk(db)
    for turn in range(TURNS):
        message = made.said(SAID)
        made.replied(
            message, ANSWER, topic="causes/stroke",
            kind="clarify" if turn % 25 == 0 else "answer",
            buttons=["Check my warning signs", "Preventing falls"],
            payload={"sources": [{"title": "Foot Drop", "url": "https://stroke.example/drop"}]},
            understanding=understood(),
        )  # fmt: skip
    return made.number


def written(engine: Engine) -> int:
    """Written without the haste in which the desk writes."""
    with engine.execution_options(begin="IMMEDIATE").begin() as connection:
        return long_talk(connection)


async def test_a_full_page_is_small_and_soon_there(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await asyncio.to_thread(written, client.services.database.engine)
    sizes = []
    for page in range(1, -(-TURNS // PAGE) + 1):
        began = time.process_time()
        answer = await client.get(f"/conversations/{number}?page={page}")
        seconds = time.process_time() - began
        assert answer.text.count("<article") == min(PAGE, TURNS - (page - 1) * PAGE)
        sizes.append(len(answer.content))
        assert seconds < 3
    judged = await client.get(f"/conversations/{number}?page=1&at=1")
    assert "What went wrong" in judged.text
    assert max(*sizes, len(judged.content)) <= MAX_BYTES, sizes
