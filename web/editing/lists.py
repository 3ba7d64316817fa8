"""Lists put together item by item: the order of examples says nothing, and each is for itself."""

from collections import Counter
from collections.abc import Sequence


def merge[T](base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T]:
    """Ours with what theirs added, and without what theirs took out.

    An item that one side reworded and the other took out stays as reworded; one that both reworded
    is there in both wordings. What is added comes after the item it was added behind.
    """
    gone = Counter(base) - Counter(theirs)
    result: list[T] = []
    for item in ours:
        if gone[item]:
            gone[item] -= 1
        else:
            result.append(item)
    new, there = Counter(theirs) - Counter(base), Counter(ours) - Counter(base)
    new -= there  # what both added is there already
    for place, item in enumerate(theirs):
        if new[item]:
            new[item] -= 1
            result.insert(_behind(theirs[:place], result), item)
    return result


def moved[T](before: Sequence[T], after: Sequence[T]) -> bool:
    """Whether items that are in both stand in another order."""
    stayed = set(before) & set(after)
    return [item for item in before if item in stayed] != [item for item in after if item in stayed]


def _behind[T](before: Sequence[T], result: Sequence[T]) -> int:
    for item in reversed(before):
        if item in result:
            return len(result) - list(reversed(result)).index(item)
    return len(result) if not before else 0
