"""Which sessions changed, and all that stands in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from desk.index.told import Line, Opinion, Place, Visit
from records.conversations import Change, Conversation, Mask
from records.models import Feedback, Message, Session

# Of the newest changes so many are looked at: what was said last shows first, whatever waits.
LOOKED_AT = 500
SESSIONS = 12
MESSAGES = 1500

# In place of a session: words that were erased are still to be purged from the search.
PURGE = ""

_NEWEST = (
    select(Change.session_id)
    .where(Change.session_id != PURGE)
    .order_by(Change.id.desc())
    .limit(LOOKED_AT)
)
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_CLAIMED = select(Change.id, Change.session_id).where(Change.session_id.in_(_ids))
_VISITS = select(
    Session.id, Session.diary_hash, Session.region, Session.created_at, Session.last_seq
).where(Session.id.in_(_ids))
_LINES = (
    select(
        Message.session_id,
        Message.id,
        Message.seq,
        Message.direction,
        Message.reply_to,
        Message.text,
        Message.kind,
        Message.level,
        Message.topic,
        Message.payload,
        Message.understanding,
        Message.created_at,
    )
    .where(Message.session_id.in_(_ids))
    .order_by(Message.session_id, Message.seq)
)
_SEEN = select(Conversation.session_id, Conversation.last_seq).where(
    Conversation.session_id.in_(_ids), Conversation.made_by == bindparam("rules")
)
_PLACES = (
    select(Mask.message_id, Mask.spans)
    .join(Message, Message.id == Mask.message_id)
    .where(Message.session_id.in_(_ids))
)
_OPINIONS = select(Feedback.session_id, Feedback.message_id, Feedback.helpful).where(
    Feedback.session_id.in_(_ids)
)


@dataclass(frozen=True)
class Found:
    """A session that changed.

    Attributes:
        changes: the rows of `changes` that are dealt with when it is written.
        visit: the session; None where it was erased.
    """

    changes: Sequence[int]
    visit: Visit | None
    lines: Sequence[Line] = ()
    opinions: Sequence[Opinion] = ()


@dataclass
class _Gathered:
    lines: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    opinions: dict[str, list[Opinion]] = field(default_factory=lambda: defaultdict(list))


def changed(db: Connection, rules: int) -> dict[str, Found]:
    """Sessions that changed, the newest change first, as they now stand.

    The changes are read before the sessions: what is said meanwhile leaves another behind. All
    changes of a session are taken, so that of two indexers one sees that the other was there.

    Args:
        db: a transaction.
        rules: `made_by` of the digests whose masks still hold; looking for personal data takes
            longer than all the rest.

    Returns:
        By their ids; at most `SESSIONS`, and no more than about `MESSAGES` of messages. Empty
        where nothing changed.
    """
    wanted = list(dict.fromkeys(db.scalars(_NEWEST)))[:SESSIONS]
    if not wanted:
        return {}
    claimed: dict[str, list[int]] = defaultdict(list)
    for number, session_id in db.execute(_CLAIMED, {"ids": wanted}):
        claimed[session_id].append(number)
    there = {row.id: row for row in db.execute(_VISITS, {"ids": wanted})}
    taken = _bounded([one for one in wanted if one in claimed], there)
    gathered = _gather(db, [one for one in taken if one in there], rules)
    return {
        one: Found(
            claimed[one],
            Visit(*there[one][:4]) if one in there else None,
            gathered.lines[one],
            gathered.opinions[one],
        )
        for one in taken
    }


def _bounded(wanted: Sequence[str], there: Mapping[str, Any]) -> list[str]:
    """As many of them, the first first, as have not too many messages together; at least one."""
    taken: list[str] = []
    messages = 0
    for one in wanted:
        messages += there[one].last_seq if one in there else 0
        if taken and messages > MESSAGES:
            break
        taken.append(one)
    return taken


def _gather(db: Connection, ids: Sequence[str], rules: int) -> _Gathered:
    found = _Gathered()
    if ids:
        seen = {one: last for one, last in db.execute(_SEEN, {"ids": ids, "rules": rules})}
        masks = db.execute(_PLACES, {"ids": list(seen)}).all() if seen else []
        places = {message: [Place(*span) for span in spans] for message, spans in masks}
        for session_id, *values in db.execute(_LINES, {"ids": ids}):
            line = Line(*values)
            if line.seq <= seen.get(session_id, 0):
                line = replace(line, places=places.get(line.id, []))
            found.lines[session_id].append(line)
        for session_id, *values in db.execute(_OPINIONS, {"ids": ids}):
            found.opinions[session_id].append(Opinion(*values))
    return found
