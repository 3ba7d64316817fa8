"""A change request, and a workbench that is played."""

from pathlib import Path
from typing import Any

import pytest

from desk.access.permissions import Role
from desk.workbench.client import Workbench
from tests.desk.changes.conftest import opened
from tests.desk.conftest import Client, SignedIn

type Asked = tuple[str, dict[str, Any]]

LABELS = [
    {"id": "brace/types", "title": "Kinds of brace", "probability": 0.9},
    {"id": "greet", "title": "Hello", "probability": 0.1},
]


class Played:
    """Answers in the workbench's place; `asked` is what it was asked, `answers` what it says.

    An answer that is an exception is raised, one that can be called is called.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[str, Any] = {
            "understand": {
                "decision": "answer",
                "label": "brace/types",
                "title": "Kinds of brace",
                "confidence": 0.9,
                "candidates": [],
                "labels": LABELS,
            },
            "screen": {"level": "none", "flags": [], "unsure": None},
            "near": lambda asked: [
                [
                    {
                        "text": "which braces are there",
                        "label": "brace/types",
                        "title": "Kinds of brace",
                        "path": "data/topics/brace/types.yml",
                        "likeness": 0.8,
                        "spelling": 0.9,
                        "near": True,
                    }
                ]
                for _ in asked["texts"]
            ],
        }

    def of(self, what: str) -> list[dict[str, Any]]:
        """With what it was asked something."""
        return [asked for name, asked in self.asked if name == what]

    async def ask(self, what: str, *, timeout: float = 0.0, **arguments: Any) -> Any:
        self.asked.append((what, arguments))
        answer = self.answers[what]
        if isinstance(answer, Exception):
            raise answer
        return answer(arguments) if callable(answer) else answer


@pytest.fixture
def workbench(monkeypatch: pytest.MonkeyPatch) -> Played:
    played = Played()

    async def ask(_: Workbench, what: str, **arguments: Any) -> Any:
        return await played.ask(what, **arguments)

    monkeypatch.setattr(Workbench, "ask", ask)
    return played


@pytest.fixture
async def ann(signed_in: SignedIn, content_repository: Path) -> Client:
    """An editor."""
    return await signed_in(Role.EDITOR, name="ann")


@pytest.fixture
async def change(ann: Client) -> int:
    """A change request of hers."""
    return await opened(ann)
