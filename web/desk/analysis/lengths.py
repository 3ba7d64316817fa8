"""How long answers are, and how hard to read. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.analysis.content import Content
from desk.figures.charts.columns import Chart, Series, chart

WORDS_A_COLUMN, GRADES_A_COLUMN = 20, 1


@dataclass(frozen=True)
class Length:
    """An answer: its words, and its grade; None where nobody measured it."""

    id: str
    title: str
    words: int
    grade: float | None


def lengths(content: Content, grades: Mapping[str, float]) -> list[Length]:
    """The answers, the longest first.

    Args:
        content: what is served.
        grades: by topic.
    """
    found = [
        Length(topic.id, topic.title, words(topic.answer), grades.get(topic.id))
        for topic in content.topics.values()
    ]
    return sorted(found, key=lambda one: (-one.words, one.id))


def words(messages: Sequence[str]) -> int:
    """How many words some messages have."""
    return sum(len(message.split()) for message in messages)


def charts(found: Sequence[Length]) -> list[Chart]:
    """How many answers have how many words, and which grade."""
    made = [
        _spread("words", "Answers by their words", [one.words for one in found], WORDS_A_COLUMN)
    ]
    grades = [one.grade for one in found if one.grade is not None]
    if grades:
        made.append(_spread("grades", "Answers by their grade", grades, GRADES_A_COLUMN))
    return made


def _spread(id: str, title: str, values: Sequence[float], wide: int) -> Chart:
    """How many values lie in each of some ranges, as wide as each other."""
    lowest = min((int(value // wide) for value in values), default=0)
    highest = max((int(value // wide) for value in values), default=0)
    columns = range(lowest, highest + 1)
    names = [
        str(at * wide) if wide == 1 else f"{at * wide} to {(at + 1) * wide - 1}" for at in columns
    ]
    heights = [float(sum(value // wide == at for value in values)) for at in columns]
    return chart(id, title, names, [Series("answers", "first", heights)])
