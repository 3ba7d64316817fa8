"""Plays all parts, several browsers at a time."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from demo.casting import Browser
from demo.door import Door, DoorError
from demo.patient import Patient


@dataclass
class Played:
    """What came of it.

    `browsers` has the tokens of each browser's sessions in order; `failures` say why a
    conversation broke off.
    """

    conversations: int = 0
    turns: int = 0
    browsers: list[list[str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


async def play(
    door: Door,
    browsers: Sequence[Browser],
    words: Mapping[str, Sequence[str]],
    *,
    at_once: int,
    opened: Callable[[str], None],
    told: Callable[[Played], None],
) -> Played:
    """Play all parts; one that breaks off does not stop the others.

    Args:
        door: where the assistant is.
        browsers: who comes, and for what.
        words: what the places of the texts are filled with.
        at_once: how many browsers at a time.
        opened: gets each session's token as soon as there is one.
        told: hears of it after each conversation.
    """
    played = Played()
    waiting = iter(browsers)

    async def take_turns() -> None:
        # All share one iterator: who is done takes the next.
        for browser in waiting:
            tokens: list[str] = []
            played.browsers.append(tokens)
            diary: str | None = None
            for part in browser:
                patient = Patient(door, part, words)
                try:
                    diary = await patient.arrive(diary)
                    tokens.append(patient.token)
                    opened(patient.token)
                    await patient.talk()
                except DoorError as error:
                    played.failures.append(f"{part.visit.name}: {error}")
                played.conversations += 1
                played.turns += patient.turns
                told(played)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(take_turns())
    return played
