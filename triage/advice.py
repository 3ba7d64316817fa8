"""What to say to somebody whose message raised a red flag."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.files import HOME, LANGUAGE, read
from triage.load import load
from triage.model import Flag, Level

GENERAL = "general.yml"
APOSTROPHES = re.compile("['\u2018\u2019`]")  # phones type the curly ones
SHORT = 4  # words
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
        self._weak_yes = tuple(f"{word} " for word in self._general["ask"]["weak_yes"])
        self._no_tail = frozenset(self._general["ask"]["no_tail"])
        self._replies = {
            word: reply
            for reply, key in ((True, "yes"), (False, "no"))
            for word in self._general["ask"][key]
        }

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

    def yes_or_no(self, text: str) -> bool | None:
        """Whether ``text`` says yes or no to the question; None if it says neither."""
        plain = " ".join(re.findall(r"[a-z]+", APOSTROPHES.sub("", text.lower())))
        for word in sorted(self._replies, key=len, reverse=True):
            if f"{plain} ".startswith(f"{word.lower()} "):
                tail = plain[len(word) :].split()
                # Whoever says no and goes on may be telling of something else: "no feeling at all".
                return self._replies[word] or (None if set(tail) - self._no_tail else False)
        words = plain.split()
        short = len(words) <= SHORT and "no" not in words
        return True if short and f"{plain} ".startswith(self._weak_yes) else None

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

    def stay(self, numbers: Numbers) -> str:
        """The first words after thoughts of suicide or self-harm."""
        return self.fill(self._general["stay"]["emergency"], numbers)

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
