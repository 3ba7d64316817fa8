"""What is kept beside a reply: what Rasa understood, and what is remembered of red flags."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from triage import Flag

from gateway.watch import Watch

log = logging.getLogger(__name__)

NOTE = "triage"
DROPPED = "triage_dropped"


def remembered(note: Any) -> Watch:
    """What the latest reply's note remembers; a note without it remembers nothing.

    One that cannot be read counts as none: what was told is told again, which is better than
    failing at every message from now on.
    """
    kept = note.get(NOTE) if isinstance(note, dict) else None
    if not kept:
        return Watch()
    try:
        return Watch.model_validate(kept)
    except ValidationError as error:
        # Where and how only: the values may hold a patient's words.
        kinds = sorted({found["type"] for found in error.errors(include_input=False)})
        log.warning("what is remembered cannot be read", extra={"reason": ", ".join(kinds)})
        return Watch()


def written(
    understanding: Mapping[str, Any] | None, watch: Watch, dropped: Sequence[Flag]
) -> dict[str, Any]:
    """The note of a turn.

    Args:
        understanding: what Rasa understood.
        watch: what is remembered from now on.
        dropped: the flags that the second opinion overruled, kept for staff to look at.
    """
    note = {**(understanding or {}), NOTE: watch.model_dump(mode="json")}
    if dropped:
        # Without the flag's text, which is the patient's: their message is stored once already.
        note[DROPPED] = [
            {"id": flag.id, "level": flag.level.value, "reason": flag.reason} for flag in dropped
        ]
    return note
