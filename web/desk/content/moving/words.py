"""A reference in words: what it is, and of what. Pure."""

from collections.abc import Mapping

from desk.content.bodies import body
from desk.content.moving.references import How, Key, Reference

_ASPECTS = "data/conversation/aspects.yml"
_TEXTS = "data/conversation/texts.yml"
_SAFETY_CHECK = "data/safety_check.yml"
_RECOVERY = "data/recovery.yml"
_LEARNING = "data/triage/learning/"
# By the last name on the way to it.
_WORDS: Mapping[str, str] = {
    "follow_ups": "A follow-up of",
    "buttons": "A button below",
    "topic": "The topic of",
    "scope": "The scope of",
    "sources": "A source of",
    "next": "What is offered after",
}


def said(reference: Reference, files: Mapping[str, str]) -> str:
    """What a reference is, as a page names it: "A button below “Hello”".

    Args:
        reference: where something is named.
        files: the texts of the content files by their paths.
    """
    path, names = reference.path, _names(reference.key)
    if path == _ASPECTS:
        return f"The aspect “{_aspect(reference.key, files)}” ({_side(reference)})"
    if path == _SAFETY_CHECK:
        return f"The safety check ({' > '.join(names)})"
    if path == _RECOVERY:
        return f"How long recovery takes ({' > '.join(names)})"
    if path.startswith(_LEARNING):
        return f"Sentences that red flags are learned from ({path.rpartition('/')[2]})"
    owner = names[1] if path == _TEXTS and len(names) > 1 else _title(path, files)
    what = _WORDS.get(names[-1], f"{names[-1].replace('_', ' ').capitalize()} of")
    return f"{what} “{owner}”"


def _names(key: Key) -> list[str]:
    """The names on the way, without the places in lists."""
    return [step for step in key if not step.isdigit()]


def _title(path: str, files: Mapping[str, str]) -> str:
    found = body(files.get(path, ""))
    return str(found.get("title") or found.get("name") or path)


def _aspect(key: Key, files: Mapping[str, str]) -> str:
    aspects = body(files.get(_ASPECTS, "")).get("aspects")
    found = aspects.get(key[1]) if isinstance(aspects, dict) and len(key) > 1 else None
    return str(found.get("title", key[1])) if isinstance(found, dict) else " > ".join(key)


def _side(reference: Reference) -> str:
    if "self" in reference.key:
        return "the topic answers it itself"
    if "default" in reference.key:
        return "the answer where no other fits"
    if reference.how is How.NAME:
        return "what is answered after the topic"
    return f"the answer after {reference.key[-1]}"
