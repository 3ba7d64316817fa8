"""What a field of ids may hold: offered while it is typed, and named beside what stands there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from desk.content.forms.filling import Filled
from desk.content.reading import Reference, reference
from desk.content.shelf import Shelf
from editing.shapes import Kind, Shape


def _of(*kinds: Kind) -> Callable[[Shelf], list[Reference]]:
    return lambda shelf: [Reference(one.id, one.title) for kind in kinds for one in shelf.of(kind)]


def _facts(shelf: Shelf) -> list[Reference]:
    return [Reference(id, said) for id, said in shelf.facts.items()]


SPEAKERS = "speakers"
LISTS: Mapping[str, Callable[[Shelf], list[Reference]]] = MappingProxyType(
    {
        SPEAKERS: _of(Kind.TOPIC, Kind.ACT),
        "topics": _of(Kind.TOPIC),
        "sources": _of(Kind.SOURCES),
        "flags": _of(Kind.RED_FLAG),
        "facts": _facts,
    }
)
# By the last name of a field's key, which list it takes from.
_TAKES = MappingProxyType(
    {
        "follow_ups": "topics",
        "buttons": SPEAKERS,
        "offer_after": "topics",
        "topic": "topics",
        "sources": "sources",
        "flags": "flags",
        "facts": "facts",
    }
)


def offered(field: Filled, shelf: Shelf) -> Filled:
    """A field that knows what it may hold, and what stands for the ids that it holds."""
    name = field.field.key[-1]
    if name not in _TAKES or field.field.shape not in (Shape.IDS, Shape.LINE):
        return field
    meant = {id: reference(name, id, shelf) for id in field.boxes}
    return replace(field, offers=_TAKES[name], meant=meant)


def lists(fields: Sequence[Filled], shelf: Shelf) -> dict[str, list[Reference]]:
    """The lists that fields take from, by name."""
    return {
        name: LISTS[name](shelf) for name in dict.fromkeys(f.offers for f in fields if f.offers)
    }
