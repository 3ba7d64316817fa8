"""Where a visitor goes next: the steps of signing in, and then what was asked for."""

import re
from urllib.parse import urlencode

from starlette.requests import Request

from desk.access.visitors import Visitor
from desk.forms import field
from desk.routing import SIGN_IN

CODE = "/sign-in/code"
PASSWORD = "/sign-in/password"
SECOND_FACTOR = "/sign-in/second-factor"
# A path of this site: `//host` and `/\host` would be another one.
_OWN = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", re.ASCII)
_MAX = 2000


def own(address: str) -> str:
    """An address of the desk as it was given; the first page in place of any other."""
    is_own = len(address) <= _MAX and _OWN.fullmatch(address) is not None
    return address if is_own and not address.startswith(SIGN_IN) else "/"


async def wanted(request: Request) -> str:
    """What was asked for before the visitor had to sign in."""
    if request.method == "POST":
        return own(await field(request, "next"))
    return own(request.query_params.get("next", ""))


def step(visitor: Visitor | None) -> str | None:
    """The step of signing in that a visitor has to take next; None if there is none left."""
    if visitor is None:
        return SIGN_IN
    if visitor.enrolled and not visitor.passed:
        return CODE
    if visitor.must_change:
        return PASSWORD
    return None if visitor.enrolled else SECOND_FACTOR


def onwards(visitor: Visitor | None, wanted: str) -> str:
    """The address of the next step, which remembers what was asked for, or that itself."""
    taken = step(visitor)
    if taken is None:
        return wanted
    return taken if wanted == "/" else f"{taken}?{urlencode({'next': wanted})}"
