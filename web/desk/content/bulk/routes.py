"""The page that many questions are pasted into: a dry run first, then what was ticked is kept."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.changes.service import Draft
from desk.content import drafting
from desk.content.bulk import judging, pasting, taking
from desk.content.bulk.judging import CHOICES, Judged, Verdict
from desk.content.bulk.nearness import look
from desk.content.listings import Listing, listings
from desk.forms import field, read_form
from desk.rendering import page as render
from desk.routing import action, page
from desk.services import services

MOST_LETTERS = 100_000
FIRST_COLUMN = ""


async def show(request: Request) -> Response:
    """The form."""
    draft = await drafting.draft_of(request)
    there = listings(await drafting.texts_of(draft.tree))
    return _form(request, draft, there, to=request.query_params.get("to", FIRST_COLUMN))


async def paste(request: Request) -> Response:
    """The dry run of what was pasted; or, where that was seen, keeping it."""
    draft, form = await drafting.draft_of(request), await read_form(request)
    files = await drafting.texts_of(draft.tree)
    there = await asyncio.to_thread(listings, files)
    text, to = str(form.get("text", "")), await field(request, "to")
    questions = pasting.read(text[:MOST_LETTERS])
    wrong = _wrong(text, questions)
    if wrong:
        return _form(request, draft, there, to=to, text=text, wrong=wrong)
    default = next((one for one in there if one.name == to), None)
    judged = await asyncio.to_thread(judging.judge, questions, default, there)
    if form.get("keep") != "yes":
        return await _dry_run(request, draft, text, to, judged)
    lines = {int(line) for line in map(str, form.getlist("take")) if line.isdecimal()}
    taken = taking.chosen(judged, lines)
    if not taken:
        return await _dry_run(request, draft, text, to, judged, wrong="Tick what is to be taken.")
    edits = await asyncio.to_thread(taking.edits, taken, files)
    return await drafting.keep(request, draft, edits, _message(taken), drafting.address(draft))


def _wrong(text: str, questions: Sequence[pasting.Pasted]) -> str:
    if len(text) > MOST_LETTERS:
        return f"This is too much: at most {MOST_LETTERS} letters at once. Paste it in parts."
    if len(questions) > pasting.MOST:
        most = pasting.MOST
        return f"These are {len(questions)} questions, at most {most} at once. Paste them in parts."
    return "" if questions else "There is no question in it. Paste one a line."


def _message(taken: Sequence[Judged]) -> str:
    count, ids = len(taken), sorted({one.target.id for one in taken if one.target})
    where = ids[0] if len(ids) == 1 else f"{len(ids)} places"
    return f"{count} question{'' if count == 1 else 's'} pasted into {where}."


async def _dry_run(
    request: Request, draft: Draft, text: str, to: str, judged: Sequence[Judged], wrong: str = ""
) -> Response:
    looked, trouble = await look(services(request), draft, judged)
    verdicts = [one.verdict for one in looked]
    return render(
        request,
        "content/many/pasted.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        change=draft.row,
        judged=looked,
        choices=CHOICES,
        text=text,
        to=to,
        new=verdicts.count(Verdict.TAKEN),
        to_choose=sum(verdict in CHOICES and not CHOICES[verdict] for verdict in verdicts),
        refused=sum(verdict not in CHOICES for verdict in verdicts),
        trouble=trouble,
        wrong=wrong,
    )


def _form(
    request: Request,
    draft: Draft,
    there: Sequence[Listing],
    *,
    to: str,
    text: str = "",
    wrong: str = "",
) -> Response:
    return render(
        request,
        "content/many/paste.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        change=draft.row,
        there=there,
        to=to,
        text=text,
        wrong=wrong,
        most=pasting.MOST,
    )


_PATH = "/changes/{id:int}/paste"

routes = [
    page(_PATH, show, needs=Permission.EDIT),
    action(_PATH, paste, needs=Permission.EDIT),
]
