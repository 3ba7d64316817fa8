"""Whether every file has the fields of its kind, said in words for people who write no code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from rapidfuzz import process

from content.lint.documents import Document
from content.lint.problems import Problem, error
from content.lint.project import Project

SCHEMAS = Path(__file__).resolve().parent.parent / "schema"
_KINDS = {
    "string": "a text",
    "array": "a list",
    "object": "`name: value` lines",
    "boolean": "true or false",
    "null": "nothing",
}


class Failure(NamedTuple):
    """A rule of a schema that a value breaks.

    Attributes:
        rule: JSON Schema's name of the rule.
        allowed: what the rule allows.
        found: what stands there instead.
        schema: the part of the schema that holds the rule.
        steps: the way to the value.
    """

    rule: str
    allowed: Any
    found: Any
    schema: Mapping[str, Any]
    steps: tuple[str | int, ...]


def check(project: Project) -> Iterator[Problem]:
    """Fields that are missing, unknown or hold the wrong thing."""
    for document in project.documents:
        if document.schema and document.readable:
            for failure in _failures(document):
                yield from _explain(document, failure)


def _failures(document: Document) -> Iterator[Failure]:
    for broken in _validator(document.schema).iter_errors(document.content):
        steps = list(broken.absolute_path)
        # jsonschema names the parent for a bad name; its own line is the better one.
        if "propertyNames" in broken.absolute_schema_path:
            steps.append(str(broken.instance))
        rule: Any = broken.validator
        schema: Any = broken.schema
        yield Failure(rule, broken.validator_value, broken.instance, schema, tuple(steps))


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _explain(document: Document, failure: Failure) -> Iterator[Problem]:
    place = document.place(*failure.steps)
    if failure.rule == "required":
        for name in failure.allowed:
            if name not in failure.found:
                yield error(place, f"the field `{name}:` is missing", f"Add `{name}:` here.")
    elif failure.rule == "additionalProperties":
        known = list(failure.schema.get("properties", {}))
        for name in failure.found:
            if name not in known:
                wrong = f"the field `{name}:` is unknown"
                yield error(document.place(*failure.steps, name), wrong, _likely(name, known))
    else:
        yield error(place, _wrong(failure), _mend(failure))


def _likely(name: str, known: list[str]) -> str:
    best = process.extractOne(name, known, score_cutoff=60)
    if best:
        return f"Write `{best[0]}:` or delete it."
    return f"Delete it; allowed are {', '.join(known)}."


def _wrong(failure: Failure) -> str:
    names = [step for step in failure.steps if isinstance(step, str)]
    what = f"`{names[-1]}:`" if names else "the file"
    if failure.rule == "type":
        return f"{what} needs {_expected(failure)}, not {_found(failure.found)}"
    if failure.rule in ("minLength", "minItems"):
        return f"{what} is empty"
    if failure.rule == "maxItems":
        return f"{what} has {len(failure.found)} entries; at most {failure.allowed} are shown"
    if failure.rule == "uniqueItems":
        return f"{what} names the same thing twice"
    return f"{what} cannot be `{failure.found}`"


def _mend(failure: Failure) -> str:
    """The schema's own words if it has any: they stand beside the rule they explain."""
    if "description" in failure.schema:
        return str(failure.schema["description"])
    if failure.rule == "type":
        misread = isinstance(failure.found, (bool, int, float, dict))
        if "string" in failure.allowed and misread:
            return "Put it in quotes."
        return f"Write {_expected(failure)}."
    if failure.rule == "enum":
        return f"Write one of {', '.join(failure.allowed)}."
    if failure.rule in ("uniqueItems", "maxItems"):
        return "Delete what is too much."
    return "Fill it in."


def _expected(failure: Failure) -> str:
    types = [failure.allowed] if isinstance(failure.allowed, str) else failure.allowed
    return " or ".join(_KINDS[name] for name in types)


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes/no (true or false)"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, dict):
        return "`name: value` lines"
    return "a list" if isinstance(value, list) else "a text"
