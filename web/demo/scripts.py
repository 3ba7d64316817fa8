"""What the invented patients may do: the YAML files in `scripts/`, read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

FOLDER = Path(__file__).resolve().parent / "scripts"
WORDS = "words.yml"
ANY = "*"
# A word to be filled in stands in braces; other braces are what a patient typed.
PLACE = re.compile(r"\{([a-z_]+)\}")

type Share = Annotated[float, Field(gt=0, le=1)]
type Texts = Annotated[list[str], Field(min_length=1)]


class ScriptError(ValueError):
    """A script cannot be played; the text names the file and what is wrong."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rating(_Strict):
    """Thumbs on the answer before: `up` is how likely they go up; a reason is given with some."""

    up: Annotated[float, Field(ge=0, le=1)]
    because: list[str] = []
    """Reasons for thumbs down; one of them, or none."""


class Step(_Strict):
    """One thing that a patient does: says one of several texts, presses a button, or rates.

    `press` names titles, of which one that is offered is taken; `*` is any. Where none is offered
    one of `otherwise` is said, or nothing is done.
    """

    say: Texts | None = None
    press: Texts | None = None
    rate: Rating | None = None
    otherwise: list[str] = []
    chance: Share = 1
    times: tuple[int, int] = (1, 1)
    slips: bool = True
    """Whether some patients mistype it."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(part is not None for part in (self.say, self.press, self.rate)) != 1:
            raise ValueError("a step has one of `say`, `press` and `rate`")
        if not 1 <= self.times[0] <= self.times[1]:
            raise ValueError("`times` is the fewest and the most, from 1")
        if self.otherwise and not self.press:
            raise ValueError("`otherwise` belongs to `press`")
        return self


class Visit(_Strict):
    """A kind of conversation.

    `weight` says how often it is played beside the others, `when` whether only by somebody who
    has been there before.
    """

    name: str
    weight: Annotated[float, Field(gt=0)] = 1
    when: Literal["any", "again"] = "any"
    region: str | None = None
    steps: Annotated[list[Step], Field(min_length=1)]


class _File(_Strict):
    visits: Annotated[list[Visit], Field(min_length=1)]


@dataclass(frozen=True)
class Scripts:
    """All visits, and the words that fill their places."""

    visits: tuple[Visit, ...]
    words: Mapping[str, tuple[str, ...]]


def load(folder: Path = FOLDER) -> Scripts:
    """All scripts of a folder.

    Raises:
        ScriptError: a file does not have the form, a place has no words, or a name is taken twice.
    """
    words = _words(folder / WORDS)
    visits: list[Visit] = []
    for file in sorted(folder.glob("*.yml")):
        if file.name == WORDS:
            continue
        try:
            visits += _File.model_validate(_read(file)).visits
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise ScriptError(f"{file.name}: {place}: {first['msg']}") from None
    names = [visit.name for visit in visits]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise ScriptError(f"two visits are called {name!r}")
    for visit in visits:
        for text in texts(visit):
            _check_places(visit.name, text, words)
    for key, values in words.items():
        for value in values:
            _check_places(f"{WORDS}: {key}", value, words)
    return Scripts(tuple(visits), words)


def texts(visit: Visit) -> list[str]:
    """All that may be typed in a visit."""
    found: list[str] = []
    for step in visit.steps:
        found += [*(step.say or ()), *step.otherwise]
        found += step.rate.because if step.rate else []
    return found


def _read(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ScriptError(f"{file.name} is no YAML: {error}") from None


def _words(file: Path) -> dict[str, tuple[str, ...]]:
    found = _read(file)
    whole = isinstance(found, dict) and all(
        isinstance(values, list) and values and all(isinstance(value, str) for value in values)
        for values in found.values()
    )
    if not whole:
        raise ScriptError(f"{file.name}: each name has a list of texts")
    return {name: tuple(values) for name, values in found.items()}


def _check_places(where: str, text: str, words: Mapping[str, tuple[str, ...]]) -> None:
    for name in PLACE.findall(text):
        if name not in words:
            raise ScriptError(f"{where}: {{{name}}} stands for no words of {WORDS}")
