"""What is raised where a conversation cannot be read or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError


class TrackingError(Exception):
    """A conversation cannot be read or written now. The text holds nothing of a patient."""


@contextmanager
def guarded() -> Iterator[None]:
    """Turns every failure of the database, and of what it cannot hold, into a TrackingError."""
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError) as error:
        # A driver's own text may quote the row it could not write.
        raise TrackingError(f"The conversations' database failed: {type(error).__name__}") from None
