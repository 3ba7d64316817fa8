"""Why something cannot be done to a change request, in words for whoever wanted it."""

from collections.abc import Sequence

from desk.errors import CannotBe
from editing.merging import Conflict


class CannotChange(CannotBe):
    """A rule forbids it; the text says which, and what to do."""


class Stale(CannotBe):
    """Somebody else changed the same fields meanwhile, in another way.

    Nothing is lost: what was typed is kept as a commit, and `path` is the page where somebody
    chooses field by field.

    Attributes:
        conflicts: the fields.
        typed: the commit that has what was typed.
        path: the address of the page.
    """

    def __init__(self, change: int, conflicts: Sequence[Conflict], typed: str) -> None:
        labels = ", ".join(f"“{conflict.label}”" for conflict in conflicts)
        super().__init__(
            f"Somebody else changed this meanwhile: {labels}. Nothing is lost. Please choose."
        )
        self.conflicts = conflicts
        self.typed = typed
        self.path = f"/changes/{change}/conflicts/{typed}"
