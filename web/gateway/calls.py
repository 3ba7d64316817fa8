"""Which numbers a patient can call from a message, or without one: pure decisions."""

from collections.abc import Sequence

from gateway.extras import Call
from gateway.regions import Region, dialable
from gateway.replies import Reply
from gateway.words import CallWords


def for_help(region: Region, words: CallWords) -> list[Call]:
    """Everybody to call in a region: in danger, for advice, in a crisis.

    Args:
        region: where the patient is.
        words: the titles.
    """
    return [*_emergency(region, words), *_advice(region, words), *_crisis(region, words)]


def with_calls(replies: Sequence[Reply], region: Region, words: CallWords) -> list[Reply]:
    """The replies, those that send for help with the numbers to call for it.

    An emergency has the emergency number, an urgent matter the advice line where there is one;
    beside them stands each crisis line that the text itself names, as it does where somebody may
    come to harm. Every other reply has none, whatever it came with.

    Args:
        replies: what is said.
        region: where the patient is.
        words: the titles.
    """
    return [
        reply.model_copy(update={"calls": _of(reply, region, words) or None}) for reply in replies
    ]


def _of(reply: Reply, region: Region, words: CallWords) -> list[Call]:
    if reply.kind != "escalation":
        return []
    if reply.level == "emergency":
        first = _emergency(region, words)
    elif reply.level == "urgent":
        first = _advice(region, words)
    else:
        return []
    return first + _crisis(region, words, named_in=reply.text)


def _emergency(region: Region, words: CallWords) -> list[Call]:
    return [
        Call(title=words.emergency.replace("{number}", number), number=number)
        for number in dialable(region.emergency)
    ]


def _advice(region: Region, words: CallWords) -> list[Call]:
    title = words.advice.replace("{name}", region.advice_line)
    return [Call(title=title, number=number) for number in dialable(region.advice_line)]


def _crisis(region: Region, words: CallWords, named_in: str | None = None) -> list[Call]:
    return [
        Call(
            title=words.crisis.replace("{name}", line.name).replace("{number}", line.number),
            number=number,
        )
        for line in region.crisis_lines
        if named_in is None or line.number in named_in
        for number in dialable(line.number)
    ]
