"""Reads what the library knows from the content files: words, cues, signs, and flags with rules."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.cues import Cue, Scope
from triage.files import CUES, FLAGS, HOME, LANGUAGE, WORDS, KnowledgeError, read
from triage.knowledge import Knowledge, RedFlag, Rule, Sign
from triage.model import Level, Status
from triage.pattern import Pattern, PatternError, parse
from triage.spelling import Speller
from triage.text import Reader


@lru_cache(maxsize=2)
def load(home: Path = HOME) -> Knowledge:
    """Read the content files.

    Args:
        home: the folder with ``red_flags`` and ``triage``.

    Raises:
        KnowledgeError: a file is missing or wrong.
    """
    words = read(home / LANGUAGE / WORDS)
    cues = read(home / LANGUAGE / CUES)
    sources = {file: read(file) for file in sorted((home / FLAGS).glob("*.yml"))}
    raw_groups: dict[str, list[str]] = dict(words["groups"])
    for document in sources.values():
        own = document.get("words", {})
        raw_groups |= {_own(document, name): members for name, members in own.items()}
    reader = Reader(words["lemmas"], Speller(_vocabulary(raw_groups, cues, sources)))
    groups = {
        name: [[reader.lemma(part) for part in _plain(str(member)).split()] for member in members]
        for name, members in raw_groups.items()
    }
    build = _Builder(reader, groups)
    signs = {sign.id: sign for file, doc in sources.items() for sign in build.signs(doc, file)}
    flags = [build.flag(doc, file, signs) for file, doc in sources.items()]
    return Knowledge(
        reader=reader,
        groups=groups,
        cues=tuple(build.cues(cues, home / LANGUAGE / CUES)),
        signs=signs,
        flags={flag.id: flag for flag in flags},
    )


def _own(document: Mapping[str, Any], name: str) -> str:
    """The full name of something that a flag's file names for itself."""
    return f"{document['id']}.{name}" if "id" in document else name


def _plain(text: str) -> str:
    return text.lower().replace("'", "").replace("cannot", "can not")


class _Builder:
    """Turns documents into values; every error names the file."""

    def __init__(self, reader: Reader, groups: Mapping[str, Any]) -> None:
        self._lemma = reader.lemma
        self._groups = groups

    def pattern(self, source: str, file: Path, owner: Mapping[str, Any] | None = None) -> Pattern:
        """One pattern; a group's name means the file's own group before a shared one."""

        def name(key: str) -> str:
            if not key.startswith("{"):
                return self._lemma(key)
            for full in (_own(owner or {}, key[1:-1]), key[1:-1]):
                if full in self._groups:
                    return f"{{{full}}}"
            raise PatternError(f"`{source}`: no group is called `{key[1:-1]}`")

        try:
            return parse(source.lower(), name)
        except PatternError as error:
            raise KnowledgeError(f"{file}: {error}") from None

    def cues(self, document: Mapping[str, Any], file: Path) -> Iterator[tuple[Cue, Pattern]]:
        """The cues of ``cues.yml``."""
        for kind, scopes in document.items():
            lifts = kind in {"present", "pseudo"}
            for scope, patterns in scopes.items():
                always = scope.endswith("_always")
                cue = Cue(
                    status=None if lifts else Status(kind),
                    scope=Scope(scope.removesuffix("_always")),
                    yields=not always and kind not in {Status.NEGATED.value, Status.IDIOM.value},
                    lifts=kind if lifts else "",
                )
                for source in patterns:
                    yield cue, self.pattern(str(source), file)

    def signs(self, document: Mapping[str, Any], file: Path) -> Iterator[Sign]:
        """The signs of one file."""
        for name, spec in document.get("signs", {}).items():
            patterns = spec["patterns"] if isinstance(spec, dict) else spec
            ignored = spec.get("ignore", ()) if isinstance(spec, dict) else ()
            yield Sign(
                _own(document, name),
                tuple(self.pattern(str(source), file, document) for source in patterns),
                frozenset(Status(status) for status in ignored),
            )

    def flag(self, document: Mapping[str, Any], file: Path, signs: Container[str]) -> RedFlag:
        """The flag of one file; a sign's name means the file's own before a shared one."""

        def full(names: Iterable[str]) -> frozenset[str]:
            found = {n if (own := _own(document, n)) not in signs else own for n in names}
            for missing in (name for name in found if name not in signs):
                raise KnowledgeError(f"{file}: rules: no sign is called `{missing}`")
            return frozenset(found)

        level = Level(document["level"])
        rules = tuple(
            Rule(
                level=Level(rule.get("level", level.value)),
                any=full(rule.get("any", ())),
                all=full(rule.get("all", ())),
                unless=full(rule.get("unless", ())),
                sentence=rule.get("within") == "sentence",
                sure=rule.get("sure", False),
            )
            for rule in document.get("rules", ())
        )
        say = {Level(name): dict(texts) for name, texts in document.get("say", {}).items()}
        signs_of_rules = frozenset[str]().union(*(rule.any | rule.all for rule in rules))
        ask = str(document.get("ask", ""))
        return RedFlag(document["id"], level, rules, say, ask, signs_of_rules)


def _vocabulary(
    groups: Mapping[str, list[str]], cues: Mapping[str, Any], sources: Mapping[Path, Any]
) -> Iterator[str]:
    """Every word that a pattern or a group names: spelling is mended towards these."""
    texts = [str(member) for members in groups.values() for member in members]
    texts += [
        str(pattern) for scopes in cues.values() for found in scopes.values() for pattern in found
    ]
    for document in sources.values():
        for spec in document.get("signs", {}).values():
            texts += map(str, spec["patterns"] if isinstance(spec, dict) else spec)
    for text in texts:
        for part in text.replace("|", " ").split():
            yield part.strip("=?'").lower()
