"""The shapes of the chat API."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from gateway import entries
from gateway.downloads import Download
from gateway.extras import Extras, of_message, optional
from gateway.replies import Kind, Level, Reply, Source
from records.models import DORSI, PATIENT, Message


class NewSession(BaseModel):
    """What a session begins with."""

    region: str | None = Field(
        default=None,
        description="Where the patient is, for phone numbers. One Dorsi does not know, or none, "
        "counts as `unknown`.",
        examples=["GB"],
    )
    diary: str | None = Field(
        default=None,
        description="The key of the browser's diary, as an earlier session gave it. One that is "
        "not of that form counts as none.",
    )


def _exactly_one(schema: dict[str, Any]) -> None:
    """Say in the schema what `_has_text_or_choice` checks."""
    for name in ("text", "choice"):
        del schema["properties"][name]["default"]
    schema["oneOf"] = [{"required": ["text"]}, {"required": ["choice"]}]


class NewMessage(BaseModel):
    """A message of a patient: a text or a choice, one of the two."""

    model_config = ConfigDict(json_schema_extra=_exactly_one)

    id: UUID = Field(
        description="Made by the client. The same message sent again under the same id is "
        "answered with the same reply and happens once only."
    )
    text: str = Field(
        default="",
        description="What the patient wrote: any text. Over 4,000 characters Dorsi asks for less.",
        examples=["Why do my toes drag?"],
    )
    choice: str = Field(default="", description="The id of a button offered in this session.")

    @model_validator(mode="after")
    def _has_text_or_choice(self) -> Self:
        if len(self.model_fields_set & {"text", "choice"}) != 1:
            raise ValueError("give one of `text` and `choice`")
        return self


class Button(BaseModel):
    """A choice the patient can make."""

    id: str = Field(description="To be sent as `choice`.")
    title: str
    topic: str | None = Field(
        default=None,
        description="The topic it leads to, if it is one.",
        exclude_if=lambda value: value is None,
    )


class ReplyOut(Extras):
    """One message of Dorsi's."""

    model_config = ConfigDict(title="Reply")

    id: str
    seq: int | None = optional("Its number in the transcript.")
    at: datetime | None = optional("When it was said.")
    text: str = Field(description="Plain text; line breaks count.")
    kind: Kind
    level: Level = Field(description="How soon the patient should get help.")
    topic: str | None = Field(description="`<family>/<name>` of the topic this answers.")
    buttons: list[Button]
    sources: list[Source]
    downloads: list[Download] | None = optional("Files made of the summary that it carries.")


class DorsiEntry(ReplyOut):
    """A message of Dorsi's in the history."""

    model_config = ConfigDict(title="FromDorsi")

    sender: Literal["dorsi"] = Field(alias="from", default=DORSI)


class PatientEntry(BaseModel):
    """A message of the patient's in the history."""

    model_config = ConfigDict(title="FromPatient")

    sender: Literal["patient"] = Field(alias="from", default=PATIENT)
    id: str = Field(description="The id the client gave it.")
    seq: int = Field(description="Its number in the transcript.")
    at: datetime = Field(description="When it was recorded.")
    text: str = Field(description="What the patient wrote, or the title of the button taken.")
    choice: str | None = Field(
        default=None,
        description="The id of the button taken.",
        exclude_if=lambda value: value is None,
    )


class Keeping(BaseModel):
    """How long a conversation is kept."""

    days: float = Field(description="After its last message.", examples=[90])


class Opened(BaseModel):
    """A new session."""

    session: str = Field(description="The token for `Authorization: Bearer`. It is shown once.")
    diary: str = Field(
        description="The key of the browser's diary: the one that was sent, or a new one. To be "
        "kept for later visits once a reply says `remember: true`, and dropped at `false`."
    )
    messages: list[ReplyOut]
    kept: Keeping


class NewToken(BaseModel):
    """Another token for a session."""

    session: str = Field(
        description="The new token for `Authorization: Bearer`. It is shown once. The one before "
        "is taken for another minute."
    )


class Replies(BaseModel):
    """Dorsi's replies to one message."""

    messages: list[ReplyOut]


class History(BaseModel):
    """All messages of a session, the oldest first."""

    messages: list[Annotated[PatientEntry | DorsiEntry, Field(discriminator="sender")]]


class Opinion(BaseModel):
    """What the patient thinks of one of Dorsi's messages."""

    message: str = Field(description="The id of the message.")
    helpful: bool
    reason: str | None = Field(description="In the patient's words, if they gave one.")
    at: datetime


class Kept(History):
    """All that is kept."""

    region: str
    created_at: datetime
    feedback: list[Opinion]
    diary: dict[str, JsonValue] | None = Field(description="What the diary holds, if there is one.")


class Health(BaseModel):
    """Dorsi answers."""

    status: Literal["ok"] = "ok"


def replies(messages: Iterable[Message]) -> list[ReplyOut]:
    """Dorsi's messages as the API shows them, for whoever has to look into them."""
    return [ReplyOut.model_validate(entries.reply(message)) for message in messages]


def unkept(said: Iterable[Reply]) -> list[ReplyOut]:
    """Replies that are in no transcript as the API shows them; they have no buttons to take."""
    return [
        ReplyOut(
            id=str(uuid4()),
            text=reply.text,
            kind=reply.kind,
            level=reply.level,
            topic=reply.topic,
            buttons=[],
            sources=reply.sources,
            **of_message(reply),
        )
        for reply in said
    ]
