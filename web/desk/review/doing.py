"""What the actions of the review share."""

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk.errors import NotFound
from desk.forms import field
from desk.rendering import see_other
from desk.review.errors import CannotReview, Gone
from desk.services import services
from desk.transcript.place import HIGHEST


async def do[T](
    request: Request, path: str, said: str, change: Callable[[Connection], T]
) -> Response:
    """Do something in one transaction, and lead to a page with a sentence on it."""
    try:
        await services(request).database.write(change)
    except Gone:
        raise NotFound from None
    except CannotReview as error:
        return see_other(request, path, str(error))
    return see_other(request, path, said)


async def whole(request: Request, name: str) -> int:
    """A number of a form; -1, which nothing has, for whatever else stands there."""
    text = await field(request, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def number_of(request: Request, name: str) -> int:
    """A number of the address.

    Raises:
        NotFound: nothing has so high a number.
    """
    number: int = request.path_params[name]
    if number > HIGHEST:
        raise NotFound
    return number
