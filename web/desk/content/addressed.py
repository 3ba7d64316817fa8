"""What the address of a form names: a change request, a file in it, and a part of that."""

import asyncio
from http import HTTPStatus
from urllib.parse import quote, urlencode

from starlette.requests import Request

from desk.changes import service
from desk.changes.errors import CannotChange
from desk.changes.service import Draft
from desk.content.forms.sheets import NoSuchPart, Sheet, sheet
from desk.errors import NotFound, Refused
from desk.forms import field
from desk.services import services
from editing.broken import BrokenYaml
from editing.repository import Repository

_BROKEN = (
    "This file cannot be read as it is in this change, so there is no form for it. Somebody who "
    "works on the files has to mend it. "
)


def address(change: int, path: str, part: str = "", **more: str) -> str:
    """Where a part of a file is edited in a change request."""
    query = urlencode({name: text for name, text in {"part": part, **more}.items() if text})
    return f"/changes/{change}/edit/{quote(path)}" + (f"?{query}" if query else "")


async def draft_of(request: Request) -> Draft:
    """The change request of the address, as it is by now.

    Raises:
        NotFound: there is none.
        Refused: the content cannot be read.
    """
    try:
        return await service.current(services(request), request.path_params["id"])
    except CannotChange as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None


async def open_sheet(request: Request, commit: str, part: str) -> Sheet:
    """The file of the address as it is at a commit, as a form.

    Raises:
        NotFound: there is no such file, or no such part of it.
        Refused: it cannot be read.
    """
    path, repository = request.path_params["path"], services(request).repository
    text = await asyncio.to_thread(lambda: repository.tree(commit).read(path))
    if text is None:
        raise NotFound
    try:
        return await asyncio.to_thread(sheet, path, text, part)
    except NoSuchPart:
        raise NotFound from None
    except BrokenYaml as error:
        raise Refused(HTTPStatus.CONFLICT, f"{_BROKEN}{error}") from None


async def base_of(request: Request, draft: Draft) -> str:
    """The commit that a form was made from; the draft's own where it does not say one."""
    asked, repository = await field(request, "base"), services(request).repository
    known = await asyncio.to_thread(_is_known, repository, draft.head, asked)
    return asked if known else draft.head


def _is_known(repository: Repository, head: str, commit: str) -> bool:
    """Whether a draft came from a commit."""
    try:
        return repository.contains(head, commit)
    except ValueError:
        return False
