"""The protocol of the workbench, line by line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from threading import Event
from typing import Any

from deploy.train import ROOT
from workbench.serving import BROKEN, Cannot, Tool, serve


def ask(tools: dict[str, Tool], *lines: str) -> list[dict[str, Any]]:
    """What comes out, in its order."""
    out = io.StringIO()
    serve(tools, [line.encode() for line in lines], out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def question(id_: int, what: str, **arguments: object) -> str:
    return json.dumps({"id": id_, "ask": what, **arguments})


def test_a_question_gets_the_answer_of_its_id() -> None:
    tools = {"double": Tool(lambda number: 2 * number, "a")}
    found = ask(tools, question(1, "double", number=4), question(2, "double", number=5))
    assert found == [{"id": 1, "answer": 8}, {"id": 2, "answer": 10}]


def test_a_slow_lane_holds_no_other_up() -> None:
    quick = Event()
    tools = {
        "slow": Tool(lambda: quick.wait(20), "slow"),
        "quick": Tool(quick.set, "quick"),
    }
    found = ask(tools, question(1, "slow"), question(2, "quick"))
    assert [one["id"] for one in found] == [2, 1]
    assert found[1]["answer"] is True


def test_what_cannot_be_answered_says_why() -> None:
    def refuse() -> None:
        raise Cannot("There is no such model.")

    assert ask({"x": Tool(refuse, "a")}, question(1, "x")) == [
        {"id": 1, "error": "There is no such model."}
    ]


def test_a_failure_ends_one_question_and_no_more() -> None:
    tools = {"x": Tool(lambda number: 1 // number, "a")}
    found = ask(tools, question(1, "x", number=0), question(2, "x"), question(3, "x", number=1))
    assert found == [
        {"id": 1, "error": BROKEN},
        {"id": 2, "error": BROKEN},
        {"id": 3, "answer": 1},
    ]


def test_what_is_no_question_is_told_what_one_is() -> None:
    tools = {"x": Tool(lambda: 1, "a")}
    for line in ("", "{", "[1]", '"x"', "[" * 100_000, question(7, "y")):
        (found,) = ask(tools, line)
        assert found["error"].startswith("Ask one of x")
    assert found["id"] == 7


def test_the_process_answers_and_ends_with_its_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workbench"],
        cwd=ROOT,
        input=f"{question(1, 'measure', texts=['It is a word.'])}\n",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["answer"]["whole"]["words"] == 4
