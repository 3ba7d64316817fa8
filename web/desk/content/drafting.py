"""A change request at the pages that change much of it at once."""

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.visitors import user
from desk.changes import service
from desk.changes.service import Draft
from desk.errors import CannotBe, Refused
from desk.rendering import see_other
from desk.services import services
from editing.broken import BrokenYaml
from editing.kinds import is_content
from editing.trees import Tree


async def draft_of(request: Request) -> Draft:
    """The change request that an address names, if it can be edited.

    Raises:
        desk.errors.NotFound: there is none of that number.
        desk.errors.Refused: it cannot be edited, or the content cannot be read.
    """
    try:
        draft = await service.current(services(request), int(request.path_params["id"]))
    except service.CannotChange as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None
    if not draft.row.is_open:
        text = f"This change request is {draft.row.status}. Open it again, or make a new one."
        raise Refused(HTTPStatus.CONFLICT, text)
    return draft


def address(draft: Draft) -> str:
    """The page of a change request."""
    return f"/changes/{draft.row.id}"


async def texts_of(tree: Tree) -> dict[str, str]:
    """All content files of a commit, by their paths."""
    return await asyncio.to_thread(_texts, tree)


async def keep(
    request: Request, draft: Draft, edits: service.Edits, message: str, back: str
) -> Response:
    """Save what was planned into a change request, and lead on.

    Args:
        request: what is answered.
        draft: the change request, as it was when it was planned.
        edits: the new texts of files; None for a file that goes.
        message: what was done, in one sentence: for the history, and for the next page.
        back: the address of that page.
    """
    try:
        saved = await service.save(
            services(request), user(request), draft.row.id, draft.head, edits, message
        )
    except service.Stale as stale:
        return see_other(request, stale.path, str(stale))
    except (CannotBe, BrokenYaml) as error:
        return see_other(request, address(draft), f"Nothing was saved. {error}")
    if saved.unchanged:
        return see_other(request, back, "There was nothing to change.")
    return see_other(request, back, f"{message} {saved.said}".strip())


def _texts(tree: Tree) -> dict[str, str]:
    return {path: tree.read(path) or "" for path in tree.paths() if is_content(path)}
