"""Read ``data/`` into a :class:`~catalogue.model.Catalogue`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from catalogue.model import Act, Aspect, Catalogue, Message, Region, Source, Topic
from catalogue.names import Kind, TextId

DATA = Path(__file__).resolve().parent.parent / "data"
NOT_ACTS = ("texts", "aspects")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CatalogueError(ValueError):
    """A file in ``data/`` cannot be read; the text names the file, the line and the mend."""


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
    )


def read_yaml(path: Path) -> Mapping[str, Any]:
    """The mapping a YAML file holds.

    Raises:
        CatalogueError: the file is missing, is not YAML or is not a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, yaml.reader.ReaderError) as error:
        raise CatalogueError(f"{path}:1: not UTF-8 text. Save the file as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(
            f"{path}:{line}: not valid YAML ({error.problem}). Put the text in quotes?"
        ) from error
    if not isinstance(content, dict):
        raise CatalogueError(f"{path}:1: expected `name: value` lines at the top level")
    return content


def _section(path: Path, key: str) -> Mapping[str, Any]:
    section = read_yaml(path).get(key)
    if not isinstance(section, dict):
        raise CatalogueError(f"{path}:1: expected one top-level key `{key}:`")
    return section


def _act_files(conversation: Path) -> Iterator[Path]:
    return (p for p in sorted(conversation.glob("*.yml")) if p.stem not in NOT_ACTS)


def _topic(path: Path) -> Topic:
    body = read_yaml(path)
    with _naming(path):
        return Topic(
            id=body["id"],
            title=body["title"],
            scope=body["scope"],
            facts=_strings(body.get("facts")),
            examples=_strings(body["examples"]),
            answer=_strings(body["answer"]),
            see_someone=body.get("see_someone"),
            follow_ups=_strings(body["follow_ups"]),
            sources=_strings(body["sources"]),
            reviewed=str(body["reviewed"]),
            review_due=str(body["review_due"]),
        )


def _act(path: Path) -> Act:
    body = read_yaml(path)
    with _naming(path):
        return Act(body["id"], body["title"], _strings(body["examples"]), _message(body))


def _aspects(path: Path) -> dict[str, Aspect]:
    section = _section(path, "aspects")
    with _naming(path):
        return {name: _aspect(name, body) for name, body in section.items()}


def _texts(path: Path) -> dict[TextId, Message]:
    section = _section(path, "texts")
    with _naming(path):
        return {TextId(name): _message(body) for name, body in section.items()}


def _regions(path: Path) -> dict[str, Region]:
    regions = read_yaml(path)
    with _naming(path):
        return {
            code: Region(code, body["name"], body["emergency"], body["advice_line"])
            for code, body in regions.items()
        }


def _sources(path: Path) -> dict[str, Source]:
    sources = read_yaml(path)
    with _naming(path):
        return {
            name: Source(name, body["title"], body["publisher"], body["url"], body["verified"])
            for name, body in sources.items()
        }


def _facts(path: Path) -> dict[str, str]:
    groups = read_yaml(path)
    with _naming(path):
        return {name: text for group in groups.values() for name, text in group.items()}


def _aspect(name: str, body: dict[str, Any]) -> Aspect:
    return Aspect(
        id=name,
        title=body["title"],
        examples=_strings(body["examples"]),
        default=body.get("default"),
        after=body.get("after") or {},
        itself=_strings(body.get("self")),
    )


def _message(body: Mapping[str, Any]) -> Message:
    return Message(Kind(body["kind"]), _strings(body["reply"]), _strings(body.get("buttons")))


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in value or ())


class _naming:
    """Turns a missing or misshapen field into an error that names the file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, KeyError):
            raise CatalogueError(f"{self.path}:1: add the field `{error.args[0]}:`") from error
        if isinstance(error, (AttributeError, TypeError, ValueError)):
            raise CatalogueError(
                f"{self.path}:1: a field does not hold what it should ({error}). "
                "Run `make lint-content`: it names the line."
            ) from error
