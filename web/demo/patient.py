"""One invented patient in one conversation: says, presses and rates as the script has it."""

import random
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from demo.casting import Part
from demo.door import Door
from demo.scripts import ANY, Rating, Step
from demo.wording import filled, slipped

REASON_WITH = 0.7


class Patient:
    """Plays a part.

    Args:
        door: where the assistant is.
        part: what is played.
        words: what the places of its texts are filled with.

    Attributes:
        token: the session's, once it is opened.
        turns: how many messages were sent.
    """

    def __init__(self, door: Door, part: Part, words: Mapping[str, Sequence[str]]) -> None:
        self.token = ""
        self.turns = 0
        self._door = door
        self._part = part
        self._words = words
        self._rng = random.Random(part.seed)
        self._heard: list[dict[str, Any]] = []

    async def arrive(self, diary: str | None) -> str:
        """Open a session.

        Args:
            diary: the key of the browser's diary, if it has one.

        Returns:
            The key of the browser's diary from now on.
        """
        body = {"region": self._part.region, "diary": diary}
        opened = (await self._door.call("POST", "/api/sessions", body)).json()
        self.token, self._heard = str(opened["session"]), opened["messages"]
        return str(opened["diary"])

    async def talk(self) -> None:
        """Do all steps of the part."""
        for step in self._part.visit.steps:
            if self._rng.random() >= step.chance:
                continue
            for _ in range(self._rng.randint(*step.times)):
                if not await self._do(step):
                    break

    async def _do(self, step: Step) -> bool:
        """Do a step once; False where there was nothing to press and nothing to say instead."""
        if step.say:
            await self._send({"text": self._typed(step.say, step)})
        elif step.rate:
            await self._rate(step.rate)
        elif choice := self._button(step.press or []):
            await self._send({"choice": choice})
        elif step.otherwise:
            await self._send({"text": self._typed(step.otherwise, step)})
        else:
            return False
        return True

    def _typed(self, texts: Sequence[str], step: Step) -> str:
        text = filled(self._rng.choice(texts), self._words, self._rng)
        return slipped(text, self._rng) if step.slips and self._part.hurried else text

    def _button(self, titles: Sequence[str]) -> str | None:
        offered = [button for message in self._heard for button in message["buttons"]]
        wanted = [b for b in offered if b["title"] in titles or ANY in titles]
        return str(self._rng.choice(wanted)["id"]) if wanted else None

    async def _send(self, said: dict[str, str]) -> None:
        message = {"id": str(uuid.UUID(int=self._rng.getrandbits(128), version=4)), **said}
        answer = await self._door.call("POST", "/api/messages", message, self.token)
        self._heard = answer.json()["messages"]
        self.turns += 1

    async def _rate(self, rating: Rating) -> None:
        helpful = self._rng.random() < rating.up
        body: dict[str, Any] = {"message": self._heard[-1]["id"], "helpful": helpful}
        if not helpful and rating.because and self._rng.random() < REASON_WITH:
            body["reason"] = filled(self._rng.choice(rating.because), self._words, self._rng)
        await self._door.call("POST", "/api/feedback", body, self.token)
