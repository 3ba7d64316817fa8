"""A database of either kind with people and a conversation, in a transaction that writes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from desk.access.permissions import Role
from desk.privacy.audit import Actor
from records.people import Deed, User
from tests.desk.talks import Talk, understood


@dataclass
class People:
    """Reviewers, and somebody who only reads."""

    ann: Actor
    ben: Actor
    eve: Actor


def add(db: Connection, name: str, role: Role, **more: Any) -> Actor:
    """A user, as the audit log names them."""
    row = {"name": name, "shown": name.capitalize(), "role": str(role), "password_hash": "none"}
    made = db.execute(insert(User).values(**row, **more))
    (id,) = made.inserted_primary_key or (0,)
    return Actor(name, id)


@pytest.fixture
def people(db: Connection) -> People:
    return People(
        add(db, "ann", Role.REVIEWER), add(db, "ben", Role.REVIEWER), add(db, "eve", Role.VIEWER)
    )


@pytest.fixture
def talk(db: Connection) -> Talk:
    """A conversation of three turns; the patient's messages have the numbers 1, 3 and 5."""
    made = Talk(db)
    for text in ("Is it a stroke?", "I am ann@example.org", "My calf is swollen"):
        made.turn(text, understood())
    return made


type Deeds = Callable[..., list[tuple[str, str, Any]]]


@pytest.fixture
def deeds(db: Connection) -> Deeds:
    """What the audit log has: action, object and detail of each entry."""

    def read(*actions: str) -> list[tuple[str, str, Any]]:
        asked = select(Deed.action, Deed.object, Deed.detail).order_by(Deed.id)
        return [
            (row.action, row.object, row.detail)
            for row in db.execute(asked)
            if not actions or row.action in actions
        ]

    return read
