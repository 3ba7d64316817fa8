"""A catalogue of four topics, small enough to know by heart."""

from __future__ import annotations

from content import Act, Aspect, Catalogue, Message, Region, Source, Topic
from content.names import Kind, TextId


def topic(
    id_: str,
    title: str,
    *,
    examples: tuple[str, ...] = (),
    see_someone: str | None = None,
    follow_ups: tuple[str, ...] = (),
) -> Topic:
    return Topic(
        id=id_,
        title=title,
        scope=f"{title}.",
        facts=(),
        examples=examples,
        answer=(f"{title}: first.", f"{title}: in an emergency, call {{emergency}}."),
        see_someone=see_someone,
        follow_ups=follow_ups,
        sources=("nhs",),
        reviewed="2026-01-15",
        review_due="2027-01-15",
    )


def act(id_: str, title: str, *reply: str, kind: Kind, buttons: tuple[str, ...] = ()) -> Act:
    return Act(id_, title, (), Message(kind, reply, buttons))


BRACE = topic("brace/types", "Kinds of brace", follow_ups=("surgery/tendon", "causes/stroke"))
STROKE = topic("causes/stroke", "Stroke", follow_ups=("brace/types",))
DROOP = topic(
    "early_signs/floppy_foot",
    "A floppy foot",
    see_someone="See your doctor soon.",
    follow_ups=("causes/stroke", "brace/types"),
)
SURGERY = topic("surgery/tendon", "Tendon transfer")
TOPICS = (BRACE, STROKE, DROOP, SURGERY)

SMALLTALK, FALLBACK, NOTICE = Kind.SMALLTALK, Kind.FALLBACK, Kind.NOTICE
ACTS = (
    act("greet", "Hello", "Hello.", kind=SMALLTALK, buttons=("brace/types",)),
    act("affirm", "Yes", "Good. What next?", kind=SMALLTALK),
    act("deny", "None of these", "All right.", kind=SMALLTALK, buttons=("greet",)),
    act("repeat", "Say that again", "Here it is again.", kind=SMALLTALK),
    act("start_over", "Start again", "Afresh.", kind=SMALLTALK, buttons=("causes/stroke",)),
    act(
        "safety_check",
        "Check the warning signs",
        "Let us look.",
        kind=NOTICE,
        buttons=("causes/stroke",),
    ),
    act("out_of_scope", "Outside", "Not mine.", kind=FALLBACK, buttons=("brace/types",)),
)

REPLIES: dict[TextId, Message] = {
    TextId.WELCOME: Message(NOTICE, ("Welcome.",)),
    TextId.FALLBACK_FIRST: Message(FALLBACK, ("Other words, please.",)),
    TextId.FALLBACK_SECOND: Message(
        FALLBACK, ("Still not.", "Ask your doctor, or call {emergency}."), ("causes/stroke",)
    ),
    TextId.CLARIFY: Message(Kind.CLARIFY, ("Which of these?",)),
    TextId.CLARIFY_SINGLE: Message(Kind.CLARIFY, ("This one?",)),
    TextId.ALSO_ASKED: Message(NOTICE, ("You also asked about:",)),
    TextId.SYMPTOM_LEAD: Message(NOTICE, ("Thank you.", "That is hard.")),
    TextId.SYMPTOM_OFFER: Message(NOTICE, ("Check the signs?",), ("safety_check",)),
    TextId.SAFETY_CHECK: Message(NOTICE, ("The signs.", "Call {emergency}."), ("brace/types",)),
    TextId.EMPTY: Message(NOTICE, ("Nothing came.",)),
    TextId.EMOJI_ONLY: Message(NOTICE, ("In words, please.",)),
    TextId.REPEAT_NOTHING: Message(NOTICE, ("Nothing to repeat.",), ("brace/types",)),
    TextId.MENU: Message(NOTICE, ("About what?",), ("brace/types", "safety_check")),
    TextId.CHOICE_GONE: Message(NOTICE, ("That button is old.",)),
    TextId.UNAVAILABLE: Message(NOTICE, ("A problem.",)),
    TextId.TOO_LONG: Message(NOTICE, ("Too long.",)),
}

HOW_LONG = Aspect(
    id="how_long",
    title="How long",
    examples=("how long does that take",),
    default="causes/stroke",
    after={"surgery/*": "surgery/tendon", "brace/types": "causes/stroke"},
    itself=("early_signs",),
)
COST = Aspect("cost", "Cost", ("what does it cost",), default=None, after={}, itself=())

CATALOGUE = Catalogue(
    topics={item.id: item for item in TOPICS},
    acts={item.id: item for item in ACTS},
    aspects={"how_long": HOW_LONG, "cost": COST},
    texts=REPLIES,
    regions={
        "GB": Region("GB", "United Kingdom", "999", "call your GP", "NHS 111"),
        "unknown": Region("unknown", "Anywhere", "112, 999 or 911", "call a doctor", ""),
    },
    sources={"nhs": Source("nhs", "Foot drop", "NHS", "https://www.nhs.uk/foot-drop", True)},
)
