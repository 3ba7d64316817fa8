"""What to say to somebody whose message raised a red flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.files import HOME, LANGUAGE, read
from triage.load import load
from triage.model import Flag, Level
from triage.replies import Replies

GENERAL = "general.yml"
PARTS = ("reason", "meanwhile", "safety_net")


@dataclass(frozen=True)
class Numbers:
    """Whom to call in one region.

    Attributes:
        emergency: the emergency number.
        same_day: whom to call the same day, as "call your GP".
        crisis_lines: name and number of each crisis line.
    """

    emergency: str
    same_day: str
    crisis_lines: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, region: Mapping[str, Any]) -> Numbers:
        """The numbers of an entry of ``regions.yml``."""
        lines = [(line["name"], line["number"]) for line in region.get("crisis_lines") or ()]
        return cls(str(region["emergency"]), str(region["same_day"]), tuple(lines))


class Advice:
    """The words for red flags, from the content files.

    Args:
        home: the folder with ``red_flags`` and ``triage``.
    """

    def __init__(self, home: Path = HOME) -> None:
        self._flags = load(home).flags
        self._general = read(home / LANGUAGE / GENERAL)
        self._replies = Replies(self._general["ask"])
        self._safety = Replies(self._general["stay"])

    @property
    def answers(self) -> tuple[str, str]:
        """The titles of the buttons for yes and no."""
        first = self._general["ask"]
        return str(first["yes"][0]), str(first["no"][0])

    @property
    def go_on(self) -> str:
        """The title of the button that goes back to other questions."""
        return str(self._general["go_on"])

    def ask(self, flag: Flag, numbers: Numbers) -> str:
        """The one gentle question when a message may carry ``flag``."""
        known = self._flags.get(flag.id)
        question = known.ask if known and known.ask else self._general["ask"]["question"]
        return self.fill(question, numbers)

    def ask_again(self, numbers: Numbers) -> str:
        """The question in other words, after a reply that was neither yes nor no."""
        return self.fill(self._general["ask"]["again"], numbers)

    def left(self, numbers: Numbers) -> str:
        """What is said where the question got no answer twice."""
        return self.fill(self._general["ask"]["left"], numbers)

    def noted(self, numbers: Numbers) -> str:
        """What is said to a no that comes too late."""
        return self.fill(self._general["ask"]["noted"], numbers)

    def yes_or_no(self, text: str) -> bool | None:
        """Whether ``text`` says yes or no to the question; None if it says neither."""
        return self._replies.read(text)

    def is_safe(self, text: str) -> bool | None:
        """Whether ``text`` says that its writer is safe; None if it says neither."""
        return self._safety.read(text)

    def say(self, flag: Flag, numbers: Numbers) -> str:
        """The advice for a flag, what to do in the first sentence.

        Args:
            flag: the most urgent flag of a message.
            numbers: of the patient's region.
        """
        known = self._flags.get(flag.id)
        say = known.say.get(flag.level) if known else None
        if say is None:
            say = self._general["say"][flag.level.value]
        parts = [say[part] for part in PARTS if say.get(part)]
        texts = [say.get("advice", ""), " ".join(parts), say.get("call_line", "")]
        return "\n\n".join(self.fill(text, numbers) for text in texts if text)

    def again(self, level: Level, numbers: Numbers) -> str:
        """The short reminder for a flag that was raised before in the session."""
        return self.fill(self._general["again"][level.value], numbers)

    def after(self, numbers: Numbers) -> str:
        """The first words after an emergency."""
        return self.fill(self._general["after"]["emergency"], numbers)

    def stay(self, numbers: Numbers, how: str = Level.EMERGENCY.value) -> str:
        """What is said after thoughts of suicide or self-harm.

        Args:
            numbers: of the patient's region.
            how: which of the texts: ``emergency``, ``second``, ``safe`` or ``unsafe``.
        """
        return self.fill(self._general["stay"][how], numbers)

    def fill(self, text: str, numbers: Numbers) -> str:
        """``text`` with the region's numbers in it."""
        crisis = self._general["crisis"]
        lines = [
            crisis["line"].replace("{name}", name).replace("{number}", number)
            for name, number in numbers.crisis_lines
        ]
        filled = text.replace("{crisis}", " ".join(lines) or crisis["none"])
        return filled.replace("{emergency}", numbers.emergency).replace(
            "{same_day}", numbers.same_day
        )


@lru_cache(maxsize=2)
def advice(home: Path = HOME) -> Advice:
    """The advice of the project's content files, read once a process."""
    return Advice(home)
