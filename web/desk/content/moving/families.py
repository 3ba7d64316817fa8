"""The families of topics: which there are, and which has lost its last topic. Pure."""

import re
from collections.abc import Mapping, Sequence

from desk.content.bodies import body
from editing.documents import Document
from editing.kinds import Kind, path_of

PATH = "data/families.yml"
_TOPICS = "data/topics/"
_ASPECTS = "data/conversation/aspects.yml"
_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*", re.ASCII)


def of(topic: str) -> str:
    """The family of a topic, by the topic's id."""
    return topic.partition("/")[0]


def titles(files: Mapping[str, str]) -> dict[str, str]:
    """The families there are, each with its title."""
    return {str(id): str(title) for id, title in body(files.get(PATH, "")).items()}


def wrong_id(id: str, files: Mapping[str, str]) -> str:
    """Why no new topic can have that id, with what to do; empty where one can."""
    if not _ID.fullmatch(id):
        return "Write the id as family/name, in small letters, figures and _."
    if of(id) not in titles(files):
        return f"There is no family {of(id)}. Choose one of {', '.join(titles(files))}."
    if path_of(Kind.TOPIC, id) in files:
        return f"There is a topic {id} already. Write another name."
    return ""


def emptied(topic: str, files: Mapping[str, str]) -> list[str]:
    """The family that has no topic when this one has gone, by its id."""
    folder = f"{_TOPICS}{of(topic)}/"
    left = [
        path for path in files if path.startswith(folder) and path != path_of(Kind.TOPIC, topic)
    ]
    return [] if left else [of(topic)]


def without(gone: Sequence[str], files: Mapping[str, str]) -> dict[str, str]:
    """The files that name families which are no more, without them."""
    edits: dict[str, str] = {}
    for family in gone:
        edits |= {path: _without(family, text) for path, text in _naming(files, edits).items()}
    return {path: text for path, text in edits.items() if text != files[path]}


def _naming(files: Mapping[str, str], edits: Mapping[str, str]) -> dict[str, str]:
    """The files that may name a family, as they are by now."""
    return {path: edits.get(path, files[path]) for path in (PATH, _ASPECTS) if path in files}


def _without(family: str, text: str) -> str:
    document = Document.parse(text)
    names = (family, f"{family}/*")
    document.remove((family,))
    aspects = document.value(("aspects",))
    for aspect in aspects if isinstance(aspects, dict) else ():
        for name in names:
            document.remove(("aspects", aspect, "after", name))
        _take_out(document, ("aspects", aspect, "self"), names)
    return document.text()


def _take_out(document: Document, key: tuple[str, ...], names: Sequence[str]) -> None:
    listed = document.get(key)
    if isinstance(listed, list) and not set(names).isdisjoint(listed):
        document.set(key, [one for one in listed if one not in names])
