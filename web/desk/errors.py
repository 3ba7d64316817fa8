"""What a visitor is told where something cannot be done: what to do next, in plain words."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException

TITLES = {
    HTTPStatus.BAD_REQUEST: "That could not be read",
    HTTPStatus.FORBIDDEN: "You may not do this",
    HTTPStatus.NOT_FOUND: "There is nothing here",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address is not for that",
    HTTPStatus.CONFLICT: "That cannot be done",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is too long",
    HTTPStatus.TOO_MANY_REQUESTS: "Please wait a little",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
}
TEXTS = {
    HTTPStatus.BAD_REQUEST: "Please go back and try it again.",
    HTTPStatus.FORBIDDEN: "Your role does not include it. An administrator can change your role.",
    HTTPStatus.NOT_FOUND: "It may have been erased, or the address is not right.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Please go back and use the buttons of the page.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Please go back and send less at once.",
    HTTPStatus.TOO_MANY_REQUESTS: "Please try it again in a minute.",
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "It is not your fault, and what you sent may not have been kept. Please go back and try it "
        "again. If it stays like this, tell whoever runs Dorsi; the log says what happened."
    ),
}


class Refused(HTTPException):
    """Something the visitor is told of, on a page of its own.

    Args:
        status: the HTTP status.
        text: one plain sentence or two, with the mend. Never a patient's words.
        headers: further headers of the answer.
    """

    def __init__(
        self, status: HTTPStatus, text: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, text or TEXTS.get(status, ""), headers)


class NotFound(Refused):
    """There is no such thing, or none for this visitor."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.NOT_FOUND)


class CannotBe(Exception):
    """A rule forbids what was asked for; the text says which, and the mend."""
