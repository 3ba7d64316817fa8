"""The project that somebody would begin with: the default configuration, and our data in it.

Every label is an intent with one response, and a rule answers it wherever it comes. Beside the
rules stands a story for each topic, which is what TED and UnexpecTED learn from; since the rules
decide, few epochs of these two change nothing in what is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from content import Catalogue, load
from content.examples import labelled_examples
from content.names import Intent, TextId
from tests.rasa_default import default_config, flat

VERSION = "3.1"
GREET, THANKS = "greet", "thanks"
SESSION = {"session_expiration_time": 60, "carry_over_slots_to_new_session": True}
"""As `rasa init` writes it."""
RUNNING = {
    "endpoints.yml": {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "rasa.db"}},
    "credentials.yml": {"rest": None},
}
"""Without a store conversations end with the process: whoever keeps them begins with this one."""


def write(folder: Path, epochs: int, examples: int | None = None) -> None:
    """Write the project's files.

    Args:
        folder: where to; it must be there.
        epochs: of every network.
        examples: so many of each label alone; all if not given.
    """
    for name, content in files(load(), epochs, examples).items():
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
        (folder / name).write_text(text, encoding="utf-8")


def files(catalogue: Catalogue, epochs: int, examples: int | None) -> dict[str, Any]:
    """What each file of the project holds."""
    said = responses(catalogue)
    return {
        "config.yml": {**default_config(epochs), "assistant_id": "default"},
        "domain.yml": {
            "version": VERSION,
            "intents": [intent for intent in said if intent != Intent.FALLBACK.value],
            "responses": {_utter(intent): [{"text": text}] for intent, text in said.items()},
            "session_config": SESSION,
        },
        "nlu.yml": {"version": VERSION, "nlu": list(_nlu(catalogue, examples))},
        "rules.yml": {
            "version": VERSION,
            "rules": [{"rule": f"answer {intent}", "steps": _steps([intent])} for intent in said],
        },
        "stories.yml": {"version": VERSION, "stories": list(_stories(catalogue))},
        **RUNNING,
    }


def responses(catalogue: Catalogue) -> dict[str, str]:
    """What is said to each intent; a question that leans on another gets its usual answer."""
    fallback = " ".join(catalogue.texts[TextId.FALLBACK_FIRST].reply)
    topics = {
        topic.id: " ".join([*topic.answer, topic.see_someone or ""]).strip()
        for topic in catalogue.topics.values()
    }
    acts = {act.id: " ".join(act.message.reply) for act in catalogue.acts.values()}
    aspects = {
        f"{Intent.ASPECT.value}/{aspect.id}": topics.get(aspect.default or "", fallback)
        for aspect in catalogue.aspects.values()
    }
    said = {**topics, **acts, **aspects, Intent.FALLBACK.value: fallback}
    # In a response, braces would name a slot.
    return {flat(label): text.replace("{", "").replace("}", "") for label, text in said.items()}


def _nlu(catalogue: Catalogue, examples: int | None) -> Iterator[dict[str, str]]:
    grouped: dict[str, list[str]] = {}
    for label, text in labelled_examples(catalogue):
        grouped.setdefault(flat(label), []).append(" ".join(text.split()))
    for intent, texts in grouped.items():
        lines = (f"- {text}\n" for text in islice(texts, examples))
        yield {"intent": intent, "examples": "".join(lines)}


def _stories(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for topic in catalogue.topics.values():
        said = [GREET, topic.id, *topic.follow_ups[:1], THANKS]
        known = [
            flat(label) for label in said if label in catalogue.topics or label in catalogue.acts
        ]
        yield {"story": f"about {topic.id}", "steps": _steps(known)}


def _steps(intents: Iterable[str]) -> list[dict[str, str]]:
    steps = []
    for intent in intents:
        steps += [{"intent": intent}, {"action": _utter(intent)}]
    return steps


def _utter(intent: str) -> str:
    return f"utter_{intent}"
