"""Reading what somebody chose where two had changed the same, and showing it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from editing.merging import WHOLE, Choice, Conflict
from editing.nodes import compose, plain
from editing.shapes import Key
from editing.writing import as_yaml

OURS, THEIRS, OWN = "ours", "theirs", "own"
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Shown:
    """One value as it is shown: a text, items of a list, or YAML; nothing at all for none."""

    text: str = ""
    items: Sequence[str] = ()
    code: str = ""


@dataclass(frozen=True)
class Question:
    """A conflict as somebody is asked about it.

    Attributes:
        name: the name of its fields in the form.
        conflict: the conflict.
        ours: what the change request says.
        theirs: what stands beside it.
        base: what it was before.
        own: what the field for something else begins with; None where there is none.
        hint: how to write into that field.
        chosen: what was chosen so far.
    """

    name: str
    conflict: Conflict
    ours: Shown
    theirs: Shown
    base: Shown
    own: str | None
    hint: str
    chosen: str


def questions(conflicts: Sequence[Conflict], form: FormData | None = None) -> Sequence[Question]:
    """What is to be asked.

    Args:
        conflicts: the conflicts.
        form: what was sent already, to be shown again.
    """
    return [_question(conflict, form or FormData()) for conflict in conflicts]


def choices(conflicts: Sequence[Conflict], form: FormData) -> dict[tuple[str, Key], Choice]:
    """What was chosen; what was not is left out."""
    found = {}
    for conflict in conflicts:
        name = _name(conflict)
        chosen, own = str(form.get(name, "")), str(form.get(f"{name}-own", ""))
        if chosen == OWN and conflict.key != WHOLE:
            found[conflict.path, conflict.key] = Choice(own=_yaml(conflict, own))
        elif chosen in (OURS, THEIRS):
            found[conflict.path, conflict.key] = Choice(theirs=chosen == THEIRS)
    return found


def _question(conflict: Conflict, form: FormData) -> Question:
    name = _name(conflict)
    ours, theirs, base = (
        _shown(text, conflict.key) for text in (conflict.ours, conflict.theirs, conflict.base)
    )
    own, hint = None, ""
    if conflict.key != WHOLE:
        own = str(form.get(f"{name}-own", _typed(conflict)))
        hint = _hint(conflict)
    return Question(name, conflict, ours, theirs, base, own, hint, str(form.get(name, "")))


def _name(conflict: Conflict) -> str:
    return "/".join((conflict.path, *conflict.key))


def _shown(text: str | None, key: Key) -> Shown:
    if text is None:
        return Shown()
    value = _value(text) if key != WHOLE else None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return Shown(items=value)
    return Shown(text=str(value)) if isinstance(value, str | int) else Shown(code=text)


def _is_texts(conflict: Conflict) -> bool:
    found = [_value(text) for text in (conflict.ours, conflict.theirs) if text is not None]
    return all(isinstance(v, list) and all(isinstance(i, str) for i in v) for v in found)


def _is_text(conflict: Conflict) -> bool:
    found = [_value(text) for text in (conflict.ours, conflict.theirs) if text is not None]
    return all(isinstance(value, str) for value in found)


def _typed(conflict: Conflict) -> str:
    """What the field for something else begins with: ours."""
    text = conflict.ours if conflict.ours is not None else conflict.theirs or ""
    if _is_texts(conflict):
        return _BETWEEN.join(_value(text))
    return str(_value(text)) if _is_text(conflict) else text


def _hint(conflict: Conflict) -> str:
    if _is_texts(conflict):
        return "Leave an empty line between two."
    return "" if _is_text(conflict) else "It is YAML, as in the file."


def _yaml(conflict: Conflict, own: str) -> str:
    """What somebody wrote of their own, as YAML."""
    if _is_texts(conflict):
        parts = (part.strip() for part in own.split(_BETWEEN))
        return as_yaml([part for part in parts if part], conflict.key[-1])
    return as_yaml(own.strip()) if _is_text(conflict) else own


def _value(text: str) -> Any:
    return plain(compose(text))
