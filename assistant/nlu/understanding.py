"""What a message means in its conversation: the ranker's labels, read in context and gated."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from assistant.nlu import text as texts
from assistant.nlu.commands import CommandReader
from assistant.nlu.context import ContextReader
from assistant.nlu.gate import MAX_CANDIDATES, Decision, Thresholds, Verdict, decide, probabilities
from assistant.nlu.keywords import Keywords
from assistant.nlu.offers import chosen_by_words
from assistant.nlu.reading import Ranks
from content import Catalogue, payload
from content.model import family_of
from content.names import UNDERSTANDING, ActId, Intent, TextId
from content.patterns import Patterns

Ranking = list[tuple[str, float]]

RANKED = 5
STRANGERS = frozenset({ActId.OUT_OF_SCOPE.value, ActId.MEDICAL_UNKNOWN.value})
MAX_QUESTIONS = 4
LETTER_WORDS = 120
MAX_ALSO = 2
EXERCISES, NEAREST = "exercises", 2
A_WISH = 14
"""The most words of a wish to exercise; a letter may say "together" of anything."""
CONVERSATIONS = frozenset(
    act.value
    for act in (
        ActId.EXERCISE,
        ActId.PROGRESS,
        ActId.FORGET_DIARY,
        ActId.RECOVERY,
        ActId.SUMMARY,
    )
)
"""Acts that open a conversation of their own, whose buttons say more than the act's id."""


@dataclass(frozen=True)
class Context:
    """What the conversation remembers: the topic last answered and the ids last offered.

    ``coaching`` is whether an exercise is under way.
    """

    topic: str | None = None
    offered: tuple[str, ...] = ()
    coaching: bool = False


@dataclass(frozen=True)
class Understanding:
    """What was understood of one message.

    Attributes:
        decision: answer, clarify or fallback.
        label: the topic's or act's id the message is closest to; "" when nothing was read.
        confidence: the calibrated probability of that label, 0 to 1.
        topic: the id of the topic to answer, if any.
        candidates: the ids to ask about, if in doubt.
        also: other topics surely asked about in the same message.
        statement: whether something was told and nothing asked.
        text: the fallback text for a message without words.
        ranking: the best labels with their probabilities.
        commands: during an exercise, what it may say to the coach: as a whole, then part by part.
    """

    decision: Decision
    label: str = ""
    confidence: float = 0.0
    topic: str | None = None
    candidates: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    statement: bool = False
    text: str | None = None
    ranking: Ranking = field(default_factory=list)
    commands: list[tuple[str, Ranking]] = field(default_factory=list)

    @property
    def intent(self) -> str:
        """The intent by which Rasa's rules go on."""
        if self.decision is Decision.CLARIFY:
            return Intent.CLARIFY.value
        if self.decision is Decision.FALLBACK:
            return Intent.FALLBACK.value
        return family_of(self.label)

    def as_parse_data(self, text: str) -> dict[str, Any]:
        """This understanding as the data Rasa keeps of a parsed message."""
        data = asdict(self)
        data["decision"] = self.decision.value
        return {
            "text": text,
            "intent": {"name": self.intent, "confidence": self.confidence},
            "entities": [],
            UNDERSTANDING: data,
        }


