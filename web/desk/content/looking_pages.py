"""What is said of a form while it is typed into; nothing is saved."""

import asyncio
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.content import asking
from desk.content.addressed import base_of, draft_of, open_sheet
from desk.content.forms.sheets import Sheet, put
from desk.content.parting import EXAMPLES
from desk.forms import field, read_form
from desk.rendering import fragment
from desk.routing import action
from desk.services import services
from desk.workbench.client import Refused, Unavailable

MOST = 20
"""So many new lines are compared with all others at once."""


async def look(request: Request) -> Response:
    """The findings on a form as it stands, each for its place, and the lengths of its texts."""
    draft, parts = await draft_of(request), services(request)
    one = await open_sheet(request, await base_of(request, draft), await field(request, "part"))
    typed, wrong = await asyncio.to_thread(put, one, await read_form(request))
    boxes = [box for _, group in one.filled(typed, wrong) for box in group]
    checked, found = await asking.findings(parts, draft, one)
    return fragment(
        request,
        "content/look.html",
        fields=boxes,
        checked=checked,
        found=found.found,
        elsewhere=found.elsewhere,
        sizes=await asking.sizes(parts, boxes),
    )


async def near(request: Request) -> Response:
    """Examples elsewhere that are nearly like those that were typed."""
    draft, parts = await draft_of(request), services(request)
    one = await open_sheet(request, await base_of(request, draft), await field(request, "part"))
    before = _examples(one)
    await asyncio.to_thread(put, one, await read_form(request))
    new = [line for line in _examples(one) if line not in before][-MOST:]
    try:
        found = await asking.near(parts, draft, one.path, one.document.text(), new) if new else []
    except (Unavailable, Refused):
        return fragment(request, "content/near.html", near=[], trouble=asking.CANNOT)
    return fragment(request, "content/near.html", near=found, trouble="")


def _examples(one: Sheet) -> Sequence[str]:
    held = one.document.get((EXAMPLES,))
    return held if isinstance(held, list) else []


routes = [
    action("/changes/{id:int}/look/{path:path}", look, needs=Permission.EDIT),
    action("/changes/{id:int}/near/{path:path}", near, needs=Permission.EDIT),
]
