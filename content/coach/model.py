"""The values an exercise is made of. All are immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SEATED, STANDING = "seated", "standing"
REPETITIONS, SECONDS = "repetitions", "seconds"


@dataclass(frozen=True)
class Range:
    """A number of repetitions or seconds: from ``least`` to ``most``, which may be the same."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


@dataclass(frozen=True)
class Dose:
    """How much of an exercise.

    Attributes:
        repetitions: how often; None where it is only held.
        seconds: how long each is held; None where nothing is held.
    """

    repetitions: Range | None = None
    seconds: Range | None = None

    def fill(self, text: str) -> str:
        """``text`` with ``{repetitions}`` and ``{seconds}`` replaced."""
        for name in (REPETITIONS, SECONDS):
            value = getattr(self, name)
            if value is not None:
                text = text.replace(f"{{{name}}}", str(value))
        return text


@dataclass(frozen=True)
class Step:
    """One step: one idea.

    Attributes:
        say: what to do, with ``{repetitions}`` and ``{seconds}`` for the dose's numbers.
        explain: the same in more words: how it should feel, what to watch.
        shows: what the step's picture shows, for those who do not see it.
        counts: which of the dose's numbers this step is for.
    """

    say: str
    explain: str
    shows: str
    counts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """An easier or a harder way: what is different, and the dose if that differs too."""

    say: str
    dose: Dose | None = None
    position: str | None = None


@dataclass(frozen=True)
class Exercise:
    """One exercise of ``data/exercises/<id>.yml``.

    Attributes:
        position: seated, standing or lying.
        goals: ids of ``data/coach/goals.yml`` that it serves.
        minutes: about how long it takes.
        hold: whether something firm to hold is needed.
        topic: the topic that answers questions on it, if there is one.
        variants: "easier" and "harder".
        ask_seconds: asks for the time that was reached, where that is worth keeping.
    """

    id: str
    name: str
    title: str
    also_known_as: tuple[str, ...]
    goals: tuple[str, ...]
    position: str
    minutes: int
    hold: bool
    equipment: str
    purpose: str
    cautions: tuple[str, ...]
    dose: Dose
    steps: tuple[Step, ...]
    stop_signs: str
    mistakes: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    review_due: str
    topic: str | None = None
    facts: tuple[str, ...] = ()
    ask_seconds: str = ""
    variants: Mapping[str, Variant] = field(default_factory=dict)

    def dose_of(self, variant: str | None) -> Dose:
        """The dose of a variant; the exercise's own where the variant has none."""
        chosen = self.variants.get(variant or "")
        return chosen.dose if chosen and chosen.dose else self.dose

    def position_of(self, variant: str | None) -> str:
        """The position of a variant; the exercise's own where the variant names none."""
        chosen = self.variants.get(variant or "")
        return chosen.position if chosen and chosen.position else self.position


@dataclass(frozen=True)
class Check:
    """One question of the readiness check.

    Attributes:
        short: the question as a line of a list.
        answers: what "yes", "no" and "unsure" lead to: an id of ``results``; none for "go on".
        patterns: words that say it by themselves, in the notation of ``triage``.
        standing: whether it is asked only before an exercise that needs something to hold.
    """

    id: str
    ask: str
    why: str
    short: str
    answers: Mapping[str, str]
    patterns: tuple[str, ...] = ()
    standing: bool = False


@dataclass(frozen=True)
class Result:
    """What an answer of the readiness check changes.

    Attributes:
        limit: not_today, seated, helper or gentle.
        say: what the patient is told.
    """

    limit: str
    say: str


@dataclass(frozen=True)
class Sign:
    """What the body may say during an exercise: pain, dizziness, a cramp.

    Attributes:
        grade: stop (the exercise ends), ease (an easier way or a rest), wait (rest, then go on)
            or ask (the question decides).
        say: what to do now.
        patterns: words that tell of it, in the notation of ``triage``.
        examples: messages that tell of it, to learn from.
        ask: a question with a yes that leads to ``worse`` and a no that leads to ``milder``.
        limit: after a stop, what is still allowed today (``seated``); nothing where it is empty.
    """

    id: str
    grade: str
    say: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    ask: str = ""
    worse: str = ""
    milder: str = ""
    limit: str = ""


@dataclass(frozen=True)
class Command:
    """Something a patient wants of the coach: next, back, repeat …, with messages that say so."""

    id: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Feeling:
    """One answer to how it felt: its value from 0 to 10, its button and the words that mean it."""

    value: int
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Goal:
    """What an exercise is for, as patients say it."""

    id: str
    patterns: tuple[str, ...]


@dataclass(frozen=True)
class Coach:
    """All of ``data/exercises`` and what the coach says and understands.

    ``starting`` are patterns of wanting to exercise now; ``asides`` are messages that are neither
    commands nor signs, by what they are: "aside", "yes" or "no". ``agreeing`` are the only words
    that count as consent, ``denying`` the only ones that say no to a whole list.
    """

    exercises: Mapping[str, Exercise]
    goals: Mapping[str, Goal]
    positions: Mapping[str, Goal]
    starting: tuple[str, ...]
    checks: tuple[Check, ...]
    results: Mapping[str, Result]
    feelings: Mapping[str, tuple[Feeling, ...]]
    signs: Mapping[str, Sign]
    commands: Mapping[str, Command]
    asides: Mapping[str, tuple[str, ...]]
    agreeing: frozenset[str]
    denying: frozenset[str]
    texts: Mapping[str, str]
    buttons: Mapping[str, str]

    def of_topic(self, topic: str | None) -> Exercise | None:
        """The exercise that a topic is about."""
        found = (one for one in self.exercises.values() if topic and one.topic == topic)
        return next(found, None)
