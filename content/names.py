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
    EXERCISE = "exercise"
    EXERCISE_RESUME = "exercise_resume"
    PROGRESS = "progress"
    FORGET_DIARY = "forget_diary"
    RECOVERY = "recovery"
    SUMMARY = "summary"
    UNCLEAR_HELP = "unclear_help"
    OUT_OF_SCOPE = "out_of_scope"
    MEDICAL_UNKNOWN = "medical_unknown"


class Command(str, Enum):
    """What a patient may want of the coach; each has its file in ``data/coach/commands``."""

    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    SLOWER = "slower"
    EXPLAIN = "explain"
    HOW_MANY = "how_many"
    PICTURE = "picture"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    STOP = "stop"
    EASIER = "easier"
    HARDER = "harder"
    COUNT = "count"


class Spoken(str, Enum):
    """What a message to the coach may be, beside a command and a sign of the body."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    ASIDE = "aside"


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
    EXERCISE = "exercise"
    PROGRESS = "progress"
    RECOVERY = "recovery"
    SUMMARY = "summary"


class Action(str, Enum):
    """Custom actions, as ``domain.yml`` lists them."""

    ANSWER = "action_answer"
    CLARIFY = "action_clarify"
    SMALL_TALK = "action_small_talk"
    FALLBACK = "action_fallback"
    SAFETY_CHECK = "action_safety_check"
    EXERCISE = "action_exercise"
    PROGRESS = "action_progress"
    RECOVERY = "action_recovery"
    SUMMARY = "action_summary"


UNDERSTANDING = "understanding"
"""The key under which a parsed message carries what was understood."""


class Response(str, Enum):
    """Responses, as ``domain.yml`` lists them."""

    ESCALATION = "utter_escalation"


SCREENED = "screened"
"""The key of a message's metadata that says: looked through for red flags already."""

ESCALATED = "escalated"
"""The key that says: an emergency was answered since Rasa was last asked."""

UNHEARD = "unheard"
"""The key with the ids of the messages before, if the patient never saw Rasa's answers to them."""

RAISED = "raised"
"""The key of a message's metadata with the red flags the patient was told of: id to level."""

DIARY = "diary"
"""The key of a message's metadata with the id of the browser's diary; it may be left out."""


class Field(str, Enum):
    """What a message may carry beside text, kind, level, topic, buttons and sources."""

    EXERCISE = "exercise"
    STEP = "step"
    OF = "of"
    REPETITIONS = "repetitions"
    SECONDS = "seconds"
    IMAGE = "image"
    CHART = "chart"
    DOCUMENT = "document"
    REMEMBER = "remember"


CHANNEL = "dorsi"
"""The channel's name: its address is ``/webhooks/dorsi/webhook``."""
