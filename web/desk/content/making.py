"""New topics and new sources: their ids, and the files that they begin with."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from desk.content.shelf import Shelf
from desk.errors import CannotBe
from editing.documents import Document
from editing.documents import new as new_document
from editing.kinds import path_of
from editing.shapes import Kind

LONGEST = 42
"""Letters of a topic's title: it stands on a button."""
_LONGEST_ID = 60
_REVIEWED_AGAIN = timedelta(days=365)
_URL = re.compile(r"https?://\S+")


class What(StrEnum):
    """What can be made anew."""

    TOPIC = "topic"
    SOURCE = "source"


class CannotMake(CannotBe):
    """It cannot be made like that; the text says what to do."""


@dataclass(frozen=True)
class Wish:
    """What was filled in for something new."""

    title: str = ""
    family: str = ""
    scope: str = ""
    publisher: str = ""
    url: str = ""


FIELDS: Mapping[What, tuple[str, ...]] = MappingProxyType(
    {
        What.TOPIC: ("family", "title", "scope"),
        What.SOURCE: ("publisher", "title", "url"),
    }
)
KINDS: Mapping[What, Kind] = MappingProxyType({What.TOPIC: Kind.TOPIC, What.SOURCE: Kind.SOURCES})


@dataclass(frozen=True)
class Made:
    """Something new.

    Attributes:
        path: its file.
        part: its name in a file that holds many.
        text: the file with it, made of the file without it.
        said: what the next page tells.
    """

    path: str
    part: str
    text: Callable[[str | None], str]
    said: str

    @property
    def message(self) -> str:
        """What the history says of it."""
        return f"New: {self.part or self.path}"


def made(what: What, wish: Wish, shelf: Shelf, today: date) -> Made:
    """Something new, as it begins.

    Args:
        what: what it is.
        wish: what was filled in.
        shelf: what there is already.
        today: the day it is reviewed first.

    Raises:
        CannotMake: something is missing, or it is there already.
    """
    title = " ".join(wish.title.split())
    if not title:
        raise CannotMake("Please give it a title.")
    return _topic(wish, title, shelf, today) if what is What.TOPIC else _source(wish, title, shelf)


def in_letters(text: str, between: str) -> str:
    """A text as part of an id: small letters and figures, with one sign between the words."""
    plain = unicodedata.normalize("NFKD", re.sub("['\u2019]", "", text.lower()))
    words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    return between.join(words)[:_LONGEST_ID].strip(between)


def _topic(wish: Wish, title: str, shelf: Shelf, today: date) -> Made:
    if wish.family not in shelf.families:
        raise CannotMake("Please choose the family that the topic belongs to.")
    if len(title) > LONGEST:
        raise CannotMake(
            f"The title is too long: {len(title)} letters of at most {LONGEST}. "
            "It has to fit on a button. Shorten it."
        )
    if not " ".join(wish.scope.split()):
        raise CannotMake("Please say what belongs to it, and which topic takes the rest.")
    name = in_letters(title, "_")
    if not re.match("[a-z]", name):
        raise CannotMake("The title has to begin with a letter from a to z: its id is made of it.")
    id = f"{wish.family}/{name}"
    if (Kind.TOPIC, id) in shelf.items:
        raise CannotMake(f"There is a topic {id} already. Please choose another title.")
    document = new_document(
        {
            "id": id,
            "title": title,
            "scope": " ".join(wish.scope.split()),
            "examples": [],
            "answer": [],
            "follow_ups": [],
            "sources": [],
            "reviewed": today.isoformat(),
            "review_due": (today + _REVIEWED_AGAIN).isoformat(),
        }
    )

    def text(before: str | None) -> str:
        if before is not None:
            raise CannotMake(f"This change has a topic {id} already. Please choose another title.")
        return document.text()

    said = "The topic is begun. It needs at least 25 examples, an answer and a source."
    return Made(path_of(Kind.TOPIC, id), "", text, said)


def _source(wish: Wish, title: str, shelf: Shelf) -> Made:
    publisher = " ".join(wish.publisher.split())
    if not publisher:
        raise CannotMake("Please say who published it.")
    if not _URL.fullmatch(wish.url):
        raise CannotMake("Please give the whole address, from https:// on.")
    same = [one for one in shelf.of(Kind.SOURCES) if one.body.get("url") == wish.url]
    if same:
        raise CannotMake(f"That address is there already, as {same[0].id}. Please use that.")
    id = in_letters(f"{publisher} {title}", "-")
    if not id:
        raise CannotMake("The publisher or the title needs letters from a to z: the id is of them.")
    if (Kind.SOURCES, id) in shelf.items:
        raise CannotMake(f"There is a source {id} already. Please choose another title.")
    values: dict[str, str | bool] = {
        "publisher": publisher,
        "title": title,
        "url": wish.url,
        "verified": False,
    }

    def text(before: str | None) -> str:
        document = Document.parse(before or "")
        if document.has((id,)):
            raise CannotMake(f"This change has a source {id} already.")
        for name, value in values.items():
            document.set((id, name), value)
        return document.text()

    said = "The source is added. Open its address, and tick it when it says what we say."
    return Made(path_of(Kind.SOURCES, ""), id, text, said)
