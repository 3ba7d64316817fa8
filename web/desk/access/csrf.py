"""Making sure that what is sent was sent from a page of the desk, by whoever opened it.

Every form carries a token, in a field or, where htmx sends it, in a header. Signed-in visitors'
tokens belong to their session. Before somebody has signed in, the token is that of a cookie, which
other sites can neither read nor send. Besides, the browser must name the desk itself as the
page's origin.
"""

import hmac
import secrets
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access import cookies
from desk.access.visitors import visitor_or_none
from desk.errors import Refused
from desk.forms import read_form

FIELD = "csrf"
HEADER = "x-csrf-token"
COOKIE = "form"
_LENGTH = 43


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


def token(request: Request) -> str:
    """The token that the forms of this answer carry."""
    visitor = visitor_or_none(request)
    if visitor is not None:
        return visitor.csrf
    return _of_cookie(request) or new_token()


def keep(request: Request, response: Response, token: str) -> None:
    """Have the browser of somebody who is not signed in remember the token."""
    if _of_cookie(request) != token:
        cookies.put(request, response, COOKIE, token)


async def check(request: Request) -> None:
    """Make sure of all that.

    Raises:
        desk.errors.Refused: it came from elsewhere, or from a page that is out of date.
    """
    if not _is_own(request):
        text = "This was sent from a page that is not the desk's. Nothing was done."
        raise Refused(HTTPStatus.FORBIDDEN, text)
    visitor = visitor_or_none(request)
    wanted = visitor.csrf if visitor else _of_cookie(request)
    given = request.headers.get(HEADER) or (await read_form(request)).get(FIELD) or ""
    if not wanted or not hmac.compare_digest(str(given).encode(), wanted.encode()):
        text = (
            "This page was out of date, so nothing was done. Please go back, load it anew and try "
            "again. If that does not help: the desk needs cookies, and HTTPS on other machines."
        )
        raise Refused(HTTPStatus.FORBIDDEN, text)


def _of_cookie(request: Request) -> str:
    found = cookies.read(request, COOKIE) or ""
    return found if len(found) == _LENGTH and found.isascii() else ""


def _is_own(request: Request) -> bool:
    # Not the scheme, too: a proxy in front may end TLS without saying so.
    own = request.headers.get("host", "").lower()
    origin = request.headers.get("origin", "").lower()
    return bool(own) and origin in (f"https://{own}", f"http://{own}")
