"""Addresses of the inbox that show the conversations a number counts, and of the figures."""

from urllib.parse import urlencode

from desk.figures.period import Period

INBOX = "/inbox"
FIGURES = "/figures"


def inbox(period: Period | None = None, **filters: str) -> str:
    """The conversations of a period, by the day of their last message, that pass all filters.

    Args:
        period: None for those of all times.
        **filters: filters of the inbox by their names, with what they ask for.
    """
    days = {"since": str(period.first), "until": str(period.last)} if period else {}
    return f"{INBOX}?{urlencode({**days, **filters})}"


def figures(period: Period, path: str = "") -> str:
    """The figures of a period, or a part of them at a further path."""
    days = {"from": str(period.first), "to": str(period.last)}
    return f"{FIGURES}{path}?{urlencode(days)}"


def conversation(number: int) -> str:
    """The transcript of a conversation."""
    return f"/conversations/{number}"
