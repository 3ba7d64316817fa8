"""Whether answers and red flags were reviewed, and are not overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from content.lint.documents import Document, UnquotedDate
from content.lint.entries import Entry
from content.lint.problems import Problem, error, warning
from content.lint.project import Project

SOON = timedelta(days=30)
REVIEW = "Read the answer and its sources again, then set `reviewed:` and `review_due:`."


def check(project: Project) -> Iterator[Problem]:
    """Dates that are not dates, lie on the wrong side of today, or are not in quotes."""
    for document in project.documents:
        yield from _unquoted(document, document.content)
    reviewed = (project.topics, project.red_flags, project.exercises)
    for entry in (entry for listing in reviewed for entry in listing.values()):
        yield from _review(project.today, entry)
    for region in project.regions.values():
        for index, source in enumerate(region.items("sources")):
            if isinstance(source, dict) and isinstance(source.get("opened"), str):
                opened = _parsed(source["opened"])
                place = region.place("sources", index, "opened")
                if opened is None:
                    yield error(place, f"`{source['opened']}` is no date", 'Write "2026-12-31".')
                elif opened > project.today:
                    yield error(place, "`opened:` is in the future", "Write the day it was opened.")


def _unquoted(document: Document, value: Any, *steps: str | int) -> Iterator[Problem]:
    if isinstance(value, UnquotedDate):
        yield error(
            document.place(*steps), f"the date {value} is not in quotes", f'Write "{value}".'
        )
    inner = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        inner = dict(enumerate(value))
    for step, item in inner.items():
        yield from _unquoted(document, item, *steps, step)


def _review(today: date, entry: Entry) -> Iterator[Problem]:
    dates: dict[str, date] = {}
    for name in ("reviewed", "review_due"):
        written = entry.text(name)
        parsed = _parsed(written.words) if written else None
        if parsed:
            dates[name] = parsed
        elif written:
            mend = f'Write a day that exists, such as `{name}: "2026-12-31"`.'
            yield error(written.place, f"`{written.words}` is no date", mend)
    reviewed, due = dates.get("reviewed"), dates.get("review_due")
    if reviewed and reviewed > today:
        yield error(entry.place("reviewed"), "`reviewed:` is in the future", "Write the true day.")
    if reviewed and due and reviewed >= due:
        order = "after" if reviewed > due else "the same day as"
        wrong = f"`reviewed:` is {order} `review_due:`"
        yield error(entry.place("reviewed"), wrong, "Set the next day of review.")
    if due and due < today:
        yield error(entry.place("review_due"), f"the review was due on {due}", REVIEW)
    elif due and due <= today + SOON:
        yield warning(entry.place("review_due"), f"the review is due on {due}", REVIEW)


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
