"""Texts and buttons of ``data/coach/texts.yml``: each is said, and what is said is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from types import ModuleType
from typing import get_args

from actions.coach import after, away, body, choosing, ending, readying, steps, walk
from actions.exercises import showing
from actions.exercises.state import EASIER, HARDER, Stage
from content.names import Command
from diary.plan import Reason
from tests.unit.coach.coaching import the_coach

COACH = the_coach()
SPEAKING = (after, away, body, choosing, ending, readying, steps, walk, showing)
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
FIELDS = {"alt", "exercise", "least", "most", "repetitions", "seconds", "skipped", "url", "variant"}
"""Names in the same code of what a message or a visit carries."""

OFFERED = {
    *(*readying.LIST_BUTTONS, *choosing.OPENING, *choosing.CHECK_BUTTONS, *steps.BUTTONS),
    *(*body.ANSWERS, *body.AWAY_BUTTONS, *after.AGREEING, Command.SKIP.value),
    *(after.ANOTHER, after.PROGRESS, after.ENOUGH),
}
BY_VALUE = {Stage.EFFORT.value, Stage.PAIN.value, EASIER, HARDER}
"""Texts that have the name of the stage, or of the way, that they tell of."""


def written(module: ModuleType) -> Iterator[str]:
    """The names that stand in a module's code between quotation marks."""
    with open(str(module.__file__), encoding="utf-8") as source:
        tree = ast.parse(source.read())
    for node in ast.walk(tree):
        found = node.value if isinstance(node, ast.Constant) else None
        if isinstance(found, str) and NAME.fullmatch(found):
            yield found


NAMED = {name for module in SPEAKING for name in written(module)}


def test_every_text_is_said() -> None:
    assert set(COACH.texts) <= NAMED | BY_VALUE | set(get_args(Reason))


def test_every_text_that_is_named_exists() -> None:
    assert COACH.texts.keys() | COACH.buttons.keys() >= NAMED - FIELDS
    assert COACH.texts.keys() >= BY_VALUE


def test_every_button_is_offered_and_every_one_offered_has_its_words() -> None:
    assert set(COACH.buttons) == OFFERED
