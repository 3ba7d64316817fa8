"""What a button stands for, as text between the assistant and the gateway."""

from __future__ import annotations

from typing import Any

from content.model import Catalogue, Topic

TOPIC = "topic"
ACT = "act"


def button(catalogue: Catalogue, identifier: str) -> dict[str, Any]:
    """The button that offers a topic or an act.

    Args:
        catalogue: where its title stands.
        identifier: the id of a topic or an act.

    Returns:
        ``title``, ``payload`` and, for a topic, ``topic``.

    Raises:
        KeyError: the catalogue has nothing of that id.
    """
    item = catalogue.find(identifier)
    if item is None:
        raise KeyError(identifier)
    if isinstance(item, Topic):
        return {"title": item.title, "payload": f"{TOPIC}:{item.id}", "topic": item.id}
    return {"title": item.title, "payload": f"{ACT}:{item.id}"}


def parse(payload: str) -> tuple[str, str] | None:
    """``("topic", id)`` or ``("act", id)``; None for anything else."""
    kind, _, identifier = payload.partition(":")
    if kind in (TOPIC, ACT) and identifier:
        return kind, identifier
    return None
