"""The routes that answer with a file."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from gateway.access import Own, Parts
from gateway.downloads import FILE_NAME, MEDIA_TYPES, Form, document_of
from gateway.errors import ANY, ApiError, described
from gateway.normalise import storable
from gateway.services import Services
from records.models import Session

router = APIRouter()

type MessageId = Annotated[str, Path(description="The id of the message that came with it.")]


def _file(form: Form) -> dict[int | str, dict[str, Any]]:
    """What a route that answers with a file answers, for the OpenAPI document."""
    shape = {"schema": {"type": "string", "format": "binary"}}
    return {
        HTTPStatus.OK.value: {"description": "The file.", "content": {MEDIA_TYPES[form]: shape}},
        **described(
            HTTPStatus.UNAUTHORIZED,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            *ANY,
        ),
    }


@router.get(
    "/api/summaries/{message_id}.pdf",
    responses=_file("pdf"),
    response_class=Response,
    summary="Fetch a summary as PDF",
)
async def read_pdf(parts: Parts, session: Own, message_id: MessageId) -> Response:
    """The summary that came with a message of this session, made anew."""
    return await _summary(parts, session, message_id, "pdf")


@router.get(
    "/api/summaries/{message_id}.html",
    responses=_file("html"),
    response_class=Response,
    summary="Fetch a summary as a page",
)
async def read_html(parts: Parts, session: Own, message_id: MessageId) -> Response:
    """The summary that came with a message of this session, made anew."""
    return await _summary(parts, session, message_id, "html")


async def _summary(parts: Services, session: Session, message_id: str, form: Form) -> Response:
    payload = await parts.store.payload(session.id, storable(message_id))
    document = document_of(payload or {})
    if document is None:
        raise ApiError(
            HTTPStatus.NOT_FOUND,
            "no_summary",
            "This conversation has no such summary. Ask Dorsi for a new one.",
        )
    return Response(
        await parts.printer.make(document, form),
        media_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}.{form}"'},
    )
