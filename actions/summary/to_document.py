"""The page of a draft, as plain JSON: what ``web/gateway/summaries.py`` prints. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from actions.summary.draft import Draft
from actions.summary.values import Item
from content.summary import Heading, SummaryTexts


def to_document(draft: Draft, summary: SummaryTexts, made_on: date) -> dict[str, Any]:
    """The document of a draft.

    Args:
        draft: as the patient reviewed it.
        summary: headings, title and notice.
        made_on: the day that stands on the page.

    Returns:
        ``title``, ``made_on`` (ISO), ``sections`` (``heading``, ``lines``), ``questions_heading``,
        ``questions``, ``notice`` and the titles of the two files; a line is ``text`` and
        ``quoted``.
    """
    by_heading = {heading: _lines(draft.items, heading) for heading in Heading}
    return {
        "title": summary.title,
        "made_on": made_on.isoformat(),
        "sections": [
            {"heading": summary.headings[heading], "lines": found}
            for heading, found in by_heading.items()
            if found and heading is not Heading.QUESTIONS
        ],
        "questions_heading": summary.headings[Heading.QUESTIONS],
        "questions": by_heading[Heading.QUESTIONS],
        "notice": summary.notice,
        "pdf_title": summary.texts["pdf_title"],
        "html_title": summary.texts["html_title"],
    }


def listing(draft: Draft, summary: SummaryTexts) -> str:
    """The draft as a message shows it: headings and numbered lines."""
    shown: list[str] = []
    heading: Heading | None = None
    for number, item in enumerate(draft.items, 1):
        if item.heading is not heading:
            heading = item.heading
            shown += ["", summary.headings[heading]]
        words = f"“{item.text}”" if item.quoted else item.text
        shown.append(f"{number}. {words}")
    return "\n".join(shown).strip()


def _lines(items: Iterable[Item], heading: Heading) -> list[dict[str, Any]]:
    return [{"text": item.text, "quoted": item.quoted} for item in items if item.heading is heading]
