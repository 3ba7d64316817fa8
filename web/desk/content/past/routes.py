"""The pages that look back: the history of a field, and two states side by side."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.content.past.history import MOST, history
from desk.content.past.states import LIVE, MAIN, State, offers, state
from desk.content.past.wording import Told, told
from desk.errors import CannotBe, NotFound, Refused
from desk.forms import clean
from desk.rendering import page as render
from desk.routing import page
from desk.services import services
from editing.differing import differences
from editing.kinds import is_content
from editing.repository import Repository

MOST_SHOWN = 200
_KEY = 200


@dataclass(frozen=True)
class Changed:
    """One file with all that differs in it."""

    path: str
    title: str
    told: Sequence[Told]


async def show_history(request: Request) -> Response:
    """Every commit in which a field changed."""
    path, asked = request.path_params["path"], request.query_params
    if not is_content(path):
        raise NotFound
    key = tuple(filter(None, clean(asked.get("key", ""))[:_KEY].split(".")))
    try:
        seen = await state(services(request), asked.get("at", MAIN))
    except CannotBe as error:
        raise Refused(HTTPStatus.NOT_FOUND, str(error)) from None
    steps = await asyncio.to_thread(history, services(request).repository, path, key, seen.commit)
    return render(
        request,
        "content/past/history.html",
        path_of_file=path,
        key=".".join(key),
        seen=seen,
        steps=steps,
        label=steps[0].told[0].difference.label if steps and key else "",
        title=steps[0].told[0].difference.title if steps else path,
        most=MOST,
    )


async def compare(request: Request) -> Response:
    """What differs between two states, item by item and field by field."""
    asked, parts = request.query_params, services(request)
    names = [_named(request, "a", LIVE), _named(request, "b", MAIN)]
    path, wrong, found = clean(asked.get("path", "")).strip(), "", None
    if "a" in asked or "b" in asked:
        try:
            before, after = [await state(parts, name) for name in names]
            found = await asyncio.to_thread(_differing, parts.repository, before, after, path)
        except CannotBe as error:
            wrong = str(error)
    count = sum(len(one.told) for one in found or ())
    return render(
        request,
        "content/past/compare.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        offers=await offers(parts),
        names=names,
        states=[] if found is None else [before, after],
        asked_path=path,
        found=found[:MOST_SHOWN] if found is not None else None,
        items=len(found or ()),
        count=count,
        wrong=wrong,
    )


def _named(request: Request, name: str, default: str) -> str:
    """A state's name; what was typed as a commit goes before what was chosen."""
    asked = request.query_params
    typed = clean(asked.get(f"{name}_commit", "")).strip()
    return typed or clean(asked.get(name, "")).strip() or default


def _differing(repository: Repository, before: State, after: State, path: str) -> list[Changed]:
    paths = repository.diff_paths(before.commit, after.commit)
    wanted = [one for one in paths if is_content(one) and path in ("", one)]
    old, new = (repository.tree(one.commit) for one in (before, after))
    found = differences(old, new, wanted)
    by_file = groupby(found, key=lambda one: (one.path, one.title))
    return [Changed(*named, [told(one) for one in some]) for named, some in by_file]


routes = [
    page("/content/history/{path:path}", show_history, needs=Permission.EDIT),
    page("/content/compare", compare, needs=Permission.EDIT),
]
