"""Examples that go from one place to another, or out. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.content.alike import plain
from desk.content.listings import Listing
from editing.documents import Document


@dataclass(frozen=True)
class Moved:
    """What would become of examples.

    Attributes:
        edits: the new texts of the files that change.
        gone: how many leave their place.
        come: how many come to another; fewer where that has some already.
    """

    edits: Mapping[str, str]
    gone: int
    come: int


def moved(
    source: Listing, chosen: Sequence[str], target: Listing | None, files: Mapping[str, str]
) -> Moved:
    """Take examples out of one place, and put them to the end of another.

    Args:
        source: where they are.
        chosen: the examples; what is not there any more is left out.
        target: where they go; None to delete them.
        files: the texts of the content files by their paths.
    """
    wanted = Counter(chosen)
    left: list[str] = []
    gone: list[str] = []
    for text in source.examples:
        (gone if wanted[text] > 0 else left).append(text)
        wanted[text] -= 1
    if not gone:
        return Moved({}, 0, 0)
    there = {plain(text) for text in target.examples} if target else set()
    come = [text for text in gone if target and plain(text) not in there]
    documents = {source.path: Document.parse(files[source.path])}
    documents[source.path].set(source.key, left)
    if target and come:
        document = documents.setdefault(target.path, Document.parse(files[target.path]))
        document.set(target.key, [*target.examples, *come])
    return Moved({path: one.text() for path, one in documents.items()}, len(gone), len(come))
