"""The protocol: ``{"id": 1, "ask": "measure", …}`` in, ``{"id": 1, "answer": …}`` out, a line each.

Answers come as they are ready. What shares a lane is answered in its order, so that a quick
question never waits for a model to be read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, TextIO

log = logging.getLogger(__name__)

BROKEN = "Something went wrong at the workbench. If it happens again, tell a programmer."


class Cannot(Exception):
    """What was asked cannot be answered; the text says why, and what to do."""


@dataclass(frozen=True)
class Tool:
    """What answers one kind of question.

    Attributes:
        answer: gets what stands beside ``id`` and ``ask``; gives what JSON can hold.
        lane: what is asked of one lane is answered one after the other.
    """

    answer: Callable[..., Any]
    lane: str


def serve(tools: Mapping[str, Tool], questions: Iterable[bytes], answers: TextIO) -> None:
    """Answer every line of ``questions``; what is under way at their end is answered still."""
    lock = Lock()
    lanes = {tool.lane: ThreadPoolExecutor(1) for tool in tools.values()}

    def say(id_: object, done: Future[Any]) -> None:
        line = json.dumps({"id": id_, **_outcome(done)})
        with lock:
            answers.write(f"{line}\n")
            answers.flush()

    for line in questions:
        question = _read(line)
        id_, what = question.pop("id", None), question.pop("ask", None)
        tool = tools.get(str(what))
        if tool is None:
            done: Future[Any] = Future()
            done.set_exception(Cannot(f"Ask one of {', '.join(tools)}, in a line of JSON."))
        else:
            done = lanes[tool.lane].submit(tool.answer, **question)
        done.add_done_callback(partial(say, id_))
    for lane in lanes.values():
        lane.shutdown()


def _read(line: bytes) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return question if isinstance(question, dict) else {}


def _outcome(done: Future[Any]) -> dict[str, Any]:
    failure = done.exception()
    if failure is None:
        return {"answer": done.result()}
    if isinstance(failure, Cannot):
        return {"error": str(failure)}
    log.error("a question failed", exc_info=failure)
    return {"error": BROKEN}
