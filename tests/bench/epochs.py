"""How long the networks' epochs take, heard from what Rasa prints while it trains."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

HEARD = re.compile(
    r"Starting to train component '(?P<component>\w+)'|Epochs:.*?\| (?P<done>\d+)/\d+ \["
)
BREAK = re.compile(r"[\r\n]")


class Epochs:
    """Listens to Rasa's training.

    Attributes:
        seconds: for each component with epochs, how long each took. The first holds what comes
            before it, such as TensorFlow's tracing.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self._component = self._unfinished = ""
        self._since = 0.0

    def hear(self, said: str, at: float) -> None:
        """Take in what was said at that many seconds, whole lines or not."""
        # A bar is drawn without an end of line, and begins the next one with "\r".
        text = self._unfinished + said
        self._unfinished = BREAK.split(text)[-1]
        for found in HEARD.finditer(text):
            self._component = found["component"] or self._component
            if found["done"]:
                self._bar(int(found["done"]), at)

    def _bar(self, done: int, at: float) -> None:
        if self._component not in self.seconds:
            self.seconds[self._component], self._since = [], at
        known = self.seconds[self._component]
        # A bar is drawn more than once at each number.
        if done > len(known):
            known.append(at - self._since)
            self._since = at


def at_least(total: float, seconds: Mapping[str, Sequence[float]], epochs: int) -> float | None:
    """The seconds that a training of so many epochs, which nobody has run, would take at least.

    The quickest epoch is taken for all but the first, which holds what happens once. Batches grow
    from the first epoch to the last, so that others take longer.

    Args:
        total: how long the training took that was run.
        seconds: how long each of its epochs took, by component.
        epochs: how many each component is to have.

    Returns:
        None where only one epoch was run, which says too little.
    """
    if not seconds or any(len(each) < 2 for each in seconds.values()):
        return None
    once = total - sum(sum(each[1:]) for each in seconds.values())
    return once + (epochs - 1) * sum(min(each) for each in seconds.values())
