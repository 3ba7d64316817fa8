"""Changing what names an item: another id in its place, or nothing. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from desk.content.moving.references import How, Key, Reference, named_pattern, references
from editing.documents import Document
from editing.kinds import Kind

# Without these the assistant could not be started: something has to stand there.
_NEEDED: Mapping[str, frozenset[str]] = {"data/recovery.yml": frozenset({"topic"})}


def is_needed(reference: Reference) -> bool:
    """Whether something has to stand in that place."""
    needed = _NEEDED.get(reference.path, frozenset())
    return reference.how is How.VALUE and reference.key[-1] in needed


def renamed(text: str, found: Iterable[Reference], old: str, new: str) -> str:
    """A file with another id wherever references of it name the old one.

    Args:
        text: the file.
        found: references in this very text.
        old: the id as it was.
        new: the id as it is to be.
    """
    named = named_pattern(old)
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        written = named.sub(lambda _: new, text[one.start : one.end])
        text = text[: one.start] + written + text[one.end :]
    # Comments name files.
    return text.replace(f"data/topics/{old}.yml", f"data/topics/{new}.yml")


def without(kind: Kind, id: str, path: str, text: str, instead: str = "") -> str:
    """A file that names an item no more.

    What has to name something, and what is a word of a sentence, stays where nothing takes the
    item's place.

    Args:
        kind: the item's.
        id: what it is called.
        path: the file.
        text: what the file holds.
        instead: the id of what takes its place; empty for nothing.
    """
    found = references(kind, id, {path: text})
    document = Document.parse(text)
    body = document.value()
    gone = [one for one in found if not _stays(one, body, instead)]
    # From the end, so that places in lists stay true.
    for one in sorted(gone, key=lambda one: one.start, reverse=True):
        document.remove(one.key)
    text = document.text()
    return renamed(text, references(kind, id, {path: text}), id, instead) if instead else text


def _stays(one: Reference, body: object, instead: str) -> bool:
    """Whether a place is kept, to name something else or because it must not be empty."""
    if one.how is How.MENTION:
        return True
    if one.how is How.NAME:
        return False
    if one.how is How.ITEM:
        return bool(instead) and instead not in (*_list(body, one.key[:-1]), _own(body))
    return bool(instead) or is_needed(one)


def _list(body: object, key: Key) -> Sequence[str]:
    """The list at a key."""
    for step in key:
        if isinstance(body, Mapping):
            body = body[step]
        elif isinstance(body, list):
            body = body[int(step)]
    return [str(item) for item in body] if isinstance(body, list) else []


def _own(body: object) -> str:
    return str(body.get("id", "")) if isinstance(body, Mapping) else ""
