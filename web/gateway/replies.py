"""What Dorsi says, before it is given ids and stored."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from gateway.downloads import Stored
from gateway.extras import Extras, IfRight, Plain

type Kind = Literal[
    "answer", "question", "escalation", "exercise", "clarify", "fallback", "smalltalk", "notice"
]
type Level = Literal["none", "soon", "urgent", "emergency"]

TopicId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9_]+/[a-z0-9_]+$", max_length=120), Field(title="Topic")
]


def _or_empty(value: Any) -> Any:
    return [] if value is None else value


def _linkable(sources: Any) -> Any:
    """Leave out what the page could not show as a link, rather than lose the whole answer."""
    if not isinstance(sources, list):
        return _or_empty(sources)
    return [source for source in sources if _has_web_address(source)]


def _has_web_address(source: Any) -> bool:
    url = source.get("url") if isinstance(source, dict) else getattr(source, "url", None)
    return isinstance(url, str) and url.startswith(("https://", "http://"))


class Source(BaseModel):
    """Where an answer was taken from."""

    model_config = ConfigDict(title="Source")

    title: Plain
    url: Plain
    publisher: Plain | None = Field(default=None, exclude_if=lambda value: value is None)
    reviewed: Plain | None = Field(default=None, exclude_if=lambda value: value is None)


class Offer(BaseModel):
    """A choice offered with a reply; `payload` is what Rasa is sent when it is taken."""

    title: Plain
    payload: Plain
    topic: TopicId | None = None


class Reply(Extras):
    """One message of Dorsi's.

    What Rasa leaves out or sends as null gets the plainest value: a patient is better served by
    an answer without its topic than by none.
    """

    text: Plain = Field(pattern=r"\S")
    kind: Annotated[Kind, BeforeValidator(lambda value: value or "answer")] = "answer"
    level: Annotated[Level, BeforeValidator(lambda value: value or "none")] = "none"
    topic: TopicId | None = None
    buttons: Annotated[list[Offer], BeforeValidator(_or_empty)] = Field(default=[])
    sources: Annotated[list[Source], BeforeValidator(_linkable)] = Field(default=[])
    document: Annotated[Stored | None, IfRight] = None
