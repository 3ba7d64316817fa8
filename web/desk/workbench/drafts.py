"""The change request that a page is about."""

from http import HTTPStatus

from starlette.requests import Request

from desk.changes import service
from desk.changes.service import CannotChange, Draft
from desk.errors import Refused
from desk.services import services


async def draft_of(request: Request) -> Draft:
    """The change request that the address names by `id`.

    Raises:
        desk.errors.NotFound: there is none of that number.
        desk.errors.Refused: its content cannot be read; it says why.
    """
    try:
        return await service.current(services(request), request.path_params["id"])
    except CannotChange as why:
        raise Refused(HTTPStatus.CONFLICT, str(why)) from None
