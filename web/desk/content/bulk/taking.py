"""The questions that were chosen, put into the content's files. Pure."""

from collections.abc import Collection, Mapping, Sequence

from desk.content.bulk.judging import CHOICES, Judged
from desk.content.listings import Listing
from editing.documents import Document


def chosen(judged: Sequence[Judged], lines: Collection[int]) -> list[Judged]:
    """Those that may be taken and that somebody has ticked, by the lines they begin in."""
    return [one for one in judged if one.verdict in CHOICES and one.line in lines]


def edits(taken: Sequence[Judged], files: Mapping[str, str]) -> dict[str, str]:
    """The files as they are with some questions more, each at the end of its list.

    Args:
        taken: what `chosen` gave.
        files: the texts of the content files by their paths.

    Returns:
        The new texts of the files that change.
    """
    more: dict[tuple[str, tuple[str, ...]], tuple[Listing, list[str]]] = {}
    for one in taken:
        if one.target is not None:
            place = one.target.path, one.target.key
            more.setdefault(place, (one.target, []))[1].append(one.text)
    documents: dict[str, Document] = {}
    for (path, key), (listing, texts) in more.items():
        document = documents.setdefault(path, Document.parse(files[path]))
        document.set(key, [*listing.examples, *texts])
    return {path: document.text() for path, document in documents.items()}
