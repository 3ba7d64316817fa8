"""A gateway on a Rasa that is played, for what the page does with a reply."""

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

START_SECONDS = 30.0


class PlayedRasa(ThreadingHTTPServer):
    """Answers a message with what was put down for its text, and anything else with a word."""

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _Webhook)
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.heard: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}"

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        self.heard.append(body)
        said = self.answers.get(body.get("text", ""), [{"text": "I heard you."}])
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
def gateway(rasa: PlayedRasa, data: Path, state: Path) -> Iterator[str]:
    """The address of a gateway that asks this Rasa."""
    port = free_port()
    variables = {
        **os.environ,
        "PORT": str(port),
        "DORSI_HOME": str(state),
        "DORSI_DATA": str(data),
        "DATABASE_URL": "",
        "RASA_URL": rasa.url,
    }
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
        rasa.shutdown()


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
