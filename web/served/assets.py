"""Files that browsers keep but ask about: sent small, and only where they have changed."""

import gzip
import hashlib
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".map": "application/json",
    ".svg": "image/svg+xml",
}
_WORTH_SQUEEZING = 1000


class Files:
    """The files of one folder, by their plain names, of the kinds in `TYPES`.

    A file is read again when it has changed, so that a new build needs no new start.

    Args:
        folder: where they are. It may be missing: then each file is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"})
        # Behind a mount the path still begins with where it is mounted.
        name = scope["path"].removeprefix(f"{scope.get('root_path', '')}/")
        file = self._folder / name
        if "/" in name or "\\" in name or file.suffix not in TYPES:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        try:
            body = _read(file, file.stat().st_mtime_ns)
        except (OSError, ValueError):
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        response = answered(body, TYPES[file.suffix], Headers(scope=scope))
        await response(scope, receive, send)


def answered(body: bytes, media_type: str, asked: Headers) -> Response:
    """A body as an answer: squeezed where the client takes that, empty where it has it already.

    Args:
        body: what is to be sent.
        media_type: what it is.
        asked: the request's headers.
    """
    squeezed = len(body) >= _WORTH_SQUEEZING and _takes_gzip(asked)
    etag = _etag(body, squeezed)
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    known = {tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")}
    if etag in known or "*" in known:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if squeezed:
        headers["Content-Encoding"] = "gzip"
        body = _squeezed(body)
    return Response(body, media_type=media_type, headers=headers)


def _takes_gzip(asked: Headers) -> bool:
    for coding in asked.get("accept-encoding", "").split(","):
        name, _, weight = coding.strip().partition(";")
        if name.strip().lower() == "gzip":
            return weight.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


@lru_cache(maxsize=64)
def _read(file: Path, changed: int) -> bytes:
    """The file as it was when it last changed; `changed` stands here to tell versions apart."""
    return file.read_bytes()


@lru_cache(maxsize=64)
def _etag(body: bytes, squeezed: bool) -> str:
    mark = "-gzip" if squeezed else ""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}{mark}"'


@lru_cache(maxsize=64)
def _squeezed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=9, mtime=0)
