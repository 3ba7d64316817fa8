"""The filters of the inbox, each in one row of a table: how it is read, what it finds, its words.

A filter reads one value of the address. What cannot be read is told in plain words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from desk.catalogue import Catalogue
from desk.inbox import searching
from records.conversations import Conversation, ConversationFlag, ConversationTopic
from records.reviewing import ConversationTag
from records.words import Level, Status, Unfinished

ME, NOBODY, ANY, OPEN = "me", "nobody", "any", "open"
_MOST = 1_000_000
_ID = re.compile(r"[a-z0-9_/.-]{1,120}")
_REGION = re.compile(r"[A-Za-z0-9_-]{1,16}")

type Condition = ColumnElement[bool]


class Unreadable(Exception):
    """A value says nothing to a filter; the text says what it may be."""


@dataclass(frozen=True)
class Around:
    """What a filter needs to know beside its value.

    Attributes:
        user_id: who asks.
        now: the moment.
        is_sqlite: which of the two databases it is.
        counts: whether all are to be gone through, and not the first of an order.
    """

    user_id: int
    now: datetime
    is_sqlite: bool
    counts: bool = False


@dataclass(frozen=True)
class Names:
    """The names that values are shown by.

    Attributes:
        catalogue: topics and red flags.
        people: the users, by their ids.
        tags: the tags, by their ids.
        regions: those in which there are conversations.
    """

    catalogue: Catalogue
    people: Mapping[int, str]
    tags: Mapping[int, str]
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """One filter.

    Attributes:
        title: what people call it.
        read: makes a value of what stands in the address.
        finds: the condition.
        shown: the value in words.
    """

    title: str
    read: Callable[[str], Any]
    finds: Callable[[Any, Around], Condition]
    shown: Callable[[Any, Names], str] = lambda value, _: str(value)


def _one_of[T](words: Mapping[str, T]) -> Callable[[str], T]:
    def read(typed: str) -> T:
        if typed not in words:
            raise Unreadable("It may be " + ", ".join(words) + ".")
        return words[typed]

    return read


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if not pattern.fullmatch(typed):
            raise Unreadable("Please choose one of the list.")
        return typed

    return read


def _count(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 8 and int(typed) <= _MOST):
        raise Unreadable("It is a whole number, such as 3.")
    return int(typed)


def _share(typed: str) -> float:
    try:
        value = float(typed) if len(typed) < 12 else -1.0
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise Unreadable("It is a number from 0 to 1, such as 0.5.")
    return value


def _day(typed: str) -> date:
    try:
        return datetime.strptime(typed, "%Y-%m-%d").date()
    except ValueError:
        raise Unreadable("It is a day, such as 2026-03-31.") from None


def _days(typed: str) -> int:
    days = _count(typed)
    if not 1 <= days <= 3660:
        raise Unreadable("It is a number of days, from 1 to 3660.")
    return days


def _assignee(typed: str) -> int | str:
    return typed if typed in (ME, NOBODY) else _count(typed)


def _words(typed: str) -> str:
    if not searching.terms(typed):
        raise Unreadable("Please type at least one word to search for.")
    return typed[: searching.MAX_LENGTH]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _of_assignee(value: int | str, around: Around) -> Condition:
    if value == NOBODY:
        return Conversation.assignee.is_(None)
    return Conversation.assignee == (around.user_id if value == ME else value)


def _of_status(value: str, _: Around) -> Condition:
    if value == OPEN:
        # A list of the others would make SQLite sort all of them.
        return Conversation.status != Status.DONE.value
    return Conversation.status == value


def _has(table: Any, condition: Condition, around: Around) -> Condition:
    """That a conversation has a row in another table.

    A page is found soonest by going through the order and looking each up; the whole by beginning
    with the other table.
    """
    if around.counts:
        return Conversation.number.in_(select(table.number).where(condition))
    return exists().where(table.number == Conversation.number, condition)


def _until(day: date, _: Around) -> Condition:
    """Up to the end of the day; after the last day there is nothing."""
    end = _midnight(day) + timedelta(days=1) if day < date.max else datetime.max
    return Conversation.last_at < end


_LEVELS = {level.word: level for level in reversed(Level)}
_STATUSES = {OPEN: OPEN, **{status.value: status.value for status in Status}}
_BEGUN = {ANY: ANY, **{begun.value: begun.value for begun in Unfinished}}

FILTERS: Mapping[str, Filter] = {
    "q": Filter(
        "Words",
        _words,
        lambda value, around: searching.matching(value, is_sqlite=around.is_sqlite),
    ),
    "level": Filter(
        "Level",
        _one_of(_LEVELS),
        lambda value, _: Conversation.level == int(value),
        lambda value, _: value.word,
    ),
    "flag": Filter(
        "Red flag",
        _matching(_ID),
        lambda value, around: _has(ConversationFlag, ConversationFlag.flag == value, around),
        lambda value, names: names.catalogue.flag(value),
    ),
    "topic": Filter(
        "Topic",
        _matching(_ID),
        lambda value, around: _has(ConversationTopic, ConversationTopic.topic == value, around),
        lambda value, names: names.catalogue.title(value),
    ),
    "status": Filter(
        "Status", _one_of(_STATUSES), _of_status, lambda value, _: value.replace("_", " ")
    ),
    "assignee": Filter(
        "Assigned to",
        _assignee,
        _of_assignee,
        lambda value, names: names.people.get(value, str(value)),
    ),
    "tag": Filter(
        "Tag",
        _count,
        lambda value, around: _has(ConversationTag, ConversationTag.tag_id == value, around),
        lambda value, names: names.tags.get(value, "a tag that is gone"),
    ),
    "sure_below": Filter(
        "Lowest confidence at most", _share, lambda value, _: Conversation.sureness <= value
    ),
    "doubt_above": Filter(
        "Chance of a missed emergency at least",
        _share,
        lambda value, _: Conversation.doubt >= value,
    ),
    "fallbacks": Filter(
        "Fallbacks at least", _count, lambda value, _: Conversation.fallbacks >= value
    ),
    "disliked": Filter(
        "Thumbs down at least", _count, lambda value, _: Conversation.disliked >= value
    ),
    "unfinished": Filter(
        "Unfinished",
        _one_of(_BEGUN),
        lambda value, _: (
            Conversation.unfinished.is_not(None)
            if value == ANY
            else Conversation.unfinished == value
        ),
        lambda value, _: value.replace("_", " "),
    ),
    "turns_from": Filter("Turns at least", _count, lambda value, _: Conversation.turns >= value),
    "turns_to": Filter("Turns at most", _count, lambda value, _: Conversation.turns <= value),
    "region": Filter("Region", _matching(_REGION), lambda value, _: Conversation.region == value),
    "days": Filter(
        "Days old at most",
        _days,
        lambda value, around: Conversation.last_at >= around.now - timedelta(days=value),
    ),
    "since": Filter(
        "Last message since", _day, lambda value, _: Conversation.last_at >= _midnight(value)
    ),
    "until": Filter("Last message until", _day, _until),
}
