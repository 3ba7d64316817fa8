"""Every error as the same JSON: a code for programs and a sentence for people."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from gateway.schemas import ReplyOut

# Whoever needs help must read where to find it, whatever failed.
IN_DANGER = "In danger, call your emergency number (112, 999 or 911) now."

# What the folders of files take, which the description does not name.
ONLY_READ = "GET, HEAD"
# What every route may answer with.
ANY = (HTTPStatus.INTERNAL_SERVER_ERROR,)


class Error(BaseModel):
    """What went wrong, and the mend."""

    code: str = Field(description="For programs: stays the same.")
    message: str = Field(description="For people: one plain sentence or two, with the mend.")
    field: str | None = Field(
        default=None,
        description="The field of the request that is not right.",
        exclude_if=lambda value: value is None,
    )


class ErrorBody(BaseModel):
    """The body of every answer that is an error."""

    error: Error
    messages: list[ReplyOut] = Field(
        default=[],
        description="Advice on a red flag, which no error holds back. It is not kept.",
        exclude_if=lambda value: not value,
    )


class ApiError(HTTPException):
    """An error the client is told of.

    Args:
        status: the HTTP status.
        code: for programs.
        message: for people, with the mend.
        field: the field of the request that is not right.
        headers: further headers of the answer.
        messages: advice on a red flag that is given all the same.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        message: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
        messages: Sequence[ReplyOut] = (),
    ) -> None:
        super().__init__(status, message, headers)
        self.error = Error(code=code, message=message, field=field)
        self.messages = list(messages)


class TooMany(ApiError):
    """What is answered where somebody sends more than is taken.

    Args:
        seconds: how long to wait.
        messages: advice on a red flag that is given all the same.
    """

    def __init__(self, seconds: int, messages: Sequence[ReplyOut] = ()) -> None:
        super().__init__(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too_many",
            f"That was a lot at once. Please wait {seconds} seconds, then send it again. "
            + IN_DANGER,
            headers={"Retry-After": str(seconds)},
            messages=messages,
        )
        self.seconds = seconds


def error_response(
    status: int,
    error: Error,
    headers: Mapping[str, str] | None = None,
    messages: Sequence[ReplyOut] = (),
) -> JSONResponse:
    """The answer that tells of an error."""
    body = ErrorBody(error=error, messages=list(messages))
    return JSONResponse(body.model_dump(), status, headers)


def described(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The errors a route can answer with, for the OpenAPI document."""
    return {status.value: {"model": ErrorBody, "description": status.phrase} for status in statuses}


def internal_error(messages: Sequence[ReplyOut] = ()) -> ApiError:
    """What nobody foresaw: without any of its insides.

    Args:
        messages: advice on a red flag that is given all the same.
    """
    return ApiError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal",
        f"Something went wrong on our side. Please send it again in a minute. {IN_DANGER}",
        messages=messages,
    )


def install(app: FastAPI) -> None:
    """Have the app answer its own and the framework's errors in this form."""
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _http_error(request: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, HTTPException)
    headers = dict(exc.headers or {})
    if isinstance(exc, ApiError):
        return error_response(exc.status_code, exc.error, headers, exc.messages)
    if exc.status_code == HTTPStatus.NOT_FOUND:
        error = Error(code="not_found", message="There is nothing here. Check the address.")
    elif exc.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _allowed(request) or headers.get("Allow") or ONLY_READ
        message = f"This address does not take {request.method}. It takes {headers['Allow']}."
        error = Error(code="method_not_allowed", message=message)
    else:
        error = Error(code="refused", message="The request could not be read. Check its form.")
    return error_response(exc.status_code, error, headers)


def _allowed(request: Request) -> str:
    # The framework knows of the first route of an address only.
    operations: dict[str, Any] = request.app.openapi()["paths"].get(request.url.path, {})
    return ", ".join(sorted(method.upper() for method in operations))


async def _invalid(_: Request, exc: Exception) -> JSONResponse:
    assert isinstance(exc, RequestValidationError)
    found = exc.errors()[0]
    field = ".".join(str(part) for part in found["loc"][1:]) or "body"
    if found["type"] == "missing":
        message = f"The field `{field}` is missing. Please add it."
    else:
        reason = found["msg"].removeprefix("Value error, ")
        message = f"The field `{field}` is not right: {reason}."
    error = Error(code="invalid_field", message=message, field=field)
    return error_response(HTTPStatus.UNPROCESSABLE_ENTITY, error)
