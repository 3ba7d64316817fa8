"""Which tests name a topic: a programmer has to follow what becomes of it there."""

from collections.abc import Sequence
from pathlib import Path

from desk.content.moving.references import named_pattern
from desk.settings import REPOSITORY

TESTS = REPOSITORY / "tests"


def naming(id: str, tests: Path = TESTS) -> Sequence[str]:
    """The test files that name an id, from the repository's root on; none where there are no tests.

    Args:
        id: a topic's.
        tests: the folder of the tests.
    """
    named = named_pattern(id)
    found = [file for file in sorted(tests.rglob("*.yml")) if named.search(_text(file))]
    return [f"tests/{file.relative_to(tests).as_posix()}" for file in found]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
