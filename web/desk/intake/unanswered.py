"""What patients asked in vain and nobody has dealt with: the second source of the inbox.

Like questions stand together, as on the page of figures; what was handled leaves its group.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, func, select

from desk.figures import unanswered as in_vain
from desk.figures.likeness import likeness
from desk.figures.unanswered import Asked, Group
from desk.intake.handled import is_left
from desk.intake.turns import Place, Turn, by_ids
from desk.intake.wanted import Wanted
from records.conversations import Unanswered
from records.database import Database
from records.models import Message

SHOWN = 3
"""So many of a group are shown on the list."""


@dataclass(frozen=True)
class Bunch:
    """Questions that are alike: the most typical ones with what was understood, and how many."""

    turns: Sequence[Turn]
    messages: int

    @property
    def first(self) -> Place:
        """Where the whole group is handled."""
        return self.turns[0].place


def newest(connection: Connection, wanted: Wanted) -> list[Asked]:
    """The newest messages without an answer that are left, at most as many as are grouped."""
    return in_vain.newest(connection, wanted.period, *_where(wanted))


def count(connection: Connection, wanted: Wanted) -> int:
    """How many messages without an answer are left in a period."""
    row, period = Unanswered, wanted.period
    asked = (
        select(func.count())
        .select_from(row)
        .where(row.at >= period.begin, row.at < period.end, *_where(wanted))
    )
    return connection.execute(asked).scalar_one()


async def groups(database: Database, wanted: Wanted) -> list[Group]:
    """What is left in groups of like questions, the largest first."""
    found = await database.read(lambda connection: newest(connection, wanted))
    return await asyncio.to_thread(lambda: in_vain.grouped(found, likeness()))


def bunches(connection: Connection, groups: Sequence[Group]) -> list[Bunch]:
    """Groups as the list shows them; what was erased meanwhile is left out."""
    shown = [[one.message_id for one in group.members[:SHOWN]] for group in groups]
    turns = by_ids(connection, [id for ids in shown for id in ids])
    found = [
        Bunch([turns[id] for id in ids if id in turns], group.messages)
        for ids, group in zip(shown, groups, strict=True)
    ]
    return [bunch for bunch in found if bunch.turns]


def alike(groups: Sequence[Group], message_id: str) -> list[Asked]:
    """The other messages of the group that a message is in, the most typical first."""
    for group in groups:
        if any(one.message_id == message_id for one in group.members):
            return [one for one in group.members if one.message_id != message_id]
    return []


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    where = [is_left(Unanswered.message_id)]
    if wanted.kind:
        where.append(Unanswered.kind == wanted.kind)
    if wanted.topic:
        where.append(thought_of(wanted.topic))
    return where


def thought_of(topic: str) -> ColumnElement[bool]:
    """That a topic was what Dorsi thought of first when it had no answer."""
    label = Message.understanding["label"].as_string()
    return exists().where(Message.reply_to == Unanswered.message_id, label == topic)
