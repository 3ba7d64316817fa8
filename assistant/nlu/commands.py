"""What a patient wants of the coach, or what the body says, while an exercise is under way.

A ranker of its own: "back" is one step back there, and a topic anywhere else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from assistant.nlu.gate import Thresholds, probabilities
from assistant.nlu.ranker import Ranker
from assistant.nlu.slips import with_slips
from content import Catalogue
from content.names import ActId, Spoken

FOLDER = "commands"
"""Where in a model the coach's ranker lies."""

RANKED = 3
COPIES = 3
SETTINGS = {
    **{"meaning_c": 5.0, "meaning_steps": 40},
    **{"spelling_c": 1.0, "spelling_scale": 4.0, "spelling_weight": 2.0},
}
"""Of the ranker; short commands are told by their letters more than topics are."""
A_TOPIC = 5
"""How many examples of each topic and act teach what is no command; there are many topics."""

SAME = {
    ActId.AFFIRM.value: Spoken.YES.value,
    ActId.DENY.value: Spoken.NO.value,
    ActId.NOT_SURE.value: Spoken.UNSURE.value,
}
"""Acts that mean something to the coach, too."""

_JOINT = re.compile(
    r"[.,;:!?\n]+|\s(?:but|and|then|though|now|because|cos|so|next)\b", re.IGNORECASE
)
MOST_PARTS = 6
Ranking = list[tuple[str, float]]

OVERLAPPING = frozenset(
    act.value
    for act in (
        ActId.REPEAT,
        ActId.START_OVER,
        ActId.GOODBYE,
        ActId.EXERCISE,
        ActId.EXERCISE_RESUME,
        ActId.UNCLEAR_HELP,
    )
)
"""Acts whose examples are, or sound like, commands."""


def labelled(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Pairs of a label and a message: a command, a sign, yes, no, or ``aside`` for the rest."""
    coach = catalogue.coach
    if coach is None:
        return
    known: set[str] = set()
    commands = [(one.id, one.examples) for one in coach.commands.values()]
    signs = [(one.id, one.examples) for one in coach.signs.values()]
    for label, examples in (*commands, *signs, *coach.asides.items()):
        known.update(example.lower() for example in examples)
        yield from ((label, example) for example in examples)
    for act in catalogue.acts.values():
        if act.id in OVERLAPPING:
            continue
        label = SAME.get(act.id, Spoken.ASIDE.value)
        most = None if act.id in SAME else A_TOPIC
        fresh = (example for example in act.examples[:most] if example.lower() not in known)
        yield from ((label, example) for example in fresh)
    for topic in catalogue.topics.values():
        yield from ((Spoken.ASIDE.value, example) for example in _drawn(topic.examples))


def _drawn(examples: Sequence[str]) -> list[str]:
    """A few examples, long and short; an example more seldom makes them others.

    So that what the coach learns from mostly stays the same when a topic changes.
    """
    return sorted(examples, key=lambda text: sha256(text.encode()).digest())[:A_TOPIC]


def learnable(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The labelled messages, those for the coach also as tired hands type them."""
    messages = list(labelled(catalogue))
    # Each message has slips of its own, whatever is added before it.
    slipped = [
        (label, with_slips(message, random.Random(f"{copy} {message}"), share=1.0))
        for copy in range(COPIES)
        for label, message in messages
        if label != Spoken.ASIDE.value
    ]
    known = {message for _, message in messages}
    return [*messages, *((label, message) for label, message in slipped if message not in known)]


class CommandReader:
    """Ranks commands, signs, yes, no and ``aside`` for a message."""

    def __init__(self, ranker: Ranker, thresholds: Thresholds) -> None:
        """Use a trained ``ranker``; ``thresholds`` holds its temperature."""
        self._ranker = ranker
        self._thresholds = thresholds

    def read(self, message: str) -> list[tuple[str, Ranking]]:
        """What a message says as a whole, and what each of its parts says.

        "Did seven then it started hurting" counts first and hurts afterwards.

        Args:
            message: a tidied message that has words.

        Returns:
            The whole, and then each part of more than one, with the likeliest labels and their
            probabilities, the likeliest first.
        """
        texts = [message, *parts(message)]
        rows = probabilities(self._ranker.scores(texts), self._thresholds).tolist()
        return [(text, self._ranking(row)) for text, row in zip(texts, rows, strict=True)]

    def _ranking(self, row: Sequence[float]) -> Ranking:
        pairs = zip(self._ranker.labels, row, strict=True)
        return sorted(pairs, key=lambda pair: pair[1], reverse=True)[:RANKED]


def parts(message: str) -> list[str]:
    """The clauses of a message; none where it is one clause."""
    found = [part.strip() for part in _JOINT.split(message)]
    found = [part for part in found if any(map(str.isalpha, part))]
    return found[:MOST_PARTS] if len(found) > 1 else []
