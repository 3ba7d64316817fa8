"""Forms of fields: filled in from a file, and read back into it.

A field that comes back as it was shown is left alone, so that only what was changed differs; one
that is not in the form at all stays as it is too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from urllib.parse import quote

from starlette.datastructures import FormData

from desk.content.forms.encoding import Value, Wrong, read, shown
from desk.content.reading import Reference
from editing.broken import BrokenYaml
from editing.documents import CannotEdit, Document
from editing.shapes import Field, Key, Shape

type Typed = Mapping[Key, Sequence[str]]
"""By field, what its inputs hold, in order."""


@dataclass(frozen=True)
class Filled:
    """A field of a form.

    Attributes:
        field: which.
        boxes: what its inputs hold.
        wrong: why it cannot be kept as it is.
        saved: what somebody else saved there meanwhile, which what was typed differs from.
        offers: the name of the list it takes from.
        meant: what the ids in it stand for.
        near: where to ask for examples that are nearly the same.
    """

    field: Field
    boxes: Sequence[str]
    wrong: str = ""
    saved: str = ""
    offers: str = ""
    meant: Mapping[str, Reference] = dataclass_field(default_factory=dict)
    near: str = ""

    @property
    def name(self) -> str:
        """What its inputs are called."""
        return name_of(self.field.key)

    @property
    def id(self) -> str:
        """What its elements are called on a page."""
        return "f-" + self.name.replace(".", "-").replace("%", "_")


def name_of(key: Key) -> str:
    """What the inputs of a field are called."""
    return ".".join(quote(part, safe="") for part in key)


def typed(form: FormData, fields: Sequence[Field]) -> dict[Key, list[str]]:
    """What a form that was sent holds of the fields."""
    found = {field.key: form.getlist(name_of(field.key)) for field in fields}
    return {key: [str(one) for one in given] for key, given in found.items() if given}


def held(document: Document, field: Field) -> list[str]:
    """What the inputs of a field hold for a file as it is."""
    return shown(field.shape, _value(document, field))


def filled(
    document: Document, fields: Sequence[Field], given: Typed, wrong: Mapping[Key, str]
) -> list[Filled]:
    """The fields of a form, with what was typed where it was, and else with what the file has."""
    return [
        Filled(field, given.get(field.key, held(document, field)), wrong.get(field.key, ""))
        for field in fields
    ]


def put(document: Document, fields: Sequence[Field], given: Typed) -> dict[Key, str]:
    """Put what was typed into a file.

    Args:
        document: what is changed.
        fields: the form's.
        given: what its inputs hold.

    Returns:
        By field, why it could not be put; all others were.
    """
    wrong = {}
    for field in fields:
        if field.key not in given:
            continue
        try:
            _put(document, field, given[field.key])
        except (Wrong, CannotEdit) as error:
            wrong[field.key] = str(error)
        except BrokenYaml as error:
            # What is never closed is missed after the last line.
            line = min(error.line, sum(text.count("\n") + 1 for text in given[field.key]))
            wrong[field.key] = f"In line {line} of this box: {error.message}"
    return wrong


def _put(document: Document, field: Field, boxes: Sequence[str]) -> None:
    before = _value(document, field)
    after = read(field.shape, boxes)
    is_first_no = before is None and after is False and field.required
    if after == _as_read(field.shape, before) and not is_first_no:
        return
    if after is None and field.required and field.shape is Shape.IDS:
        after = []
    if after is None and field.required:
        raise Wrong(f"“{field.label}” cannot be empty. Please fill it in.")
    if after is None:
        document.remove(field.key)
    elif field.shape is Shape.YAML:
        document.set_yaml(field.key, str(after))
    else:
        document.set(field.key, after)


def _as_read(shape: Shape, value: Value) -> Value:
    """A file's value as it would come back from its form."""
    try:
        return read(shape, shown(shape, value))
    except Wrong:
        return value


def _value(document: Document, field: Field) -> Value:
    if field.shape is Shape.YAML:
        return document.get_yaml(field.key) or None
    return document.get(field.key)
