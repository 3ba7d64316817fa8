"""What patients say to both: topics, small talk, what nobody can answer; short, long and misspelt.

Nothing of it begins one of Dorsi's longer talks (exercises, the check of warning signs …): there
the default has nothing to set beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from tests.bench.systems import Talk
from tests.load.talking import TEXTS

MESSAGES = (
    *TEXTS,
    "hello",
    "can diabetes cause foot drop?",
    "and how long does that take?",
    "my foot slaps on the floor when i walk, is that foot drop",
    "thank you",
    "how does electrical stimulation work?",
    "what is the weather like tomorrow",
    "is it normal that I am so tired with MS",
    "wich brace is beter for driveing",
    "are you a real person?",
    "how do I stop tripping on the rug?",
    "will I need surgery",
    "I had a new hip in March and since then my left foot hangs down when I walk, so I wonder"
    " whether the nerve was hurt, and whether such a thing gets better by itself?",
    "can you book me a table for two",
    "how common is foot drop in MS?",
    "what are early signs?",
    "how are you?",
    "can I still drive a car",
    "who wrote you",
    "does swimming help",
    "what helps against spasms at night?",
    "how do I get an AFO",
)


def spoken(first: int = 0) -> Iterator[str]:
    """What one patient says, one message after the other without end.

    Args:
        first: the number of the message to begin with, so that not all say the same.
    """
    return (MESSAGES[number % len(MESSAGES)] for number in count(first))


def go_on(talk: Talk, words: Iterator[str], turns: int) -> list[float]:
    """Say the next few; the milliseconds of each."""
    return [talk.say(next(words)) for _ in range(turns)]
