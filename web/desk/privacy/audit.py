"""The desk's use of the audit log."""

from starlette.requests import Request

from desk.access.visitors import user
from records.audit import (
    COMMAND_LINE,
    NOBODY,
    Action,
    Actor,
    append,
    conversation,
    faults,
    verify,
)

__all__ = [
    "COMMAND_LINE",
    "NOBODY",
    "Action",
    "Actor",
    "actor",
    "append",
    "conversation",
    "faults",
    "verify",
]


def actor(request: Request) -> Actor:
    """The user who asks, as the audit log names them."""
    found = user(request)
    return Actor(found.name, found.id)
