"""What an address of the inbox for editors asks for. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from desk.figures import period as periods
from desk.figures.period import NoPeriod, Period

TO_DO = "/to-do"
PAGE = 25
"""So many things stand on a page."""
_ID = re.compile(r"[a-z0-9_/.-]{1,120}")


class Source(StrEnum):
    """Where something for the editors comes from."""

    REVIEWS = "reviews"
    """What reviewers found wanting."""
    UNANSWERED = "unanswered"
    """What Dorsi had no answer to, like questions together."""
    UNSURE = "unsure"
    """What Dorsi was least sure of."""


class Order(StrEnum):
    """What comes first of what Dorsi was unsure of."""

    MARGIN = "margin"
    """Where the two likeliest topics were closest."""
    ENTROPY = "entropy"
    """Where the guesses were most spread."""


KINDS = ("fallback", "clarify")
"""What was said instead of an answer."""


@dataclass(frozen=True)
class Wanted:
    """A part of the inbox.

    Attributes:
        source: where it comes from.
        period: the days; work of reviews is of all days.
        topic: only what is about it; empty for all.
        kind: only what was said instead of an answer; empty for all.
        order: what comes first of what is unsure.
        page: counted from 1.
        problem: what could not be read, in plain words.
    """

    period: Period
    source: Source = Source.REVIEWS
    topic: str = ""
    kind: str = ""
    order: Order = Order.MARGIN
    page: int = 1
    problem: str = ""

    @property
    def link(self) -> str:
        """Its address."""
        fields: dict[str, str] = {"source": self.source, "topic": self.topic}
        if self.source is not Source.REVIEWS:
            fields |= {"from": str(self.period.first), "to": str(self.period.last)}
        if self.source is Source.UNANSWERED:
            fields["kind"] = self.kind
        if self.source is Source.UNSURE and self.order is not Order.MARGIN:
            fields["order"] = self.order
        if self.page > 1:
            fields["page"] = str(self.page)
        return f"{TO_DO}?{urlencode({name: one for name, one in fields.items() if one})}"

    def on(self, page: int) -> "Wanted":
        """The same on another page."""
        return replace(self, page=page)

    def of(self, source: Source) -> "Wanted":
        """The same of another source."""
        return replace(self, source=source, page=1)


def wanted(query: Mapping[str, str], today: date) -> Wanted:
    """Read an address; it never fails.

    Args:
        query: of the address.
        today: the present day in UTC.
    """
    problem = ""
    try:
        period = periods.asked_for(query, today)
    except NoPeriod as wrong:
        problem, period = str(wrong), periods.last_days(periods.USUAL, today)
    topic = query.get("topic", "").strip()
    if topic and not _ID.fullmatch(topic):
        problem, topic = "There is no such topic; these are all.", ""
    page = query.get("page", "")
    return Wanted(
        period=period,
        source=_one_of(Source, query.get("source"), Source.REVIEWS),
        topic=topic,
        kind=query.get("kind", "") if query.get("kind") in KINDS else "",
        order=_one_of(Order, query.get("order"), Order.MARGIN),
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 4 else 1,
        problem=problem,
    )


def _one_of[T: StrEnum](words: type[T], typed: str | None, usual: T) -> T:
    return words(typed) if typed in list(words) else usual
