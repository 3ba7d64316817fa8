"""Reviewing several conversations at once: each by itself, as it was seen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from desk.privacy import audit
from desk.review import steps
from records.conversations import Conversation
from records.words import Status

MOST = 50
_SEEN = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


@dataclass(frozen=True)
class Wish:
    """What is to become of the conversations.

    Attributes:
        status: the status they get; None leaves it.
        assigns: whether they get an assignee.
        assignee: who; None for nobody.
    """

    status: Status | None = None
    assigns: bool = False
    assignee: int | None = None


@dataclass(frozen=True)
class Came:
    """How many were reviewed, and how many were not because they had changed."""

    done: int = 0
    stale: int = 0


def seen(marked: Sequence[str]) -> list[tuple[int, int]]:
    """The conversations that were marked, each with the version that was seen: `number:version`."""
    found = (_SEEN.fullmatch(one) for one in dict.fromkeys(marked))
    pairs = [(int(one[1]), int(one[2])) for one in found if one]
    return [(number, version) for number, version in pairs if max(number, version) < 2**31][:MOST]


def review(db: Connection, who: audit.Actor, marked: Sequence[tuple[int, int]], wish: Wish) -> Came:
    """Review conversations; one that was changed meanwhile stays as it is.

    Args:
        db: a transaction that writes.
        who: who does it.
        marked: the conversations, by number, with the version that was seen.
        wish: what is to become of them.

    Raises:
        desk.review.errors.CannotReview: it cannot be done at all; then nothing was.
    """
    came = Came()
    asked = select(Conversation.number, Conversation.version).where(
        Conversation.number.in_([number for number, _ in marked])
    )
    versions = {number: version for number, version in db.execute(asked)}
    for number, version in marked:
        if versions.get(number) != version:
            came = replace(came, stale=came.stale + 1)
            continue
        if wish.status is not None:
            steps.set_status(db, who, number, version, wish.status)
            version += 1
        if wish.assigns:
            steps.assign(db, who, number, version, wish.assignee)
        came = replace(came, done=came.done + 1)
    return came