class Understander:
    """Understands messages with a trained ranker and the catalogue it was trained on."""

    def __init__(
        self,
        ranker: Ranks,
        catalogue: Catalogue,
        thresholds: Thresholds,
        commands: CommandReader | None = None,
    ) -> None:
        """Use ``ranker`` for likeness, ``catalogue`` for context, ``thresholds`` for the gate.

        ``commands`` reads what is said during an exercise.
        """
        self._ranker = ranker
        self._commands = commands
        self._catalogue = catalogue
        self._thresholds = thresholds
        self._context = ContextReader(catalogue)
        self._keywords = Keywords(catalogue)
        coach = catalogue.coach
        self._start = Patterns({ActId.EXERCISE.value: coach.starting}) if coach else None
        exercises = coach.exercises.values() if coach else ()
        names = {name for one in exercises for name in (one.name, *one.also_known_as)}
        self._exercises = frozenset(texts.normalise(name) for name in names)

    def understand(self, message: str, context: Context = Context()) -> Understanding:
        """Understand one message.

        Args:
            message: the text as typed, of any length and any characters.
            context: what was talked about before.

        Returns:
            The understanding; it never raises for any text.
        """
        message = texts.tidy(message)
        if texts.is_empty(message):
            return Understanding(Decision.FALLBACK, text=TextId.EMPTY.value)
        if texts.is_emoji_only(message):
            return Understanding(Decision.FALLBACK, text=TextId.EMOJI_ONLY.value)
        if texts.is_wordless(message):
            return Understanding(Decision.FALLBACK)
        named = chosen_by_words(message, context.offered, self._title)
        if named is not None:
            return self._certain(named)
        understood = self._understand(message, context)
        if context.coaching and self._commands is not None:
            return replace(understood, commands=self._commands.read(message))
        return understood

    def _understand(self, message: str, context: Context) -> Understanding:
        """Understand a message with words that names no button."""
        ranking = self._ranking([message], context)[0]
        verdict = self._verdict(message, ranking)
        asked = self._asked(message, context)
        if asked and verdict.decision is not Decision.ANSWER:
            # Of several questions, or of a long letter, one question may be clear by itself.
            (label, confidence), *_ = asked
            verdict = Verdict(Decision.ANSWER, label, confidence)
        verdict = self._starting(message, verdict, ranking)
        answered = self._answers(verdict)
        also = [label for label, _ in asked if label != verdict.label]
        return Understanding(
            decision=verdict.decision,
            label=verdict.label,
            confidence=verdict.confidence,
            topic=verdict.label if answered else None,
            candidates=verdict.candidates,
            also=tuple(also[:MAX_ALSO]) if answered else (),
            statement=texts.is_statement(message),
            ranking=ranking[:RANKED],
        )

    def _starting(self, message: str, verdict: Verdict, ranking: Ranking) -> Verdict:
        """Who wants to do an exercise now is not answered with its description."""
        if self._start is None or verdict.label == ActId.EXERCISE_RESUME.value:
            return verdict
        if len(texts.words(message)) > A_WISH:
            return verdict
        about = any(family_of(label) == EXERCISES for label, _ in ranking[:NEAREST])
        words = f" {texts.normalise(message)} "
        named = any(f" {name} " in words for name in self._exercises)
        # "I want to know how to do it" asks for the description.
        if not (about or named) or " how " in words or not self._start.find(message).there:
            return verdict
        return Verdict(Decision.ANSWER, ActId.EXERCISE.value, verdict.confidence)

    def _verdict(self, message: str, ranking: Ranking) -> Verdict:
        """The gate's decision; a bare word that titles several topics is asked about."""
        titled = [label for label, _ in ranking if label in self._keywords.topics(message)]
        if len(titled) > 1:
            best, confidence = ranking[0]
            offered = dict.fromkeys([best, *titled] if self._is_topic(best) else titled)
            return Verdict(Decision.CLARIFY, best, confidence, tuple(offered)[:MAX_CANDIDATES])
        return decide(ranking, self._is_topic, self._thresholds)

    def rank(self, message: str, context: Context) -> Ranking:
        """The labels a message may mean, best first, with calibrated probabilities."""
        return self._ranking([texts.tidy(message)], context)[0]

    def _ranking(self, messages: Sequence[str], context: Context) -> list[Ranking]:
        """For every message its labels, best first, led to where its context puts them."""
        scores = probabilities(self._ranker.scores(messages), self._thresholds)
        found = []
        for message, row in zip(messages, scores.tolist(), strict=True):
            labelled = dict(zip(self._ranker.labels, row, strict=True))
            if self._keywords.topics(message):
                labelled = _without(STRANGERS, labelled)
            read = self._context.read(message, labelled, context.topic)
            found.append(sorted(read.items(), key=lambda pair: -pair[1]))
        return found

    def _asked(self, message: str, context: Context) -> Ranking:
        """The topics that the questions of a message surely ask about, the surest first."""
        questions = [piece for piece in texts.segments(message) if texts.is_question(piece)]
        enough = 1 if len(texts.words(message)) > LETTER_WORDS else 2
        if len(questions) < enough:
            return []
        best = [ranking[0] for ranking in self._ranking(questions[-MAX_QUESTIONS:], context)]
        sure = {
            label: p for label, p in best if p >= self._thresholds.answer and self._is_topic(label)
        }
        return sorted(sure.items(), key=lambda pair: -pair[1]) if len(sure) >= enough else []

    def _answers(self, verdict: Verdict) -> bool:
        return verdict.decision is Decision.ANSWER and self._is_topic(verdict.label)

    def _is_topic(self, label: str) -> bool:
        return label in self._catalogue.topics

    def _title(self, identifier: str) -> str:
        item = self._catalogue.find(identifier)
        return item.title if item else ""

    def _certain(self, identifier: str) -> Understanding:
        topic = identifier if self._is_topic(identifier) else None
        return Understanding(Decision.ANSWER, identifier, 1.0, topic)


def _without(labels: Container[str], probabilities: Mapping[str, float]) -> dict[str, float]:
    """The other labels, their probabilities scaled to 1."""
    kept = {label: p for label, p in probabilities.items() if label not in labels}
    total = sum(kept.values()) or 1.0
    return {label: p / total for label, p in kept.items()}


def chosen(button: str, acts: Container[str]) -> dict[str, Any]:
    """The parse data of a pressed button; no model is asked, nothing can be misread.

    Args:
        button: the payload the button was offered with.
        acts: the acts there are.

    Returns:
        Parse data with the intent ``choose`` for a topic (or for a payload nobody knows, which
        is answered by saying so) and the act's own intent for an act.
    """
    kind, identifier = payload.parse(button) or ("", "")
    # "exercise:toe_raises" is the act "exercise"; what follows is read by its action.
    name, _, rest = identifier.partition(":")
    is_act = kind == payload.ACT and (identifier in acts or (bool(rest) and name in CONVERSATIONS))
    understood = Understanding(
        Decision.ANSWER, identifier, 1.0, identifier if kind == payload.TOPIC else None
    )
    data = understood.as_parse_data(identifier)
    data["intent"]["name"] = (name if rest else identifier) if is_act else Intent.CHOOSE.value
    return data
