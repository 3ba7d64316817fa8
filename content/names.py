"""The names that code and Rasa's files share: each is written here once."""

from __future__ import annotations

from enum import Enum


class Kind(str, Enum):
    """What a message to the patient is."""

    ANSWER = "answer"
    QUESTION = "question"
    ESCALATION = "escalation"
    EXERCISE = "exercise"
    CLARIFY = "clarify"
    FALLBACK = "fallback"
    SMALLTALK = "smalltalk"
    NOTICE = "notice"


class Intent(str, Enum):
    """Intents that code decides on, beside topics' families and the acts in ``data/``."""

    CLARIFY = "clarify"
    FALLBACK = "nlu_fallback"
    ASPECT = "aspect"
    CHOOSE = "choose"


class ActId(str, Enum):
    """Acts that code has to know by name."""

    AFFIRM = "affirm"
    DENY = "deny"
    NOT_SURE = "not_sure"
    GOODBYE = "goodbye"
    REPEAT = "repeat"
    START_OVER = "start_over"
    SAFETY_CHECK = "safety_check"
    OUT_OF_SCOPE = "out_of_scope"
    MEDICAL_UNKNOWN = "medical_unknown"


class TextId(str, Enum):
    """Texts of ``data/conversation/texts.yml`` that code says."""

    WELCOME = "welcome"
    FALLBACK_FIRST = "fallback_first"
    FALLBACK_SECOND = "fallback_second"
    CLARIFY = "clarify"
    CLARIFY_SINGLE = "clarify_single"
    ALSO_ASKED = "also_asked"
    SYMPTOM_LEAD = "symptom_lead"
    SYMPTOM_OFFER = "symptom_offer"
    SAFETY_CHECK = "safety_check_text"
    EMPTY = "empty"
    EMOJI_ONLY = "emoji_only"
    REPEAT_NOTHING = "repeat_nothing"
    MENU = "menu"
    CHOICE_GONE = "choice_gone"
    UNAVAILABLE = "unavailable"
    TOO_LONG = "too_long"


class Slot(str, Enum):
    """What a conversation remembers."""

    TOPIC = "topic"
    OFFERED = "offered"
    FALLBACKS = "fallbacks"
    SAFETY_CHECK = "safety_check"


class Action(str, Enum):
    """Custom actions, as ``domain.yml`` lists them."""

    ANSWER = "action_answer"
    CLARIFY = "action_clarify"
    SMALL_TALK = "action_small_talk"
    FALLBACK = "action_fallback"
    SAFETY_CHECK = "action_safety_check"


UNDERSTANDING = "understanding"
"""The key under which a parsed message carries what was understood."""


class Response(str, Enum):
    """Responses, as ``domain.yml`` lists them."""

    ESCALATION = "utter_escalation"


SCREENED = "screened"
"""The key of a message's metadata that says: looked through for red flags already."""

ESCALATED = "escalated"
"""The key that says: an emergency was answered since Rasa was last asked."""

RAISED = "raised"
"""The key of a message's metadata with the red flags the patient was told of: id to level."""

CHANNEL = "dorsi"
"""The channel's name: its address is ``/webhooks/dorsi/webhook``."""
