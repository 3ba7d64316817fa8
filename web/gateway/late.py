"""What is remembered of red flags around a message that is answered after a later one."""

from gateway.watch import Asked, Watch


def screened_with(before: Watch, later: Watch) -> Watch:
    """What such a message is screened with, if nothing was said to it yet.

    What was told meanwhile counts. The question that the message may have answered is still
    open, unless the patient was told of its flag meanwhile.

    Args:
        before: what was remembered before the message.
        later: what was noted with the answer to a later one.
    """
    asked = before.asked
    if asked and asked.flag in later.raised and later.raised[asked.flag].rank >= asked.level.rank:
        asked = None
    return later.model_copy(deep=True, update={"asked": asked})


def with_question(after: Watch, before: Watch, later: Watch) -> Watch:
    """What is remembered from then on: another question that was asked meanwhile still waits.

    Args:
        after: what follows from screening the message.
        before: what was remembered before the message.
        later: what was noted with the answer to a later one.
    """
    if after.asked is None and not _is_same(before.asked, later.asked):
        return after.model_copy(update={"asked": later.asked})
    return after


def together(after: Watch, later: Watch) -> Watch:
    """What is remembered of a message whose red flag was told before the later one came.

    Args:
        after: what follows from screening the message.
        later: what was noted with the answer to a later one.
    """
    raised = dict(later.raised)
    for flag, level in after.raised.items():
        if flag not in raised or level.rank > raised[flag].rank:
            raised[flag] = level
    signs = sorted({*after.signs, *later.signs})
    return later.model_copy(deep=True, update={"raised": raised, "signs": signs})


def _is_same(one: Asked | None, other: Asked | None) -> bool:
    return one is not None and other is not None and one.flag == other.flag
