"""Reading JSON bodies so that none of them, however odd, ends in a crash."""

import json
from collections.abc import Callable, Coroutine
from email.message import Message
from http import HTTPStatus
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute

from gateway.errors import ApiError
from gateway.normalise import encodable


class JsonRoute(APIRoute):
    """A route whose body is read by this module."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, given a request that reads its JSON with care."""
        handle = super().get_route_handler()
        takes_body = self.body_field is not None

        async def handle_json(request: Request) -> Response:
            if takes_body:
                request = _JsonRequest(request.scope, request.receive)
                if await request.body() and not _is_json(request.headers.get("content-type", "")):
                    raise ApiError(
                        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                        "not_json",
                        "Send JSON, with the header Content-Type: application/json.",
                    )
            return await handle(request)

        return handle_json


class _JsonRequest(Request):
    async def json(self) -> Any:
        return read_json(await self.body())


def read_json(body: bytes) -> Any:
    """The value a body holds; an object's own keys and strings are made encodable.

    Deeper strings are left as they are: nothing the gateway takes is nested.

    Raises:
        ApiError: 400, it is not JSON in UTF-8.
    """
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ApiError(
            HTTPStatus.BAD_REQUEST, "broken_json", "The body is not JSON in UTF-8. Mend it."
        ) from None
    if not isinstance(value, dict):
        return value
    return {
        encodable(key): encodable(item) if isinstance(item, str) else item
        for key, item in value.items()
    }


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _is_json(content_type: str) -> bool:
    parsed = Message()
    parsed["content-type"] = content_type
    subtype = parsed.get_content_subtype()
    is_application = parsed.get_content_maintype() == "application"
    return is_application and (subtype == "json" or subtype.endswith("+json"))
