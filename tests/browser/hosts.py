"""Pages of another origin with the chat on them: strict ones, hostile ones, crowded ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from deploy.stack import LOOPBACK

# The lines that the page on embedding names, and not one more.
STRICT = (
    "default-src 'none'; script-src 'self' {gateway}; connect-src 'self' {gateway}; "
    "img-src 'self' blob: {gateway}; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)
HOSTILE = """
* { all: revert !important; display: none !important; letter-spacing: 2em !important;
    font: 90px serif !important; color: yellow !important; background: yellow !important; }
html, body { display: block !important; }
div, section, main, header, footer, p, span, ul, li { position: absolute !important;
    transform: rotate(20deg) !important; }
button, textarea, input { display: none !important; border: 20px solid red !important;
    width: 9px !important; height: 9px !important; pointer-events: none !important; }
dorsi-chat { display: none; opacity: 0; visibility: hidden; }
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Another site</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg">{head}
<script type="module" src="{gateway}/widget/dorsi-chat.js"></script></head>
<body><main><h1>Another site</h1><p>Its own words.</p></main>{body}</body></html>"""
HEAD = {
    "/hostile": '<link rel="stylesheet" href="/hostile.css">',
    "/strict": '<script src="/reports.js"></script>',
}
BODY = {
    "/two": '<dorsi-chat mode="inline" region="GB"></dorsi-chat>'
    '<dorsi-chat mode="inline" region="GB"></dorsi-chat>',
}
FILES = {
    "/hostile.css": ("text/css", HOSTILE),
    "/icon.svg": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "/reports.js": (
        "text/javascript",
        "window.reports = []; addEventListener('securitypolicyviolation', (event) => "
        "reports.push(`${event.violatedDirective} ${event.blockedURI}`));",
    ),
}


class Hosts(ThreadingHTTPServer):
    """Serves `/plain`, `/strict`, `/hostile` and `/two`; `gateway` is where the chat is from."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _Pages)
        self.gateway = ""

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}"

    def page(self, path: str) -> str:
        body = BODY.get(path, '<dorsi-chat region="GB"></dorsi-chat>')
        return PAGE.format(gateway=self.gateway, head=HEAD.get(path, ""), body=body)


class _Pages(BaseHTTPRequestHandler):
    server: Hosts

    def do_GET(self) -> None:
        kind, text = FILES.get(self.path) or ("text/html", self.server.page(self.path))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if self.path == "/strict":
            policy = STRICT.format(gateway=self.server.gateway)
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@contextmanager
def hosting() -> Iterator[Hosts]:
    """The other origin, running."""
    hosts = Hosts()
    threading.Thread(target=hosts.serve_forever, daemon=True).start()
    try:
        yield hosts
    finally:
        hosts.shutdown()
        hosts.server_close()
