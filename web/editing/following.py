"""The fields of kinds whose files differ in what they hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from editing.shapes import Field, Key, Kind, Shape
from editing.tables import LEVELS, REVIEW, SOURCES, field

_SAY = {
    "advice": "What to do, with {emergency} or {same_day}.",
    "reason": "Why, in one sentence.",
    "meanwhile": "What to do until help comes.",
    "safety_net": "When to call for help after all.",
    "call_line": "What to say on the telephone.",
}
_PATTERNS = "In the notation of the red flags; see docs/red_flags.md."


def follow(kind: Kind, value: Mapping[str, Any]) -> Sequence[Field]:
    """The fields of a kind whose files differ in what they hold."""
    match kind:
        case Kind.TEXTS:
            return tuple(_texts(value))
        case Kind.RED_FLAG:
            return tuple(_red_flag(value))
        case Kind.REGIONS:
            return tuple(_regions(value))
        case Kind.SOURCES:
            return tuple(_sources(value))
        case _:
            return tuple(_safety_check(value))


def words(name: str) -> str:
    """A name of the files as words: `safety_net` is "Safety net"."""
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _texts(value: Mapping[str, Any]) -> Iterator[Field]:
    for name in _part(value, "texts"):
        key = ("texts", name)
        yield Field((*key, "reply"), words(name), "One or more messages.", Shape.PARAGRAPHS)
        buttons = f"{words(name)}: buttons"
        yield Field(
            (*key, "buttons"), buttons, "At most four topics or acts.", Shape.IDS, required=False
        )


def _red_flag(value: Mapping[str, Any]) -> Iterator[Field]:
    yield field("title", "Title", "What it is called at the desk.", Shape.LINE)
    yield field("level", "Level", "How soon somebody needs help.", Shape.CHOICE, choices=LEVELS)
    yield field("clinical_owner", "Clinical owner", "Who answers for it.", Shape.LINE)
    yield field("clinically_reviewed", "Clinically reviewed", "By its owner.", Shape.FLAG)
    yield from REVIEW
    yield field("sources", "Sources", SOURCES, Shape.IDS)
    for level in LEVELS:
        there = _part(_part(value, "say"), level)
        for name, help in _SAY.items() if there else ():
            key = ("say", level, name)
            needed = name in there
            yield Field(key, f"{words(level)}: {words(name).lower()}", help, Shape.TEXT, needed)
    yield field("ask", "Question", "Asked where it is not sure.", Shape.TEXT, required=False)
    for name in ("words", "signs", "rules"):
        yield field(name, words(name), _PATTERNS, Shape.YAML)
    yield from _lists(value, "must_fire", "Must be found", "Messages that have to be found.")
    yield from _lists(value, "must_not_fire", "Must not be found", "Messages that must not be.")


def _regions(value: Mapping[str, Any]) -> Iterator[Field]:
    helps = {
        "name": "The country.",
        "same_day": 'Whom to call for help the same day, as it follows "please".',
        "emergency": "The emergency number. A wrong number is the worst of all faults.",
        "advice_line": "The line for advice; may be empty.",
    }
    for code, region in value.items():
        shown = str(_part(value, code).get("name", code)) if isinstance(region, dict) else code
        for name, help in helps.items():
            yield Field(
                (code, name),
                f"{shown}: {words(name).lower()}",
                help,
                Shape.LINE,
                name != "advice_line",
            )
        yield Field(
            (code, "crisis_lines"),
            f"{shown}: crisis lines",
            "Each with `name` and `number`.",
            Shape.YAML,
        )
        yield Field(
            (code, "sources"),
            f"{shown}: sources",
            "The pages the numbers were read on.",
            Shape.YAML,
        )


def _sources(value: Mapping[str, Any]) -> Iterator[Field]:
    for name in value:
        yield Field((name, "publisher"), f"{name}: publisher", "Who published it.", Shape.LINE)
        yield Field((name, "title"), f"{name}: title", "What it is called.", Shape.LINE)
        yield Field((name, "url"), f"{name}: address", "Where it is.", Shape.LINE)
        yield Field(
            (name, "verified"),
            f"{name}: verified",
            "Somebody opened it and found there what we say.",
            Shape.FLAG,
        )


def _safety_check(value: Mapping[str, Any]) -> Iterator[Field]:
    yield field("offer_after", "Offered after", "The topics it is offered after.", Shape.IDS)
    for question in value.get("questions") or ():
        if isinstance(question, dict) and isinstance(question.get("id"), str):
            yield from _question(question["id"])
    for name in _part(value, "results"):
        for part, help in (
            ("do", "What to do."),
            ("reason", "Why."),
            ("sooner", "When to go sooner."),
            ("say", "For the telephone."),
        ):
            label = f"Result {name}: {part}"
            yield Field(("results", name, part), label, help, Shape.TEXT)
    for name in _part(value, "texts"):
        yield Field(("texts", name), f"Text: {words(name).lower()}", "Said by Dorsi.", Shape.TEXT)
    for name in _part(value, "buttons"):
        yield Field(("buttons", name), f"Button: {words(name).lower()}", "Its words.", Shape.LINE)
    for name in _part(value, "words"):
        label = f"Words: {words(name).lower()}"
        yield Field(("words", name), label, "How people answer.", Shape.LINES)


def _question(id: str) -> Iterator[Field]:
    shown, key = words(id), ("questions", id)
    yield Field((*key, "ask"), f"{shown}: question", "Asked first.", Shape.TEXT)
    yield Field((*key, "ask_again"), f"{shown}: in other words", "When it was unclear.", Shape.TEXT)
    yield Field(
        (*key, "ask_rest"),
        f"{shown}: the graver half",
        "Asked of those who told the rest.",
        Shape.TEXT,
        required=False,
    )
    yield Field((*key, "why"), f"{shown}: why", "Why it is asked.", Shape.TEXT)
    yield Field(
        (*key, "answers"), f"{shown}: answers", f"What each answer means. {_PATTERNS}", Shape.YAML
    )


def _lists(value: Mapping[str, Any], name: str, label: str, help: str) -> Iterator[Field]:
    for part in _part(value, name):
        key: Key = (name, part)
        yield Field(key, f"{label}: {words(part).lower()}", help, Shape.LINES)


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}
