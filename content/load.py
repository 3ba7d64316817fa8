"""Read ``data/`` into a :class:`~content.model.Catalogue`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from content.coach.load import load_coach
from content.files import DATA, naming, read_yaml, section, strings
from content.model import (
    Act,
    Aspect,
    Catalogue,
    Message,
    Outcome,
    Question,
    Region,
    SafetyCheck,
    Source,
    Topic,
)
from content.model import Advice as CheckAdvice
from content.names import Kind, TextId
from triage.model import Level

NOT_ACTS = ("texts", "aspects")


def load(data: Path = DATA) -> Catalogue:
    """Read every file under ``data``.

    Args:
        data: the folder that holds ``topics/``, ``conversation/`` and the lists beside them.

    Returns:
        The catalogue. References between files are not checked here: the content lint does.

    Raises:
        CatalogueError: a file is missing, is not YAML, or lacks a field.
    """
    conversation = data / "conversation"
    return Catalogue(
        topics={t.id: t for t in map(_topic, sorted((data / "topics").rglob("*.yml")))},
        acts={a.id: a for a in map(_act, _act_files(conversation))},
        aspects=_aspects(conversation / "aspects.yml"),
        texts=_texts(conversation / "texts.yml"),
        regions=_regions(data / "regions.yml"),
        sources=_sources(data / "sources.yml"),
        facts=_facts(data / "facts.yml"),
        words=_words(data / "words.yml"),
        safety_check=_safety_check(data / "safety_check.yml"),
        coach=load_coach(data),
    )


def _act_files(conversation: Path) -> Iterator[Path]:
    return (p for p in sorted(conversation.glob("*.yml")) if p.stem not in NOT_ACTS)


def _topic(path: Path) -> Topic:
    body = read_yaml(path)
    with naming(path):
        return Topic(
            id=body["id"],
            title=body["title"],
            scope=body["scope"],
            facts=strings(body.get("facts")),
            examples=strings(body["examples"]),
            answer=strings(body["answer"]),
            see_someone=body.get("see_someone"),
            follow_ups=strings(body["follow_ups"]),
            sources=strings(body["sources"]),
            reviewed=str(body["reviewed"]),
            review_due=str(body["review_due"]),
        )


def _act(path: Path) -> Act:
    body = read_yaml(path)
    with naming(path):
        return Act(body["id"], body["title"], strings(body["examples"]), _message(body))


def _aspects(path: Path) -> dict[str, Aspect]:
    found = section(path, "aspects")
    with naming(path):
        return {name: _aspect(name, body) for name, body in found.items()}


def _texts(path: Path) -> dict[TextId, Message]:
    found = section(path, "texts")
    with naming(path):
        return {TextId(name): _message(body) for name, body in found.items()}


def _regions(path: Path) -> dict[str, Region]:
    regions = read_yaml(path)
    with naming(path):
        return {
            code: Region(
                code,
                body["name"],
                body["emergency"],
                body["same_day"],
                body["advice_line"],
                body.get("crisis_lines") or (),
            )
            for code, body in regions.items()
        }


def _sources(path: Path) -> dict[str, Source]:
    sources = read_yaml(path)
    with naming(path):
        return {
            name: Source(name, body["title"], body["publisher"], body["url"], body["verified"])
            for name, body in sources.items()
        }


def _facts(path: Path) -> dict[str, str]:
    groups = read_yaml(path)
    with naming(path):
        return {name: text for group in groups.values() for name, text in group.items()}


def _words(path: Path) -> frozenset[str]:
    """The words of all groups; a folder may do without."""
    groups = read_yaml(path) if path.exists() else {}
    with naming(path):
        return frozenset(word for group in groups.values() for word in strings(group))


def _aspect(name: str, body: dict[str, Any]) -> Aspect:
    return Aspect(
        id=name,
        title=body["title"],
        examples=strings(body["examples"]),
        default=body.get("default"),
        after=body.get("after") or {},
        itself=strings(body.get("self")),
    )


def _safety_check(path: Path) -> SafetyCheck | None:
    """The safety check; None for a folder without one: there the signs are listed instead."""
    if not path.exists():
        return None
    body = read_yaml(path)
    with naming(path):
        return SafetyCheck(
            questions=tuple(_question(item) for item in body["questions"]),
            results={Level(name): CheckAdvice(**item) for name, item in body["results"].items()},
            texts=dict(body["texts"]),
            words={name: strings(phrases) for name, phrases in body["words"].items()},
            buttons=dict(body["buttons"]),
            offer_after=strings(body.get("offer_after")),
        )


def _question(body: Mapping[str, Any]) -> Question:
    outcomes = {name: _outcome(item) for name, item in body["answers"].items()}
    return Question(
        body["id"],
        body["ask"],
        body["ask_again"],
        body["why"],
        outcomes,
        body.get("ask_rest") or body["ask"],
    )


def _outcome(body: Mapping[str, Any]) -> Outcome:
    return Outcome(
        level=Level(body["level"]),
        reason=body["reason"],
        say=body["say"],
        flags=frozenset(strings(body.get("flags"))),
        signs=frozenset(strings(body.get("signs"))),
        patterns=strings(body.get("patterns")),
        ignore=frozenset(strings(body.get("ignore"))),
        onset=bool(body.get("onset")),
    )


def _message(body: Mapping[str, Any]) -> Message:
    return Message(Kind(body["kind"]), strings(body["reply"]), strings(body.get("buttons")))
