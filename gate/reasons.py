"""What the reason of a change names: whoever takes a protection away has to say so."""

from __future__ import annotations

import re


def named(reason: str, *names: str) -> bool:
    """Whether a reason names a thing, in backticks: many ids are words of every day."""
    either = "|".join(re.escape(name) for name in names)
    return bool(re.search(rf"`(?:{either})`", reason, re.IGNORECASE))


def agree() -> str:
    """What approvers are told of something that the reason names."""
    return "The reason of the change names it: look whether you agree."


def say_so(name: str) -> str:
    """What an editor can do who means it."""
    return (
        f"If that is meant, write `{name}`, with its backticks, into the reason of the change, so "
        "that whoever approves it knows."
    )
