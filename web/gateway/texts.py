"""The texts the gateway itself says, and the regions' phone numbers, from the content files.

The pages, links and copies around a conversation have theirs in `words`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from triage import Numbers

from gateway import calls
from gateway.extras import Call
from gateway.regions import Region
from gateway.replies import Kind, Offer, Reply
from gateway.words import Words

UNKNOWN = "unknown"
WELCOME = "welcome"
UNAVAILABLE = "unavailable"
TOO_LONG = "too_long"


class ContentError(Exception):
    """A content file is missing or is not as it must be; the text names the file."""


class _Text(BaseModel):
    kind: Kind
    reply: Annotated[list[str], Field(min_length=1)]
    buttons: list[str] = []


class _Texts(BaseModel):
    texts: dict[str, _Text]


class Texts:
    """The gateway's own texts, filled in for a region.

    Args:
        data: the folder of the content files. They are read once.

    Raises:
        ContentError: a file, a text or a region that is needed is not there.
    """

    def __init__(self, data: Path) -> None:
        texts_file = data / "conversation" / "texts.yml"
        regions_file = data / "regions.yml"
        texts = _load(texts_file, TypeAdapter(_Texts)).texts
        self._regions = _load(regions_file, TypeAdapter(dict[str, Region]))
        self.words = _load(data / "gateway.yml", TypeAdapter(Words))
        if UNKNOWN not in self._regions:
            raise ContentError(f"{regions_file}: the region `{UNKNOWN}` is missing")
        self._texts: dict[str, tuple[_Text, list[Offer]]] = {}
        for key in (WELCOME, UNAVAILABLE, TOO_LONG):
            if key not in texts:
                raise ContentError(f"{texts_file}: the text `{key}` is missing")
            offers = [_offer(data, identifier) for identifier in texts[key].buttons]
            self._texts[key] = (texts[key], offers)

    def region(self, name: str | None) -> str:
        """The region of that name, or `unknown`."""
        name = (name or UNKNOWN).strip()
        return next((known for known in (name, name.upper()) if known in self._regions), UNKNOWN)

    def numbers(self, region: str) -> Numbers:
        """Whom to call in a region; one that has since left the files counts as unknown."""
        return Numbers.of(self._region(region).model_dump())

    def calls(self, region: str) -> list[Call]:
        """Everybody to call in a region: the emergency number first."""
        return calls.for_help(self._region(region), self.words.calls)

    def with_calls(self, replies: Sequence[Reply], region: str) -> list[Reply]:
        """The replies, those that send for help with the numbers to call for it."""
        return calls.with_calls(replies, self._region(region), self.words.calls)

    def fill(self, line: str, region: str) -> str:
        """A line with the region's numbers in it."""
        return _fill(line, self._region(region))

    def say(self, key: str, region: str) -> list[Reply]:
        """The messages of a text; buttons come with the last.

        Args:
            key: `WELCOME`, `UNAVAILABLE` or `TOO_LONG`.
            region: a region; one that has since left the files counts as unknown.
        """
        text, offers = self._texts[key]
        numbers = self._region(region)
        replies = [
            Reply(text=_fill(line, numbers), kind=text.kind, level="none") for line in text.reply
        ]
        replies[-1].buttons = offers
        return replies

    def _region(self, name: str) -> Region:
        """The region; one that has since left the files counts as unknown."""
        return self._regions.get(name, self._regions[UNKNOWN])


def _fill(line: str, region: Region) -> str:
    line = line.replace("{emergency}", region.emergency)
    return line.replace("{advice_line}", region.advice_line)


def _offer(data: Path, identifier: str) -> Offer:
    """The button for a topic (`family/name`) or, without a slash, for an act of conversation."""
    is_topic = "/" in identifier
    file = data / ("topics" if is_topic else "conversation") / f"{identifier}.yml"
    title = _load(file, TypeAdapter(dict[str, Any])).get("title")
    if not isinstance(title, str):
        raise ContentError(f"{file}: the title is missing")
    if is_topic:
        return Offer(title=title, payload=f"topic:{identifier}", topic=identifier)
    return Offer(title=title, payload=f"act:{identifier}")


def _load[T](file: Path, shape: TypeAdapter[T]) -> T:
    try:
        return shape.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise ContentError(f"{file}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(f"{file}: not readable as YAML: {error}") from error
    except ValidationError as error:
        found = error.errors()[0]
        where = ".".join(str(part) for part in found["loc"]) or "the file"
        raise ContentError(f"{file}: {where}: {found['msg']}") from error
