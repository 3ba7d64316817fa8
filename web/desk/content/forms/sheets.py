"""One part of a content file as a form: its fields, filled in, and the file that comes of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from desk.content import parting
from desk.content.forms import arranging, filling
from desk.content.forms.filling import Filled, Typed
from desk.content.forms.opening import Group, Opened, opened
from desk.content.parting import Part
from editing.broken import BrokenYaml
from editing.documents import CannotEdit, Document
from editing.kinds import fields, kind_of
from editing.shapes import Field, Key, Kind, Shape

PLACE, OUT = "place", "out"


type Rows = Sequence[tuple[Group | None, Sequence[Filled]]]
"""The fields of a form by their groups; those of no group stand by themselves."""


class NoSuchPart(LookupError):
    """The file has no part of that name, or has no forms at all."""


@dataclass(frozen=True)
class Sheet:
    """A part of a file.

    Attributes:
        path: the file.
        kind: its kind.
        document: the file itself, which `put` changes.
        parts: all parts that it has.
        part: this one.
        opened: its fields, with the groups they are in.
    """

    path: str
    kind: Kind
    document: Document
    parts: Sequence[Part]
    part: Part
    opened: Sequence[Opened]

    @property
    def fields(self) -> list[Field]:
        """The fields that the form has."""
        return [one.field for one in self.opened]

    @property
    def all_fields(self) -> list[Field]:
        """Those of all parts; of this one as they are opened up."""
        others = [field for part in self.parts if part != self.part for field in part.fields]
        return [*self.fields, *others]

    @property
    def groups(self) -> list[Group]:
        """The groups, in order."""
        return list(dict.fromkeys(one.group for one in self.opened if one.group))

    def filled(self, given: Typed | None = None, wrong: Mapping[Key, str] | None = None) -> Rows:
        """The form: each field with what was typed where it was, and else with what is there."""
        boxes = filling.filled(self.document, self.fields, given or {}, wrong or {})
        rows: list[tuple[Group | None, list[Filled]]] = []
        for one, box in zip(self.opened, boxes, strict=True):
            if not rows or rows[-1][0] != one.group:
                rows.append((one.group, []))
            rows[-1][1].append(box)
        return rows


def sheet(path: str, text: str, name: str = "") -> Sheet:
    """A part of a file as a form.

    Args:
        path: the file.
        text: what it holds.
        name: the part's; empty for the first.

    Raises:
        NoSuchPart: it has none of that name, or no forms.
        BrokenYaml: the file cannot be read.
    """
    kind = kind_of(path)
    if kind is None:
        raise NoSuchPart(path)
    document = Document.parse(text)
    parts = parting.parts(kind, fields(kind, document), len(text))
    found = [part for part in parts if part.name == name] or parts[:1] * (not name)
    if not found:
        raise NoSuchPart(name)
    part = found[0]
    return Sheet(path, kind, document, parts, part, opened(kind, part.fields, document.value))


def put(sheet: Sheet, form: FormData) -> tuple[dict[Key, list[str]], dict[Key, str]]:
    """Put a form that was sent into the file.

    Returns:
        What was typed, and why some of it could not be put, each by field.
    """
    typed = filling.typed(form, sheet.fields)
    wrong = filling.put(sheet.document, sheet.fields, _of_what_there_is(sheet, typed))
    for key in dict.fromkeys(group.key[:-1] for group in sheet.groups if group.many is not None):
        try:
            _arrange(sheet, key, form)
        except (CannotEdit, BrokenYaml) as error:
            wrong[key] = str(error)
    return typed, wrong


def _of_what_there_is(sheet: Sheet, typed: Typed) -> Typed:
    """What was typed but for the untouched ticks of a group that is not there yet."""
    begun = {
        one.group
        for one in sheet.opened
        if one.field.shape is not Shape.FLAG and any(map(str.strip, typed.get(one.field.key, [])))
    }
    ticks = {
        one.field.key
        for one in sheet.opened
        if one.field.shape is Shape.FLAG
        and one.group not in begun
        and one.group is not None
        and not sheet.document.has(one.group.key)
    }
    return {key: boxes for key, boxes in typed.items() if key not in ticks}


def _arrange(sheet: Sheet, key: Key, form: FormData) -> None:
    items = sheet.document.value(key)
    if not isinstance(items, list):
        return
    names = {number: filling.name_of((*key, str(number))) for number in range(len(items))}
    typed = {number: str(form.get(f"{PLACE}.{name}", "")) for number, name in names.items()}
    read = {number: int(text) for number, text in typed.items() if re.fullmatch("[0-9]{1,3}", text)}
    out = {number for number, name in names.items() if form.get(f"{OUT}.{name}")}
    arranging.rearrange(sheet.document, key, arranging.moved(len(items), read, out))
