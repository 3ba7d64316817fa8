"""What the screening makes of messages with one version of the red flags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.train import ROOT
from gate.remembering import checksum, of_files, remembered
from gate.safety.opinions import Remembering
from triage.files import CUES, FLAGS, LANGUAGE, WORDS
from triage.load import load
from triage.model import Level
from triage.screening import Screener

READ = (FLAGS, f"{LANGUAGE}/{WORDS}", f"{LANGUAGE}/{CUES}")
"""What screening reads of the content."""
EVERY = 500


@dataclass(frozen=True)
class Effect:
    """What came of a message.

    Attributes:
        ruled: the level that rules alone give it.
        flags: the flags that the rules raise, with their levels.
        level: the level that patients are told.
        raised: the flags behind it, with their levels.
    """

    ruled: Level
    flags: Mapping[str, Level]
    level: Level
    raised: Mapping[str, Level]


def same(live: Path, data: Path) -> bool:
    """Whether two versions of the content screen alike."""
    return _version(live) == _version(data)


def effects(
    data: Path, texts: Sequence[str], say: Callable[[float, str], None]
) -> Mapping[str, Effect]:
    """What comes of texts; what came of them before is read.

    Raises:
        KnowledgeError: the content cannot be read; the text names file and place.
    """

    def made() -> dict[str, list[object]]:
        screener = Screener(load(data), opinion := Remembering())
        found: dict[str, list[object]] = {}
        for at, text in enumerate(texts):
            if at % EVERY == 0:
                say(at / len(texts), f"screens {len(texts)} messages")
            ruled, told = screener.by_rules(text), screener.screen(text)
            found[text] = [
                ruled.level.value,
                {flag.id: flag.level.value for flag in ruled.flags},
                told.level.value,
                {flag.id: flag.level.value for flag in told.flags},
            ]
        opinion.keep()
        return found

    rows = remembered("screened", checksum(_version(data), list(texts)), made)
    return {
        text: Effect(Level(ruled), _levels(flags), Level(level), _levels(raised))
        for text, (ruled, flags, level, raised) in rows.items()
    }


def _levels(flags: Mapping[str, str]) -> Mapping[str, Level]:
    return {name: Level(level) for name, level in flags.items()}


def _version(data: Path) -> str:
    code = sorted((ROOT / "triage").glob("*.py"))
    weights = ROOT / "triage" / "weights" / "about.json"
    return of_files([*(data / name for name in READ), *code, weights])
