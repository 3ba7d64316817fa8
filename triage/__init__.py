"""Notices red flags in what patients write: text in, urgency out."""

from triage.advice import Advice, Numbers, advice
from triage.model import Candidate, Context, Flag, Level, Screening, Status, Told
from triage.screening import Screener, screen, screener

__all__ = [
    "Advice",
    "Candidate",
    "Context",
    "Flag",
    "Level",
    "Numbers",
    "Screener",
    "Screening",
    "Status",
    "Told",
    "advice",
    "screen",
    "screener",
]
