"""Fills the index's tables as if many conversations had been held."""

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from records.conversations import Conversation, ConversationFlag, ConversationTopic, Unanswered
from records.models import PATIENT, Message, Session

REGIONS = ("GB", "US", "IE", "CA", "AU", "unknown")
RELEASES = ("0.1.0", "0.2.0", None)
TOPICS = [f"family{number % 9}/topic{number}" for number in range(120)]
FLAGS = [f"flag{number}" for number in range(30)]
UNFINISHED = ("exercise", "safety_check", "question", None, None, None, None, None)
STATUSES = ("new", "new", "new", "in_review", "done")
KINDS = ("fallback", "clarify")
AT_ONCE = 10_000


def fill(db: Connection, count: int, days: int, until: datetime, seed: int = 1) -> None:
    """Put so many conversations into the tables, evenly over the days before a moment."""
    rng = random.Random(seed)
    # Numbers rise with time, as they are given.
    ends = sorted(until - timedelta(days=rng.uniform(0, days)) for _ in range(count))
    for start in range(0, count, AT_ONCE):
        rows = [
            _conversation(rng, number + 1, ends[number])
            for number in range(start, min(start + AT_ONCE, count))
        ]
        _insert(db, rows, rng)


def _conversation(rng: random.Random, number: int, ended: datetime) -> dict[str, Any]:
    turns = rng.randint(1, 12)
    fallbacks = min(turns, rng.choice((0, 0, 0, 0, 1, 2)))
    level = rng.choices((0, 1, 2, 3), (88, 6, 4, 2))[0]
    return {
        "number": number,
        "session_id": uuid.UUID(int=rng.getrandbits(128)).hex,
        "began_at": ended - timedelta(minutes=turns),
        "last_at": ended,
        "region": rng.choice(REGIONS),
        "release": rng.choice(RELEASES),
        "turns": turns,
        "answered": turns - fallbacks,
        "clarified": rng.choice((0, 0, 0, 1)),
        "fallbacks": fallbacks,
        "liked": rng.choice((0, 0, 0, 1)),
        "disliked": rng.choice((0, 0, 0, 0, 0, 1)),
        "exercises_begun": rng.choice((0, 0, 0, 1)),
        "level": level,
        "level_at": ended if level else None,
        "confidence": rng.random(),
        "unfinished": rng.choice(UNFINISHED),
        "status": rng.choice(STATUSES),
    }


def _insert(db: Connection, rows: list[dict[str, Any]], rng: random.Random) -> None:
    sessions, messages, flags, topics, unanswered = [], [], [], [], []
    for row in rows:
        session = row["session_id"]
        sessions.append({"id": session, "token_hash": session, "region": row["region"]})
        if row["level"]:
            flag = {"flag": rng.choice(FLAGS), "level": row["level"], "at": row["last_at"]}
            flags.append({"number": row["number"], **flag})
        for topic in rng.sample(TOPICS, rng.randint(0, 3)):
            topics.append({"number": row["number"], "topic": topic, "turns": 1})
        if row["fallbacks"]:
            messages.append(
                {
                    "id": session,
                    "session_id": session,
                    "seq": 1,
                    "direction": PATIENT,
                    "text": "x",
                    "created_at": row["last_at"],
                }
            )
            unanswered.append(
                {
                    "message_id": session,
                    "number": row["number"],
                    "at": row["last_at"],
                    "kind": rng.choice(KINDS),
                    "text": f"what about {rng.choice(TOPICS)}",
                }
            )
    db.execute(insert(Session), sessions)
    db.execute(insert(Conversation), rows)
    for table, found in (
        (Message, messages),
        (ConversationFlag, flags),
        (ConversationTopic, topics),
        (Unanswered, unanswered),
    ):
        if found:
            db.execute(insert(table), found)
