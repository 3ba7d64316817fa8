"""The page that a spreadsheet comes back by: its dry run, then what was seen is kept."""

import asyncio
from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.changes.service import Draft
from desk.content import drafting, shelf
from desk.content.spreadsheet import planning
from desk.content.spreadsheet.decoding import SEPARATORS, Table, table
from desk.content.spreadsheet.dry_run import DryRun, dry_run, rest
from desk.content.spreadsheet.exporting import remembering
from desk.content.spreadsheet.planning import Content
from desk.content.spreadsheet.size import IMPORT
from desk.errors import CannotBe
from desk.forms import field, read_form, uploaded
from desk.rendering import page as render
from desk.routing import action, page
from desk.services import services
from editing.broken import BrokenYaml
from editing.documents import Document
from editing.git import commit_id
from editing.placing import CannotEdit
from editing.repository import Repository
from editing.trees import Tree


async def show(request: Request) -> Response:
    """The form."""
    return _form(request, await drafting.draft_of(request))


async def take_in(request: Request) -> Response:
    """The dry run of a file or a paste; or, where that was seen, keeping it."""
    draft, form = await drafting.draft_of(request), await read_form(request)
    content = await uploaded(request, "file") or str(form.get("rows", "")).encode()
    try:
        read = await asyncio.to_thread(table, content)
        run = await asyncio.to_thread(_run, services(request).repository, draft, read)
    except (CannotBe, BrokenYaml) as error:
        return _form(request, draft, wrong=str(error))
    sure = await field(request, "keep") == "yes" and await field(request, "seen") == draft.head
    if not sure or not run.changing:
        return await _dry_run(request, draft, read, run)
    try:
        edits = await asyncio.to_thread(_edits, draft.tree, run)
    except CannotEdit as error:
        return _form(request, draft, wrong=str(error))
    count = len(run.changing)
    message = f"{count} row{'' if count == 1 else 's'} of a spreadsheet taken in."
    return await drafting.keep(request, draft, edits, message, drafting.address(draft))


def _run(repository: Repository, draft: Draft, read: Table) -> DryRun:
    there, made_of = shelf.read(draft.tree), _made_of(repository, draft)
    return dry_run(read, Content(there, remembering(draft.tree), made_of))


def _edits(tree: Tree, run: DryRun) -> dict[str, str | None]:
    return dict(planning.edits(run.changing, lambda path: Document.parse(tree.read(path) or "{}")))


def _made_of(repository: Repository, draft: Draft) -> Callable[[str, str], Document | None]:
    """The files as they were at commits of this change or of what is published."""

    @cache
    def files(commit: str) -> Callable[[str], Document] | None:
        try:
            heads, earlier = (draft.head, draft.main), commit_id(commit)
        except ValueError:
            return None
        known = any(repository.contains(head, earlier) for head in heads)
        return remembering(repository.tree(commit)) if known else None

    def document(commit: str, path: str) -> Document | None:
        found = files(commit)
        return found(path) if found else None

    return document


async def _dry_run(request: Request, draft: Draft, read: Table, run: DryRun) -> Response:
    again = await field(request, "keep") == "yes"
    return render(
        request,
        "content/many/taken_in.html",
        status=HTTPStatus.CONFLICT if again else HTTPStatus.OK,
        change=draft.row,
        head=draft.head,
        run=run,
        again=again,
        encoding=read.encoding,
        separator=SEPARATORS[read.separator],
        rest=await asyncio.to_thread(rest, read, run),
    )


def _form(request: Request, draft: Draft, wrong: str = "") -> Response:
    return render(
        request,
        "content/many/take_in.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        change=draft.row,
        wrong=wrong,
    )


routes = [
    page(IMPORT, show, needs=Permission.EDIT),
    action(IMPORT, take_in, needs=Permission.EDIT, takes_files=True),
]
