"""The preview: a draft in the chat that patients have, and the small API that the chat asks.

Nothing of it reaches the patients' tables: a preview is kept in memory (`previews.py`).
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.access.permissions import Permission
from desk.access.visitors import visitor_or_none
from desk.changes.service import Draft
from desk.errors import NotFound, Refused
from desk.rendering import page
from desk.routing import action
from desk.routing import page as route
from desk.services import services
from desk.workbench import asking, client, folders, models
from desk.workbench.drafts import draft_of
from desk.workbench.previews import Opened, Preview
from desk.workbench.showing import CannotShow, Numbers, shown

PICTURES = "data/exercises/pictures"
BEARER = "Bearer "
LONGEST = 4000
FIRST_REGION = "GB"
UNREADABLE = "This request cannot be read."


async def look(request: Request) -> Response:
    """The page with the chat on it, opened at one file of a change request."""
    draft = await draft_of(request)
    path = request.path_params["path"]
    if await asyncio.to_thread(draft.tree.read, path) is None:
        raise NotFound
    numbers = await _numbers(draft)
    region = numbers.region(request.query_params.get("region", FIRST_REGION))
    part = request.query_params.get("part", "")
    return page(
        request,
        "workbench/preview.html",
        change=draft.row,
        file=path,
        part=part,
        region=region,
        regions=numbers.names,
        chat=_chat(draft),
        asked=urlencode({"path": path, "part": part}),
    )


async def begin(request: Request) -> Response:
    """Begin a preview: what a patient meets of the file."""
    draft, body = await draft_of(request), await _body(request)
    numbers = await _numbers(draft)
    preview = Preview(_opened(request, draft), numbers.region(str(body.get("region", ""))))
    messages = await _turn(
        request, draft, preview, path=preview.of.path, part=preview.of.part or None
    )
    token = services(request).previews.begin(preview)
    # What patients are told of their words is shown as well, though nothing is kept here.
    days = services(request).settings.retention_days
    opened = {"session": token, "messages": messages, "kept": {"days": days}}
    return JSONResponse(opened, HTTPStatus.CREATED)


async def send(request: Request) -> Response:
    """Take what was pressed or typed in a preview."""
    draft, body = await draft_of(request), await _body(request)
    preview = _preview(request, draft)
    if preview is None:
        return _over()
    if "choice" in body:
        payload = preview.offered.get(str(body["choice"]))
        if payload is None:
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "This choice was not offered here.")
        return JSONResponse({"messages": await _turn(request, draft, preview, choice=payload)})
    text = str(body.get("text", ""))[:LONGEST]
    parts = services(request)
    checked = await models.checked(parts, draft)
    asked = (checked.model if checked else await models.live(parts)).asked()
    typed = {"text": text, "model": asked["model"], "model_data": asked["data"]}
    return JSONResponse({"messages": await _turn(request, draft, preview, **typed)})


async def history(request: Request) -> Response:
    """What was said in a preview."""
    draft = await draft_of(request)
    preview = _preview(request, draft)
    return JSONResponse({"messages": preview.said}) if preview else _over()


async def end(request: Request) -> Response:
    """Forget a preview."""
    services(request).previews.end(_token(request))
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def help_(request: Request) -> Response:
    """Whom to call, as the draft has it."""
    numbers = await _numbers(await draft_of(request))
    return JSONResponse(numbers.help(request.query_params.get("region", "")))


async def picture(request: Request) -> Response:
    """A picture of an exercise."""
    draft = await draft_of(request)
    name = f"{request.path_params['exercise']}/{request.path_params['file']}"
    found = await asyncio.to_thread(draft.tree.read, f"{PICTURES}/{name}")
    if found is None or not name.endswith(".svg"):
        raise NotFound
    return Response(found, media_type="image/svg+xml")


async def _turn(
    request: Request, draft: Draft, preview: Preview, **asked: Any
) -> list[dict[str, Any]]:
    """What the draft says; where it cannot, why not."""
    parts = services(request)
    data, changes = await folders.of(parts, draft, {})
    try:
        answer = await parts.workbench.ask(
            "render",
            timeout=asking.FIRST,
            data=str(data),
            changes=changes,
            region=preview.region,
            state=preview.state,
            **asked,
        )
    except (client.Unavailable, client.Refused) as why:
        answer = {"messages": [_notice(str(why))], "state": preview.state}
    preview.state = answer["state"]
    said, offered = shown(answer["messages"], await _numbers(draft), preview.region, _chat(draft))
    preview.said += said
    preview.offered |= offered
    return said


def _notice(text: str) -> Mapping[str, Any]:
    return {"text": text, "kind": "notice"}


async def _numbers(draft: Draft) -> Numbers:
    try:
        return await asyncio.to_thread(Numbers, draft.tree)
    except CannotShow as why:
        raise Refused(HTTPStatus.CONFLICT, str(why)) from None


def _chat(draft: Draft) -> str:
    """The address under which the chat finds its API."""
    return f"/changes/{draft.row.id}/chat"


def _opened(request: Request, draft: Draft) -> Opened:
    visitor = visitor_or_none(request)
    assert visitor is not None, "the route lets nobody else in"
    path, part = (request.query_params.get(name, "") for name in ("path", "part"))
    return Opened(visitor.user.id, draft.row.id, draft.head, path, part)


def _preview(request: Request, draft: Draft) -> Preview | None:
    return services(request).previews.find(_token(request), _opened(request, draft))


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix(BEARER)


def _over() -> Response:
    """The chat begins anew when it is told so."""
    error = {"code": "unauthorized", "message": "This preview is over."}
    return JSONResponse({"error": error}, HTTPStatus.UNAUTHORIZED)


async def _body(request: Request) -> Mapping[str, Any]:
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        raise Refused(HTTPStatus.BAD_REQUEST, UNREADABLE) from None
    if not isinstance(body, dict):
        raise Refused(HTTPStatus.BAD_REQUEST, UNREADABLE)
    return body


routes = [
    route("/changes/{id:int}/preview/{path:path}", look, needs=Permission.EDIT),
    action("/changes/{id:int}/chat/api/sessions", begin, needs=Permission.EDIT),
    action("/changes/{id:int}/chat/api/messages", send, needs=Permission.EDIT),
    route("/changes/{id:int}/chat/api/messages", history, needs=Permission.EDIT),
    action("/changes/{id:int}/chat/api/session", end, needs=Permission.EDIT),
    route("/changes/{id:int}/chat/api/help", help_, needs=Permission.EDIT),
    route("/changes/{id:int}/chat/pictures/{exercise}/{file}", picture, needs=Permission.EDIT),
]
