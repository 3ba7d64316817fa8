"""What a message may carry beside its words: an exercise's step, numbers, pictures, a document."""

import logging
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from gateway.normalise import storable

log = logging.getLogger(__name__)

MAX_SVG = 200_000

Plain = Annotated[str, AfterValidator(storable)]


def _if_right(value: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Leave out what is malformed: a patient is better served by an answer without its picture."""
    try:
        return read(value)
    except ValidationError as error:
        # Where and how only: the values may hold a patient's words.
        kinds = sorted({found["type"] for found in error.errors(include_input=False)})
        log.warning(
            "an extra was dropped", extra={"extra": info.field_name, "reason": ", ".join(kinds)}
        )
        return None


IfRight = WrapValidator(_if_right)


def optional(description: str) -> Any:
    """A field that is left out where a message does not have it."""
    return Field(default=None, description=description, exclude_if=lambda value: value is None)


class Range(BaseModel):
    """How many: from `least` to `most`, which may be the same."""

    model_config = ConfigDict(title="Range", strict=True)

    least: int = Field(ge=1, le=3600)
    most: int = Field(ge=1, le=3600)

    @model_validator(mode="after")
    def _least_comes_first(self) -> Self:
        if self.least > self.most:
            raise ValueError("`least` is more than `most`")
        return self


class Image(BaseModel):
    """A picture of ours."""

    model_config = ConfigDict(title="Image")

    url: Annotated[
        str, StringConstraints(pattern=r"^/pictures/[a-z_]+/[0-9]+\.svg$", max_length=120)
    ]
    alt: Plain = Field(description="What it shows, for those who do not see it.")


class Chart(BaseModel):
    """A drawing made for this patient."""

    model_config = ConfigDict(title="Chart")

    svg: Annotated[Plain, StringConstraints(pattern=r"^\s*<svg[\s>]", max_length=MAX_SVG)] = Field(
        description="To be shown as an image, never as part of a page."
    )
    alt: Plain = Field(description="The same in words.")


class Call(BaseModel):
    """Somebody to call, for a link that calls them."""

    model_config = ConfigDict(title="Call")

    title: Plain = Field(examples=["Call 999"])
    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9]+$", max_length=20)] = Field(
        description="As a telephone takes it.", examples=["999"]
    )


ExerciseId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=60)]
Place = Annotated[int, Field(strict=True, ge=1, le=100)]


class Extras(BaseModel):
    """What is shown to the patient as it came. Each may be missing; a malformed one is dropped."""

    exercise: Annotated[ExerciseId | None, IfRight] = optional("The exercise's id.")
    step: Annotated[Place | None, IfRight] = optional("Which step this is, from 1.")
    of: Annotated[Place | None, IfRight] = optional("How many steps the exercise has.")
    repetitions: Annotated[Range | None, IfRight] = optional("How often to do it.")
    seconds: Annotated[Range | None, IfRight] = optional("How long to hold it.")
    image: Annotated[Image | None, IfRight] = optional("A picture of the step.")
    chart: Annotated[Chart | None, IfRight] = optional("A drawing of what the diary holds.")
    calls: Annotated[list[Call] | None, IfRight] = optional("Whom to call, the first first.")
    remember: Annotated[Annotated[bool, Field(strict=True)] | None, IfRight] = optional(
        "True: keep the diary's key for later visits. False: drop it."
    )

    @model_validator(mode="after")
    def _step_is_one_of_them(self) -> Self:
        if self.step is None or self.of is None or self.step > self.of:
            self.step = self.of = None
        return self


def of_message(extras: Extras, *more: str) -> dict[str, Any]:
    """What a message carries, as plain JSON and without what it does not.

    Args:
        extras: the message.
        more: fields of the message that count as well.
    """
    return extras.model_dump(mode="json", include={*Extras.model_fields, *more}, exclude_none=True)
