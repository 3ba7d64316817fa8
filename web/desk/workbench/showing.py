"""Messages of a draft as the chat gets them: by the gateway's own code, in the draft's numbers."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from editing.broken import BrokenYaml
from editing.trees import Tree
from editing.values import load
from gateway import calls
from gateway.extras import Call, of_message
from gateway.regions import Region
from gateway.replies import Reply
from gateway.words import CallWords, HelpWords

REGIONS, WORDS = "data/regions.yml", "data/gateway.yml"
UNKNOWN = "unknown"


class CannotShow(Exception):
    """The draft's regions or words cannot be read; the text says which file."""


class Numbers:
    """Whom patients can call, as a draft has it.

    Raises:
        CannotShow: a file cannot be read.
    """

    def __init__(self, tree: Tree) -> None:
        self.names = {code: str(body.get("name", code)) for code, body in _bodies(tree, REGIONS)}
        self._regions = _read(tree, REGIONS, TypeAdapter(dict[str, Region]))
        words = dict(_bodies(tree, WORDS))
        try:
            self._words = CallWords.model_validate(words.get("calls"))
            self._help = HelpWords.model_validate(words.get("help"))
        except ValidationError as error:
            raise CannotShow(f"{WORDS} cannot be read. Its findings say where.") from error

    def region(self, wanted: str) -> str:
        """The region of that code; the general one for a code nobody knows."""
        return wanted if wanted in self._regions else UNKNOWN

    def help(self, region: str) -> dict[str, Any]:
        """What the chat is told of whom to call."""
        here = self._regions[self.region(region)]
        found: Sequence[Call] = calls.for_help(here, self._words)
        return {
            "region": self.region(region),
            "calls": [call.model_dump() for call in found],
            "text": self._help.text.replace("{emergency}", here.emergency),
        }

    def with_calls(self, replies: Sequence[Reply], region: str) -> Sequence[Reply]:
        """Replies that send for help, with the numbers to call for it."""
        return calls.with_calls(replies, self._regions[self.region(region)], self._words)


def shown(
    messages: Sequence[Mapping[str, Any]], numbers: Numbers, region: str, pictures: str
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Messages as the chat's API gives them, and what their buttons stand for.

    Args:
        messages: as the workbench renders them.
        numbers: whom to call.
        region: where the patient would be.
        pictures: where the pictures of the draft are, without a slash at the end.
    """
    replies = numbers.with_calls([Reply.model_validate(one) for one in messages], region)
    offered: dict[str, str] = {}
    said = []
    for reply in replies:
        buttons = []
        for offer in reply.buttons:
            id = uuid.uuid4().hex
            offered[id] = offer.payload
            buttons.append({"id": id, "title": offer.title})
        extras = of_message(reply)
        if "image" in extras:
            extras["image"]["url"] = pictures + extras["image"]["url"]
        said.append(
            {
                "from": "dorsi",
                "id": str(uuid.uuid4()),
                "text": reply.text,
                "kind": reply.kind,
                "level": reply.level,
                "topic": reply.topic,
                "buttons": buttons,
                "sources": [source.model_dump() for source in reply.sources],
                **extras,
            }
        )
    return said, offered


def _bodies(tree: Tree, path: str) -> list[tuple[str, Any]]:
    found = _read(tree, path, TypeAdapter(dict[str, Any]))
    return [(name, body) for name, body in found.items() if isinstance(body, dict)]


def _read[T](tree: Tree, path: str, shape: TypeAdapter[T]) -> T:
    try:
        return shape.validate_python(load(tree.read(path) or ""))
    except (BrokenYaml, ValidationError) as error:
        raise CannotShow(f"{path} cannot be read. Its findings say where.") from error
