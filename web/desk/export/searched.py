"""The conversations that a search of the inbox finds, as a selection."""

from desk.errors import CannotBe
from desk.export.selection import EVERYTHING, Selection
from desk.inbox.asked import Asked, asked
from desk.inbox.filters import FILTERS, Around

WORDS = "q"


def searched(query: str, around: Around) -> Selection:
    """What a search finds.

    Args:
        query: the search as an address of the inbox has it.
        around: what filters need to know.

    Raises:
        CannotBe: some of it cannot be read: without that it would find more than was meant.
    """
    wanted = _read(query)
    if not wanted.values:
        return EVERYTHING
    said = {name: value for name, value in wanted.typed.items() if name != WORDS}
    if WORDS in wanted.typed:
        # What was searched for may be a name.
        said["length_of_words"] = str(len(wanted.typed[WORDS]))
    return Selection(wanted.conditions(around), {"search": said})


def in_words(query: str) -> list[tuple[str, str]]:
    """The filters of a search, each with its title and what was typed.

    Raises:
        CannotBe: some of it cannot be read.
    """
    return [(FILTERS[name].title, value) for name, value in _read(query).typed.items()]


def _read(query: str) -> Asked:
    found = asked(query)
    if found.problems:
        raise CannotBe(f"This search cannot be taken away. {' '.join(found.problems)}")
    return found
