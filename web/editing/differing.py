"""What differs between two states of the content, in words, field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from editing.broken import BrokenYaml, TooLarge
from editing.documents import Document
from editing.kinds import fields, id_of, kind_of
from editing.labels import label_of
from editing.nodes import same
from editing.shapes import Field, Key, Kind, Shape
from editing.trees import Tree

_SHORT = 60


@dataclass(frozen=True)
class Difference:
    """One field that is not the same.

    Attributes:
        path: the file.
        kind: its kind; None for one without forms.
        title: what the file is about.
        key: the field; empty for the whole file.
        label: what the field is called.
        before: what stood there; None for nothing.
        after: what stands there; None for nothing.
        said: what changed, in a few words.
    """

    path: str
    kind: Kind | None
    title: str
    key: Key
    label: str
    before: Any
    after: Any
    said: str

    @property
    def added(self) -> Sequence[str]:
        """Of a list, the items that came."""
        return _more(self.after, self.before)

    @property
    def removed(self) -> Sequence[str]:
        """Of a list, the items that went."""
        return _more(self.before, self.after)


def differences(before: Tree, after: Tree, paths: Sequence[str] | None = None) -> list[Difference]:
    """All that differs between two states.

    Args:
        before: the state compared with.
        after: the other.
        paths: only of these files; of all where None.
    """
    wanted = sorted({*before.paths(), *after.paths()}) if paths is None else sorted(paths)
    found = []
    for path in wanted:
        try:
            old, new = before.read(path), after.read(path)
        except TooLarge as error:
            kind, said = kind_of(path), str(error)
            found.append(Difference(path, kind, path, (), "The whole file", None, None, said))
            continue
        if old != new:
            found += of_file(path, old, new)
    return found


def of_file(path: str, before: str | None, after: str | None) -> list[Difference]:
    """What differs between two texts of a file."""
    kind = kind_of(path)
    try:
        old, new = (Document.parse(text or "{}") for text in (before, after))
    except BrokenYaml:
        return [Difference(path, kind, path, (), "The whole file", before, after, "changed")]
    title = _title(path, old if after is None else new)
    if before is None or after is None:
        said = "new" if before is None else "taken away"
        return [Difference(path, kind, title, (), "The whole file", before, after, said)]
    found = [
        Difference(path, kind, title, key, label_of(path, new, key), was, now, _said(was, now))
        for key, was, now in _fields(kind, old, new)
    ]
    remarks = [Difference(path, kind, title, (), "Remarks", None, None, "only remarks or layout")]
    return found or remarks


def _fields(kind: Kind | None, old: Document, new: Document) -> Iterator[tuple[Key, Any, Any]]:
    shown: dict[Key, Field] = {}
    for document in (new, old):
        shown.update({f.key: f for f in (fields(kind, document) if kind else ())})
    rest = [(name,) for name in dict.fromkeys([*old.value(), *new.value()])]
    covered = {key[:1] for key in shown}
    for key in [*shown, *(key for key in rest if key not in covered)]:
        was, now = old.value(key), new.value(key)
        if not same(was, now):
            is_part = key in shown and shown[key].shape is Shape.YAML
            yield (key, old.get_yaml(key), new.get_yaml(key)) if is_part else (key, was, now)


def _said(before: Any, after: Any) -> str:
    if before is None:
        return "new"
    if after is None:
        return "taken out"
    if isinstance(before, list) and isinstance(after, list):
        counts = ((_more(after, before), "added"), (_more(before, after), "removed"))
        parts = [f"{len(items)} {what}" for items, what in counts if items]
        return ", ".join(parts) or "in another order"
    short = all(isinstance(v, str | int) and len(str(v)) <= _SHORT for v in (before, after))
    return f"from “{before}” to “{after}”" if short else "reworded"


def _more(items: Any, than: Any) -> Sequence[str]:
    """The items of one list that the other has not."""
    if not isinstance(items, list):
        return ()
    known = than if isinstance(than, list) else []
    return tuple((Counter(map(str, items)) - Counter(map(str, known))).elements())


def _title(path: str, document: Document) -> str:
    value = document.value()
    return str(value.get("title") or value.get("name") or id_of(path) or path)
