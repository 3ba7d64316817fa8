"""Try a sentence: what Dorsi makes of it now, and what it would with a change request."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from desk import served
from desk.access.permissions import Permission
from desk.changes.service import Draft
from desk.forms import field
from desk.rendering import fragment, page, wants_fragment
from desk.routing import action
from desk.routing import page as shown
from desk.services import Services, services
from desk.workbench import asking, folders, models
from desk.workbench.asking import Flagged, Near, Understood
from desk.workbench.client import Refused, Unavailable
from desk.workbench.drafts import draft_of

LONGEST = 1000


@dataclass(frozen=True)
class Told[T]:
    """Something the workbench was asked for, or why it is not known."""

    value: T | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Side:
    """What is made of a sentence, now or with a change request.

    Attributes:
        understood: by the model; None where none was trained.
        flags: the red flags that it raises.
        alike: where nothing was trained, the likest examples.
        edited_since: whether the change request was edited after it was trained.
    """

    understood: Told[Understood] | None
    flags: Told[list[Flagged]]
    alike: Told[list[Near]] | None = None
    edited_since: bool = False


async def show(request: Request) -> Response:
    """The page with nothing tried yet."""
    return await _answered(request, "")


async def try_(request: Request) -> Response:
    """What is made of the sentence that was sent; nothing is kept of it."""
    return await _answered(request, (await field(request, "text"))[:LONGEST])


async def _answered(request: Request, text: str) -> Response:
    parts = services(request)
    draft = await draft_of(request) if "id" in request.path_params else None
    sides: list[Side] = []
    if text:
        asked = [_now(parts, text), *([_changed(parts, draft, text)] if draft else [])]
        sides = list(await asyncio.gather(*asked))
    values: dict[str, Any] = {
        "text": text,
        "longest": LONGEST,
        "change": draft.row if draft else None,
        "now": sides[0] if sides else None,
        "then": sides[1] if len(sides) > 1 else None,
        "catalogue": await served.titles(parts),
        "said_of": said_of,
    }
    if wants_fragment(request):
        return fragment(request, "workbench/tried.html", **values)
    return page(request, "workbench/try.html", **values)


async def _now(parts: Services, text: str) -> Side:
    model = await models.live(parts)
    understood, flags = await asyncio.gather(
        _told(asking.understood(parts, text, model)),
        _told(asking.flagged(parts, text, model.data, {})),
    )
    return Side(understood, flags)


async def _changed(parts: Services, draft: Draft, text: str) -> Side:
    data, changes = await folders.of(parts, draft, {})
    flags = _told(asking.flagged(parts, text, data, changes))
    checked = await models.checked(parts, draft)
    if checked is None:
        found, alike = await asyncio.gather(flags, _told(asking.alike(parts, draft, text)))
        return Side(None, found, alike)
    understood, found = await asyncio.gather(
        _told(asking.understood(parts, text, checked.model)), flags
    )
    return Side(understood, found, edited_since=checked.edited_since)


async def _told[T](asked: Awaitable[T]) -> Told[T]:
    try:
        return Told(await asked)
    except (Unavailable, Refused) as why:
        return Told(trouble=str(why))


def said_of(understood: Understood) -> str:
    """What Dorsi would do with a sentence, in words."""
    sure = f"{understood.confidence:.0%}".replace("%", " %")
    if understood.decision == "answer":
        return f"Dorsi answers with “{understood.title}”, {sure} sure."
    if understood.decision == "clarify":
        return f"Dorsi asks what is meant: {_or(understood.candidates)}."
    if not understood.label:
        return "Dorsi finds no words in it, and says so."
    return f"Dorsi says that it did not understand. Nearest is “{understood.title}”, {sure} sure."


def _or(titles: Sequence[str]) -> str:
    quoted = [f"“{title}”" for title in titles]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


routes = [
    shown("/content/try", show, needs=Permission.EDIT),
    action("/content/try", try_, needs=Permission.EDIT),
    shown("/changes/{id:int}/try", show, needs=Permission.EDIT),
    action("/changes/{id:int}/try", try_, needs=Permission.EDIT),
]
