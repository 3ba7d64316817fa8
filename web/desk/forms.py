"""Reading forms so that none of them, however odd, ends in a crash."""

import re
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.datastructures import FormData
from starlette.requests import Request

from desk import uploads
from desk.errors import Refused

MAX_FIELDS = 1000
_TOO_MANY = "This form has too many fields."
_ENCODING = "application/x-www-form-urlencoded"
# All control characters but tab and line feed; PostgreSQL takes no NUL, and nothing needs the rest.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


async def read_form(request: Request) -> FormData:
    """The fields of a form that was sent, cleaned; the same however often it is asked for.

    `form.get("name", "")` is one field, `form.getlist("name")` all of one name. Every value is a
    string; files, where the route takes any, are had by `uploaded`.

    Raises:
        desk.errors.Refused: it is no form.
    """
    known = getattr(request.state, "form", None)
    if isinstance(known, FormData):
        return known
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and kind == uploads.ENCODING and _takes_files(request):
        request.state.form = form = _with_files(request, body)
        return form
    if body and kind != _ENCODING:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This is not a form of the desk.")
    try:
        fields = parse_qsl(
            body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, _TOO_MANY) from None
    form = FormData([(clean(name), clean(value)) for name, value in fields])
    request.state.form = form
    return form


async def field(request: Request, name: str) -> str:
    """One field of a form that was sent, without the space around it; empty if it is missing."""
    value = (await read_form(request)).get(name, "")
    return value.strip() if isinstance(value, str) else ""


async def uploaded(request: Request, name: str) -> bytes:
    """A file that came with a form; empty if none was chosen, or if the route takes none."""
    await read_form(request)
    files = getattr(request.state, "files", {})
    found = files.get(name, b"")
    assert isinstance(found, bytes)
    return found


def _takes_files(request: Request) -> bool:
    return getattr(request.scope.get("route"), "takes_files", False) is True


def _with_files(request: Request, body: bytes) -> FormData:
    try:
        parts = uploads.parts(request.headers.get("content-type", ""), body, MAX_FIELDS)
    except uploads.NoForm:
        text = "This is not a form of the desk, or one with too many fields."
        raise Refused(HTTPStatus.BAD_REQUEST, text) from None
    request.state.files = {part.name: part.content for part in parts if part.is_file}
    texts = [(part.name, part.content.decode("utf-8", "replace")) for part in parts]
    fields = [text for part, text in zip(parts, texts, strict=True) if not part.is_file]
    return FormData([(clean(name), clean(value)) for name, value in fields])


def clean(text: str) -> str:
    """A text without control characters, its lines ended in one way."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
