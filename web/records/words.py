"""The words that the review is written in, each set in one place; the tables keep them as text."""

from enum import IntEnum, StrEnum


class Status(StrEnum):
    """How far the review of a conversation has come."""

    NEW = "new"
    IN_REVIEW = "in_review"
    DONE = "done"
    ESCALATED = "escalated"


class Field(StrEnum):
    """What of a conversation a step of its review changed."""

    STATUS = "status"
    ASSIGNEE = "assignee"


class Ruling(StrEnum):
    """What a reviewer holds of a turn."""

    RIGHT = "right"
    WRONG_TOPIC = "wrong_topic"
    SHOULD_HAVE_ESCALATED = "should_have_escalated"
    SHOULD_NOT_HAVE_ESCALATED = "should_not_have_escalated"
    UNCLEAR_ANSWER = "unclear_answer"
    NEW_TOPIC_NEEDED = "new_topic_needed"


FOR_EDITORS = frozenset({Ruling.WRONG_TOPIC, Ruling.UNCLEAR_ANSWER, Ruling.NEW_TOPIC_NEEDED})
"""The rulings that leave work for the editors."""


class WorkStatus(StrEnum):
    """What became of something for the editors to do."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class IncidentKind(StrEnum):
    """What went wrong with a red flag."""

    MISSED = "missed"
    RAISED = "raised"


INCIDENTS = {
    Ruling.SHOULD_HAVE_ESCALATED: IncidentKind.MISSED,
    Ruling.SHOULD_NOT_HAVE_ESCALATED: IncidentKind.RAISED,
}
"""The rulings that open an incident, and of which kind."""


class IncidentStatus(StrEnum):
    """How far an incident has come; `looked_at` once somebody else has looked."""

    OPEN = "open"
    LOOKED_AT = "looked_at"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What an incident was closed with."""

    RULES_TO_CHANGE = "rules_to_change"
    WORDS_TO_CHANGE = "words_to_change"
    NO_CHANGE = "no_change"
    NOT_AN_INCIDENT = "not_an_incident"


class Level(IntEnum):
    """How soon somebody needs help, as `conversations.level` counts it."""

    NONE = 0
    SOON = 1
    URGENT = 2
    EMERGENCY = 3

    @classmethod
    def named(cls, name: object) -> "Level":
        """The level of that name, such as `urgent`; none for what names no level."""
        found = cls.__members__.get(name.upper()) if isinstance(name, str) else None
        return found or cls.NONE

    @property
    def word(self) -> str:
        """Its name, as messages and pages have it."""
        return self.name.lower()


class Unfinished(StrEnum):
    """What was begun in a conversation and not ended."""

    SAFETY_CHECK = "safety_check"
    EXERCISE = "exercise"
    PROGRESS = "progress"
    RECOVERY = "recovery"
    SUMMARY = "summary"
    RED_FLAG = "red_flag"
    """A question whether a red flag was meant."""
    QUESTION = "question"
    """A question of which the note does not say what it belongs to."""


DOUBTED = 0.05
"""From so likely an alarm on a turn is to be looked at where the patient was told of nothing
urgent: it may have been missed. What is less likely is mostly nothing."""


class ChangeStatus(StrEnum):
    """How far a change request has come.

    A draft can be edited. What is submitted waits for checks and approvals; editing it makes it a
    draft again. What is published or withdrawn stays as it is.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CheckStatus(StrEnum):
    """How far a run of the checks has come; `broken` where it could not be finished."""

    QUEUED = "queued"
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BROKEN = "broken"


class Capacity(StrEnum):
    """As what somebody approves."""

    PUBLISHER = "publisher"
    CLINICAL = "clinical"


class SwitchKind(StrEnum):
    """Why another release is served."""

    INSTALL = "install"
    PUBLISH = "publish"
    ROLL_BACK = "roll_back"


class SwitchState(StrEnum):
    """How far a switch has come."""

    PREPARING = "preparing"
    LIVE = "live"
    FAILED = "failed"
