"""The note of a turn: what is kept beside Dorsi's replies for staff to look at, and to go on with.

It stands in `understanding` of the first of the replies that were recorded together. Where advice
was recorded before Rasa was asked, the turn has two; the later is the whole one. It holds no words
of the patient's but those that `triage` waits to have answered: places in the message instead.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)

type Level = Literal["none", "soon", "urgent", "emergency"]

Name = Annotated[str, StringConstraints(max_length=120)]
Share = Annotated[float, AfterValidator(lambda value: round(value, 4))]
Span = tuple[int, int]
Ranked = tuple[Name, Share]


class Part(BaseModel):
    """A part of a note. Whatever of it cannot be read counts as not there."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    @model_validator(mode="wrap")
    @classmethod
    def _as_far_as_right(cls, value: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return read(value)
        except ValidationError as error:
            if not isinstance(value, dict):
                raise
            found = error.errors(include_url=False, include_context=False, include_input=False)
            wrong = {one["loc"][0] for one in found}
            return read({name: one for name, one in value.items() if name not in wrong})


class Flagged(Part):
    """A red flag that was noticed in the message.

    Attributes:
        id: the flag's; level: how urgent it is.
        status: `kept`; `dropped` by the second opinion; or `unsure`: it may be meant.
        told: whether the patient was told of it with this turn, for the first time or at this
            level.
        start: where its words begin in the stored text, in characters; None if they are not there.
        end: where they end.
        spans: every piece of them, if they stand apart.
        reason: the rule, or what the second opinion says.
        chance: how likely the second opinion finds it, 0 to 1; None if it was not asked.
    """

    id: Name = ""
    level: Level = "none"
    status: Literal["kept", "dropped", "unsure"] = "kept"
    told: bool = False
    start: int | None = None
    end: int | None = None
    spans: list[Span] = []
    reason: str = ""
    chance: Share | None = None


class Command(Part):
    """What a part of the message may say to the coach, and where that part stands."""

    label: Name = ""
    chance: Share = 0.0
    start: int | None = None
    end: int | None = None


class Milliseconds(Part):
    """How long it took: all until the note was written, the screening, and Rasa."""

    total: float = 0.0
    screen: float | None = None
    rasa: float | None = None


class Understood(Part):
    """What Rasa understood; nothing where it was not asked."""

    decision: Literal["answer", "clarify", "fallback"] | None = None
    label: Name = ""
    confidence: Share | None = None
    topic: Name | None = None
    candidates: list[Name] = []
    also: list[Name] = []
    statement: bool = False
    text: Name | None = Field(default=None, description="A text of Dorsi's, by its name.")
    ranking: list[Ranked] = []
    commands: list[Command] = []


class Account(Part):
    """What Rasa did: who decided, who acted, what changed."""

    intent: Name | None = None
    policy: Name | None = None
    action: Name | None = None
    loop: Name | None = None
    slots: dict[Name, JsonValue] = {}
    why: Name | None = None
    threshold: Share | None = None


class Note(Understood, Account):
    """The whole note.

    Attributes:
        answered_by: who answered.
        outcome: `answered` by Rasa; or by the gateway because it was `escalated`, `too_long`,
            `unscreened` or Rasa `unavailable`; `begun` where the rest is to come.
        failure: why Rasa was not available.
        result: what Rasa's answer is to the patient.
        earlier: whether Rasa was asked the message before this one, which had waited for a yes or
            a no: what was understood is that message.
        flags: the red flags noticed.
        alarm: how likely the second opinion finds anything urgent in the message, 0 to 1, whatever
            came of it; None for a button.
        ms: how long it took.
        release: the model that answered.
        served: the number of the release that the turn is of; None where there are no releases.
        switch: the switch that the gateway knew of as the last one.
        bound: the release that a conversation with a place goes on with, until it is over.
        gateway: the gateway's version.
        triage: what is remembered of red flags from here on, for the gateway alone: it may hold
            words of the patient's.
        triage_dropped: the flags that were dropped, as earlier releases wrote them.
    """

    answered_by: Literal["rasa", "gateway"] | None = None
    outcome: Name | None = None
    failure: str | None = None
    result: Literal["answered", "clarified", "fallback"] | None = None
    earlier: bool = False
    flags: list[Flagged] = []
    alarm: Share | None = None
    ms: Milliseconds | None = None
    release: Name | None = None
    served: int | None = None
    switch: int | None = None
    bound: int | None = None
    gateway: Name | None = None
    triage: dict[str, JsonValue] = {}
    triage_dropped: list[dict[str, JsonValue]] = []

    @property
    def served_by(self) -> str | None:
        """The release as it is shown: its number, where it has one, and its model."""
        if self.served is None:
            return self.release
        return f"{self.served} ({self.release})" if self.release else str(self.served)

    def as_json(self) -> dict[str, Any]:
        """The note as it is stored, without what is not there."""
        return self.model_dump(mode="json", exclude_defaults=True)


def read(stored: Any) -> Note:
    """The note that was stored, by whichever release; an empty one where there is none."""
    return Note.model_validate(stored) if isinstance(stored, dict) else Note()
