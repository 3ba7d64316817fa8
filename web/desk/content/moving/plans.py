"""What deleting or renaming an item would do, before anything is done. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desk.content.bodies import body
from desk.content.moving import families
from desk.content.moving.references import How, Reference, references
from desk.content.moving.rewriting import is_needed, renamed, without
from desk.content.moving.words import said
from editing.kinds import Kind, path_of

FACTS, SOURCES = "facts", "sources"


@dataclass(frozen=True)
class Plan:
    """What would be done.

    Attributes:
        edits: the new texts of the files that change; None for one that goes.
        done: what else changes because of it, in words.
        breaks: what nobody says or uses any more afterwards, or has to be mended by hand.
        blocked: why it cannot be done so, each with what to do; then `edits` is empty.
    """

    edits: Mapping[str, str | None] = field(default_factory=dict)
    done: Sequence[str] = ()
    breaks: Sequence[str] = ()
    blocked: Sequence[str] = ()


def deletion(kind: Kind, id: str, files: Mapping[str, str], instead: str = "") -> Plan:
    """Deleting an item, and what names it.

    Args:
        kind: the item's; a file of its own has to be of it.
        id: what it is called.
        files: the texts of the content files by their paths.
        instead: the id of what is named in its place; empty to take the references away.
    """
    path = path_of(kind, id)
    found = [one for one in references(kind, id, files) if one.path != path]
    blocked = _blocked(found, files, instead)
    if blocked:
        return Plan(blocked=blocked)
    edits: dict[str, str | None] = {path: None}
    for other in sorted({one.path for one in found}):
        text = without(kind, id, other, files[other], instead)
        if text != files[other]:
            edits[other] = text
    done = [f"{said(one, files)}: {_done(one, instead)}" for one in found if _is_done(one, instead)]
    left = [f"{said(one, files)} names it still: write it anew." for one in _left(found, instead)]
    if kind is Kind.TOPIC:
        emptied = families.emptied(id, files)
        edits |= families.without(emptied, {**files, **_texts(edits)})
        done += [f"The family “{one}” has no topic left: its line goes, too." for one in emptied]
    return Plan(edits, done, [*left, *_lost(path, files)])


def renaming(id: str, new: str, files: Mapping[str, str]) -> Plan:
    """Giving a topic another id, be it in another family, and following it everywhere.

    Args:
        id: what the topic is called.
        new: what it is to be called.
        files: the texts of the content files by their paths.
    """
    if new == id:
        return Plan(blocked=["It is called so already. Write another id."])
    wrong = families.wrong_id(new, files)
    if wrong:
        return Plan(blocked=[wrong])
    path, found = path_of(Kind.TOPIC, id), references(Kind.TOPIC, id, files)
    edits: dict[str, str | None] = {
        other: renamed(files[other], [one for one in found if one.path == other], id, new)
        for other in sorted({one.path for one in found})
    }
    edits[path_of(Kind.TOPIC, new)] = edits[path]
    edits[path] = None
    done = [f"{said(one, files)} names it by its new id." for one in found if one.path != path]
    emptied = families.emptied(id, files) if families.of(id) != families.of(new) else []
    edits |= families.without(emptied, {**files, **_texts(edits)})
    done += [f"The family “{one}” has no topic left: its line goes, too." for one in emptied]
    return Plan(edits, done)


def _texts(edits: Mapping[str, str | None]) -> dict[str, str]:
    return {path: text for path, text in edits.items() if text is not None}


def _blocked(found: Iterable[Reference], files: Mapping[str, str], instead: str) -> list[str]:
    if instead:
        return []
    needed = [said(one, files) for one in found if is_needed(one)]
    return [f"{one} needs a topic: choose what takes this one's place." for one in needed]


def _is_done(one: Reference, instead: str) -> bool:
    return one.how is not How.MENTION or bool(instead)


def _done(one: Reference, instead: str) -> str:
    led = instead and one.how is not How.NAME
    return f"it names {instead} instead." if led else "it is taken away."


def _left(found: Iterable[Reference], instead: str) -> list[Reference]:
    return [one for one in found if not _is_done(one, instead)]


def _lost(path: str, files: Mapping[str, str]) -> list[str]:
    """Facts that nothing tells afterwards, and sources that nothing rests on."""
    gone, facts = body(files[path]), _facts(files)
    others = [text for other, text in files.items() if other != path]
    told = {fact for text in others for fact in _names(text, FACTS)}
    used = {source for text in others for source in _names(text, SOURCES)}
    lost = [
        f"Nothing else tells the fact {fact} (“{facts.get(fact, '')}”): say it in another answer."
        for fact in _list(gone.get(FACTS))
        if fact not in told
    ]
    return lost + [
        f"Nothing else rests on the source {source}: delete it, too, or name it elsewhere."
        for source in _list(gone.get(SOURCES))
        if source not in used
    ]


def _facts(files: Mapping[str, str]) -> dict[str, str]:
    groups = body(files.get("data/facts.yml", "")).values()
    return {
        id: str(text) for group in groups if isinstance(group, dict) for id, text in group.items()
    }


def _names(text: str, key: str) -> list[str]:
    """The ids in all lists of a name in a file."""
    return list(_deep(body(text), key)) if f"{key}:" in text else []


def _deep(value: object, key: str) -> Iterable[str]:
    if isinstance(value, Mapping):
        for name, held in value.items():
            yield from _list(held) if name == key else _deep(held, key)
    elif isinstance(value, list):
        for held in value:
            yield from _deep(held, key)


def _list(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
