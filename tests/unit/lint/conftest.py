"""A tiny project without a fault, to which each test adds one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content.lint import findings
from content.lint.project import read_project

from .flagged import FILES as FLAGGED

TODAY = date(2026, 6, 1)

BRACE = "data/topics/brace/types.yml"
CAUSE = "data/topics/causes/stroke.yml"
GREET = "data/conversation/greet.yml"
ASPECTS = "data/conversation/aspects.yml"
TEXTS = "data/conversation/texts.yml"
REGIONS = "data/regions.yml"
SOURCES = "data/sources.yml"
FACTS = "data/facts.yml"
FAMILIES = "data/families.yml"
NAMES = "content/names.py"
ACTION = "actions/answer.py"


def examples(subject: str, indent: str = "  ") -> str:
    """Enough examples, all too short to be nearly like another."""
    return "\n".join(f"{indent}- {subject} question {number}" for number in range(25))


def topic(id_: str, subject: str, fact: str, follow_up: str) -> str:
    return f"""\
id: {id_}
title: About a {subject}
scope: What a {subject} is.
facts: [{fact}]
examples:
{examples(subject)}
answer:
  - It can help you to walk. Ask your doctor about it.
  - It is safe. You can try it at home.
see_someone: Tell your doctor if it hurts.
follow_ups:
  - {follow_up}
sources:
  - nhs-foot-drop
reviewed: "2026-01-15"
review_due: "2027-01-15"
"""


FILES = {
    BRACE: topic("brace/types", "brace", "T1", "causes/stroke"),
    CAUSE: topic("causes/stroke", "stroke", "C1", "brace/types"),
    GREET: f"""\
id: greet
kind: smalltalk
title: Hello
examples:
{examples("greeting")}
reply:
  - Hello. What would you like to know?
buttons:
  - brace/types
""",
    ASPECTS: f"""\
aspects:
  how_long:
    title: How long it takes
    examples:
{examples("time", "      ")}
    default: causes/stroke
    after:
      brace/*: brace/types
    self:
      - causes/stroke
""",
    TEXTS: """\
texts:
  welcome:
    kind: notice
    reply:
      - I am Dorsi. In an emergency, call {emergency}.
    buttons:
      - greet
  menu:
    kind: notice
    reply:
      - What would you like to know about?
""",
    REGIONS: """\
GB:
  name: United Kingdom
  emergency: "999"
  advice_line: NHS 111
  crisis_lines:
    - name: Samaritans
      number: "116 123"
  sources:
    - title: When to call 999
      publisher: NHS
      url: https://www.nhs.uk/999
      verified: true
      opened: "2026-01-15"
      # note: call 999 in danger and NHS 111 for advice; the Samaritans are at 116 123.
unknown:
  name: Anywhere
  emergency: "999"
  advice_line: ""
  crisis_lines: []
  sources: []
""",
    SOURCES: """\
nhs-foot-drop:
  title: Foot drop
  publisher: NHS
  url: https://www.nhs.uk/foot-drop
  verified: true
""",
    FACTS: "brace:\n  T1: A brace holds the foot up.\ncauses:\n  C1: A stroke can do it.\n",
    FAMILIES: "brace: Braces\ncauses: Causes\n",
    "domain.yml": """\
slots:
  topic:
    type: text
actions:
  - action_answer
""",
    NAMES: """\
from enum import Enum

class Intent(str, Enum):
    CHOOSE = "choose"

class ActId(str, Enum):
    GREET = "greet"

class TextId(str, Enum):
    WELCOME = "welcome"
    MENU = "menu"

class Slot(str, Enum):
    TOPIC = "topic"

class Action(str, Enum):
    ANSWER = "action_answer"
""",
    ACTION: """\
class ActionAnswer(Action):
    def name(self):
        return ActionName.ANSWER.value

    def run(self):
        return Slot.TOPIC, Intent.CHOOSE, TextId.MENU
""",
    "web/gateway/texts.py": 'WELCOME = "welcome"\nclass Only[Since312]: ...\n',
}


class Tiny:
    """The tiny project in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for path, text in FILES.items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Put ``new`` for the one ``old``."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def place(self, path: str, words: str) -> str:
        """``path:line`` of the first line that holds ``words``."""
        lines = self.read(path).splitlines()
        return f"{path}:{1 + next(n for n, line in enumerate(lines) if words in line)}"

    def findings(self, today: date = TODAY) -> list[str]:
        return [str(p) for p in findings(read_project(self.root / "data", self.root, today))]

    def only(self, today: date = TODAY) -> str:
        """The one finding there is."""
        found = self.findings(today)
        assert len(found) == 1, "\n".join(["not one finding:", *found])
        return found[0]


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path.resolve())


@pytest.fixture
def flagged(tiny: Tiny) -> Tiny:
    """The tiny project with a red flag."""
    for path, text in FLAGGED.items():
        tiny.write(path, text)
    return tiny
