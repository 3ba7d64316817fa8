"""Invented conversations in great numbers, of the shape that the gateway leaves them in. Pure.

Texts are put together from parts, so that there are common words, rare ones and phrases; none of
them holds personal data, so that looking for it can be left out.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.index.told import Line, Opinion, Visit
from records.models import DORSI, PATIENT

SUBJECTS = (
    "my foot", "my left foot", "the toes", "my ankle", "my leg", "the brace", "this exercise",
    "my knee", "walking", "the splint", "my shoe", "the numbness", "the weakness", "my balance",
)  # fmt: skip
HAPPENINGS = (
    "drags on the rug", "gets weaker in the evening", "feels heavy", "does not lift",
    "hurts after a while", "catches on every kerb", "slaps the floor", "tingles at night",
    "is worse in the heat", "makes me stumble", "swells a little", "got better last week",
)  # fmt: skip
QUESTIONS = (
    "what can i do", "is that normal", "how long does it take", "should i worry",
    "does a brace help", "will it come back", "may i still drive", "which shoes are right",
    "how often should i practise", "can it be the nerve", "do i need an operation", "why is that",
)  # fmt: skip
FILLERS = ("", "please", "again", "since spring", "for months", "honestly", "at work", "on stairs")
ANSWERS = (
    "Foot drop means that the front of the foot does not lift as it should.",
    "A brace holds the foot up while you walk, so that the toes clear the floor.",
    "Practise a little every day, and rest when you are tired.",
    "A physiotherapist can show you how to lift the knee a little more.",
    "See your doctor within a week or two if it gets weaker.",
    "Many people get better over months; how much is different for everybody.",
)
TOPICS = tuple(
    f"{family}/{name}"
    for family in ("causes", "devices", "exercises", "living", "recovery")
    for name in (
        "stroke",
        "ms",
        "nerve",
        "afo",
        "shoes",
        "driving",
        "falls",
        "work",
        "sport",
        "heat",
    )
)
FLAGS = (
    "cauda_equina",
    "stroke_signs",
    "clot",
    "self_harm",
    "fracture",
    "infection",
    "sudden_weak",
)
REGIONS = ("GB", "GB", "GB", "IE", "DE", "US", "US", "unknown")
RELEASES = ("dorsi-0123456789abcdef", "dorsi-fedcba9876543210", "dorsi-00112233445566aa")
LOOPS = ("action_safety_check", "action_exercise", "action_summary", "action_progress")
DAYS = 90
TURNS = (15.0, 5.0)
RARE = 2000
"""A rare word stands in about one conversation of so many."""


@dataclass(frozen=True)
class Invented:
    """A conversation."""

    visit: Visit
    lines: Sequence[Line]
    opinions: Sequence[Opinion]
    token: str


def conversations(count: int, present: datetime, seed: int = 7) -> Iterator[Invented]:
    """So many conversations of the last `DAYS` days."""
    draw = random.Random(seed)
    chains = [_id(draw) * 2 for _ in range(max(1, count // 3))]
    for number in range(count):
        began = present - timedelta(seconds=draw.uniform(60, DAYS * 86_400))
        session = _id(draw)
        visit = Visit(session, draw.choice(chains), draw.choice(REGIONS), began)
        yield _told(visit, number, draw)


def _told(visit: Visit, number: int, draw: random.Random) -> Invented:
    lines = [_line(visit, 1, DORSI, "I am Dorsi.", draw, kind="notice")]
    raised: dict[str, str] = {}
    for turn in range(max(1, round(draw.gauss(*TURNS)))):
        _turn(visit, lines, raised, draw, rare=f"rareword{number % RARE}" if turn == 1 else "")
    opinions = [
        Opinion(line.id, draw.random() < 0.7)
        for line in lines
        if line.direction == DORSI and draw.random() < 0.02
    ]
    return Invented(visit, lines, opinions, _id(draw) * 2)


def _turn(
    visit: Visit, lines: list[Line], raised: dict[str, str], draw: random.Random, rare: str
) -> None:
    is_button = draw.random() < 0.25
    payload = {"choice": _id(draw)} if is_button else {}
    text = "Show me more" if is_button else _said(draw, rare)
    said = _line(visit, len(lines) + 1, PATIENT, text, draw, payload=payload)
    lines.append(said)
    chance = draw.random()
    kind = "fallback" if chance < 0.04 else "clarify" if chance < 0.1 else "answer"
    kind = "question" if chance > 0.93 else kind
    sure = 1.0 if is_button else draw.betavariate(5, 1.5)
    topic = draw.choice(TOPICS) if kind == "answer" else None
    if draw.random() < 0.003:
        flag, level = draw.choice(FLAGS), draw.choice(("soon", "urgent", "emergency"))
        raised[flag] = level
        if level != "soon":
            warning = "Please get help now. This needs to be looked at today."
            more = {"kind": "escalation", "level": level, "reply_to": said.id}
            note = {"triage": {"raised": dict(raised)}, "outcome": "begun"}
            lines.append(_line(visit, len(lines) + 1, DORSI, warning, draw, note=note, **more))
    note = _note(kind, topic, sure, raised, draw)
    lines.append(
        _line(
            visit,
            len(lines) + 1,
            DORSI,
            _answered(draw),
            draw,
            kind=kind,
            topic=topic,
            reply_to=said.id,
            note=note,
            payload={"sources": [{"title": "A source", "url": "https://example.org/a"}]},
        )
    )


def _said(draw: random.Random, rare: str) -> str:
    parts = (
        draw.choice(SUBJECTS),
        draw.choice(HAPPENINGS),
        draw.choice(FILLERS),
        draw.choice(QUESTIONS) if draw.random() < 0.6 else "",
        rare,
    )
    return " ".join(part for part in parts if part)


def _answered(draw: random.Random) -> str:
    return " ".join(draw.sample(ANSWERS, 3))


def _note(
    kind: str, topic: str | None, sure: float, raised: dict[str, str], draw: random.Random
) -> dict[str, Any]:
    label = topic or draw.choice(TOPICS)
    share = round(sure, 4)
    return {
        "decision": {"clarify": "clarify", "fallback": "fallback"}.get(kind, "answer"),
        "label": label,
        "confidence": share,
        "topic": topic,
        "ranking": [[label, share], [draw.choice(TOPICS), round((1 - share) / 2, 4)]],
        "intent": label.partition("/")[0],
        "policy": "RulePolicy",
        "action": f"action_{kind}",
        **({"loop": draw.choice(LOOPS)} if kind == "question" else {}),
        "slots": {"topic": label},
        "threshold": 0.5,
        "answered_by": "rasa",
        "outcome": "answered",
        "result": "answered",
        "alarm": round(draw.betavariate(1, 30), 4),
        "ms": {"total": 41.2, "screen": 6.1, "rasa": 31.0},
        "release": draw.choice(RELEASES),
        "triage": {"raised": dict(raised)},
    }


def _line(
    visit: Visit, seq: int, direction: str, text: str, draw: random.Random, **more: Any
) -> Line:
    return Line(
        id=_id(draw),
        seq=seq,
        direction=direction,
        reply_to=more.get("reply_to"),
        text=text,
        kind=more.get("kind"),
        level=more.get("level", "none") if direction == DORSI else None,
        topic=more.get("topic"),
        payload=more.get("payload", {}),
        note=more.get("note"),
        at=visit.began_at + timedelta(seconds=17 * seq),
    )


def _id(draw: random.Random) -> str:
    return f"{draw.getrandbits(128):032x}"
