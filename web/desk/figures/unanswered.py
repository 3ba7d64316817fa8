"""What patients asked in vain, like questions together; masked, as the index keeps it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from desk.figures.grouping import groups
from desk.figures.likeness import Likeness
from desk.figures.period import Period
from records.conversations import Unanswered

NEWEST = 2_000
THRESHOLD = 0.55
"""Chosen on messages of our own so that hardly anything is grouped that does not belong together:
tests/desk/figures/questions.yml and test_grouping.py."""
SAYINGS = 3


@dataclass(frozen=True)
class Asked:
    """A message without an answer; `kind` says what was said instead."""

    number: int
    at: datetime
    kind: str
    text: str
    message_id: str = ""


@dataclass(frozen=True)
class Saying:
    """One way in which something was asked, and the newest conversation in which it was."""

    text: str
    number: int


@dataclass(frozen=True)
class Group:
    """Messages that ask the same, more or less.

    `sayings` are the most typical, `conversations` the numbers of all, the newest first;
    `members` are all messages, the most typical first.
    """

    messages: int
    kinds: Mapping[str, int]
    newest: datetime
    sayings: Sequence[Saying]
    conversations: Sequence[int]
    members: Sequence[Asked]


def newest(connection: Connection, period: Period, *where: ColumnElement[bool]) -> list[Asked]:
    """The newest messages of a period that had no answer, at most `NEWEST`.

    Args:
        connection: a transaction that reads.
        period: when they were said.
        *where: what else they have to be, by their columns of `Unanswered`.
    """
    row = Unanswered
    asked = (
        select(row.number, row.at, row.kind, row.text, row.message_id)
        .where(row.at >= period.begin, row.at < period.end, *where)
        .order_by(row.at.desc(), row.message_id)
        .limit(NEWEST)
    )
    return [Asked(*found) for found in connection.execute(asked)]


def grouped(asked: Sequence[Asked], likeness: Likeness) -> list[Group]:
    """The messages in groups, the largest first, then the newest.

    Args:
        asked: the messages, the newest first.
        likeness: says how like two are.
    """
    texts = list(dict.fromkeys(_plain(one.text) for one in asked))
    if not texts:
        return []
    places = {text: at for at, text in enumerate(texts)}
    vectors = likeness.vectors(texts)
    of_place = {
        place: number
        for number, places_of in enumerate(groups(vectors, THRESHOLD))
        for place in places_of
    }
    together: dict[int, list[Asked]] = {}
    for one in asked:
        together.setdefault(of_place[places[_plain(one.text)]], []).append(one)
    found = []
    for members in together.values():
        rows = vectors[[places[_plain(one.text)] for one in members]]
        typical = rows @ rows.sum(axis=0)
        found.append(_group(members, [float(value) for value in typical]))
    return sorted(found, key=lambda group: (-group.messages, -group.newest.timestamp()))


def _group(members: Sequence[Asked], typical: Sequence[float]) -> Group:
    ranked = sorted(zip(typical, members, strict=True), key=lambda pair: -round(pair[0], 3))
    sayings: dict[str, Saying] = {}
    for _, one in ranked:
        sayings.setdefault(_plain(one.text), Saying(one.text, one.number))
    return Group(
        messages=len(members),
        kinds=Counter(one.kind for one in members),
        newest=members[0].at,
        sayings=list(sayings.values())[:SAYINGS],
        conversations=list(dict.fromkeys(one.number for one in members)),
        members=[one for _, one in ranked],
    )


def _plain(text: str) -> str:
    """What is the same but for capitals and spaces is the same."""
    return " ".join(text.lower().split())
