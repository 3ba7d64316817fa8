"""A gateway on a Rasa that is played, for what the chat does with a reply."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from deploy.stack import DIRECT, GATEWAY, LOOPBACK, free_port
from deploy.train import ROOT

START_SECONDS = 120.0

FOOT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240">
<path d="M60 40v110l150 40" fill="none" stroke="#0b5351" stroke-width="26"/></svg>"""
CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">
<script>parent.document.title = "run"</script><rect width="80" height="120" y="80" fill="#0b5351"/>
</svg>"""
ANSWER = {
    "text": "Foot drop means that the **front part** of your foot is hard to lift.\n"
    "- Your toes catch.\n- You may trip.",
    "kind": "answer",
    "topic": "causes/stroke",
    "sources": [
        {
            "title": "Foot drop",
            "url": "https://www.example.org/foot-drop",
            "publisher": "Example Trust",
            "reviewed": "2026-01-31",
        }
    ],
    "buttons": [
        {"title": "What may cause it", "payload": "act:causes"},
        {"title": "The first signs", "payload": "act:signs"},
    ],
}
STEP = {
    "text": "Lift your toes. Keep your heel down.",
    "kind": "exercise",
    "exercise": "toe_raises",
    "step": 2,
    "of": 5,
    "image": {"url": "/pictures/toe_raises/2.svg", "alt": "A foot with its toes up."},
    "buttons": [{"title": "Next", "payload": "act:exercise:next"}],
}
SPANS = {"repetitions": {"least": 2, "most": 3}, "seconds": {"least": 5, "most": 10}}
DOCUMENT = {
    "title": "Summary for my doctor",
    "made_on": "2026-11-21",
    "sections": [{"heading": "What I notice", "lines": [{"text": "Since May."}]}],
    "questions_heading": "Questions for my doctor",
    "notice": "Made from what the patient typed.",
}
ANSWERS: dict[str, list[dict[str, Any]]] = {
    "what is foot drop": [ANSWER],
    "show": [{**STEP, **SPANS}],
    "hold": [{**STEP, "seconds": {"least": 1, "most": 1}}],
    "long": [{**STEP, "seconds": {"least": 60, "most": 60}}],
    "count": [{**STEP, "repetitions": {"least": 2, "most": 3}}],
    "chart": [{"text": "Your last weeks.", "chart": {"svg": CHART, "alt": "Rising."}}],
    "summary": [{"text": "Here it is.", "document": DOCUMENT}],
    "spoken": [{**STEP, "text": "Step 2 of 5. Lift your toes."}],
    "remember": [{"text": "I will remember.", "remember": True}],
    "forget": [{"text": "Forgotten.", "remember": False}],
}


class PlayedRasa(ThreadingHTTPServer):
    """Answers a message with what `ANSWERS` has for its text, and anything else with a word."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _Webhook)
        self.heard: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}"

    def texts(self) -> list[str]:
        """What patients wrote, in the order in which it came here."""
        return [body["text"] for body in self.heard if body.get("text")]

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        self.heard.append(body)
        said = ANSWERS.get(body.get("text", ""), [{"text": "I heard you."}])
        return {"messages": said, "understanding": {}, "diary": None}


class _Webhook(BaseHTTPRequestHandler):
    server: PlayedRasa

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps(self.server.answer(body)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


@contextmanager
def gateway(rasa: PlayedRasa | None, data: Path, state: Path, origins: str = "") -> Iterator[str]:
    """The address of a gateway that asks this Rasa, or one that is not there.

    Args:
        rasa: who answers.
        data: the content.
        state: the folder for the database.
        origins: other sites whose pages may use it.
    """
    port = free_port()
    variables = {
        **os.environ,
        "PORT": str(port),
        "DORSI_HOME": str(state),
        "DORSI_DATA": str(data),
        "DATABASE_URL": "",
        "DORSI_ORIGINS": origins,
        "DORSI_RATE_LIMIT": "off",
        "RASA_URL": rasa.url if rasa else f"http://{LOOPBACK}:{free_port()}",
    }
    if rasa:
        threading.Thread(target=rasa.serve_forever, daemon=True).start()
    run = [GATEWAY, "-m", "gateway"]
    subprocess.run([*run, "migrate"], cwd=ROOT / "web", env=variables, check=True)
    process = subprocess.Popen(run, cwd=ROOT / "web", env=variables, stderr=subprocess.DEVNULL)
    try:
        url = f"http://{LOOPBACK}:{port}"
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait(30)
        if rasa:
            rasa.shutdown()
            rasa.server_close()


def _wait_for(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            DIRECT.open(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
