"""The red flags noticed in a message, as they are kept for staff: without the words."""

from collections.abc import Iterable, Sequence

from triage import Flag, Screening

from gateway.placing import Placing
from records.note import Flagged

CONFIRMED = "confirmed by the patient"


def flagged(
    found: Screening | None, told: Sequence[tuple[str, str]], placing: Placing
) -> list[Flagged]:
    """What is kept of red flags.

    Args:
        found: what was noticed; None for a button, in which there is nothing to notice.
        told: the flags the patient was told of now, with the level.
        placing: finds the words.

    Returns:
        Kept flags first, then what may be meant, then dropped ones, and at last what the patient
        confirmed when asked.
    """
    noticed = list(_noticed(found, told, placing)) if found else []
    known = {(flag.id, flag.level) for flag in noticed if flag.status == "kept"}
    confirmed = [
        Flagged.model_validate({"id": flag, "level": level, "told": True, "reason": CONFIRMED})
        for flag, level in told
        if (flag, level) not in known
    ]
    return [*noticed, *confirmed]


def _noticed(
    found: Screening, told: Sequence[tuple[str, str]], placing: Placing
) -> Iterable[Flagged]:
    for flag in found.flags:
        yield _kept(flag, "kept", placing, told=(flag.id, flag.level.value) in told)
    unsure = found.unsure
    if unsure:
        yield _kept(unsure, "unsure", placing)
    for flag in found.dropped:
        if not (unsure and (unsure.id, unsure.level) == (flag.id, flag.level)):
            yield _kept(flag, "dropped", placing)


def _kept(flag: Flag, status: str, placing: Placing, *, told: bool = False) -> Flagged:
    spans = placing.places(flag.text)
    place = {"start": spans[0][0], "end": spans[-1][1]} if spans else {}
    return Flagged.model_validate(
        {
            "id": flag.id,
            "level": flag.level.value,
            "status": status,
            "told": told,
            "reason": flag.reason,
            "chance": flag.chance,
            "spans": spans if len(spans) > 1 else [],
            **place,
        }
    )
