"""The page that conversations are taken away from."""

from http import HTTPStatus

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from desk.access.permissions import Permission
from desk.access.visitors import User, user
from desk.errors import CannotBe
from desk.export import files, paper
from desk.export.files import MEDIA, Format, Order
from desk.export.searched import in_words, searched
from desk.export.selection import EVERYTHING, HOW, Selection, numbered
from desk.forms import clean, read_form
from desk.inbox.filters import Around
from desk.privacy import audit, unmasking
from desk.privacy.audit import Action
from desk.rendering import page as render
from desk.routing import action, page
from desk.services import services
from records.base import now

MOST_TYPED = 2000
NO_PERMIT = (
    "You may not read this conversation unmasked at this moment. Ask for it on the conversation's "
    "privacy page, then take the file away within the time."
)
ONE_ALONE = "What is not masked is taken away one conversation at a time. Write one number."


async def show(request: Request) -> Response:
    """The form: for the numbers that stand in the address, or for the search of the inbox there."""
    numbers = clean(request.query_params.get("numbers", ""))[:MOST_TYPED]
    return _form(request, numbers, "" if numbers else request.url.query, Format.JSONL)


async def export(request: Request) -> Response:
    """The file. That it is taken away is in the audit log before its first line is sent."""
    form, who, database = await read_form(request), user(request), services(request).database
    typed, query = _field(form, "numbers")[:MOST_TYPED], _field(form, "query")
    kind = next((each for each in Format if each == _field(form, "format")), Format.JSONL)
    try:
        chosen = _chosen(request, typed, query, is_all=_field(form, "all") == "yes")
        is_masked = _field(form, "unmasked") != "yes"
        order = Order(kind, chosen, is_masked, who.name)
        await database.write(lambda db: _permitted(db, who, order, typed))
    except CannotBe as error:
        return _form(request, typed, query, kind, str(error))
    return StreamingResponse(
        files.content(database, order),
        media_type=MEDIA[kind],
        headers={"Content-Disposition": f'attachment; filename="{_name(order, typed)}"'},
    )


def _chosen(request: Request, typed: str, query: str, *, is_all: bool) -> Selection:
    """What was chosen: the numbers, or else the search, or else all."""
    if not typed and query:
        around = Around(user(request).id, now(), services(request).database.is_sqlite)
        return searched(query, around)
    return EVERYTHING if is_all and not typed else numbered(typed)


def _permitted(db: Connection, who: User, order: Order, typed: str) -> None:
    """Make sure that a file may be taken away, and write down that it is."""
    count, about = files.check(db, order), "export"
    if not order.masked:
        if not typed.isascii() or not typed.isdigit():
            raise CannotBe(ONE_ALONE)
        if not unmasking.may_read_unmasked(db, who, int(typed)):
            raise CannotBe(NO_PERMIT)
    if typed.isdigit():
        about = audit.conversation(int(typed))
    detail = {
        "format": str(order.format),
        "masked": order.masked,
        "count": count,
        "chosen": dict(order.selection.said),
    }
    audit.append(db, audit.Actor(who.name, who.id), Action.EXPORTED, about, detail)


def _name(order: Order, typed: str) -> str:
    which = f"conversation-{typed}" if typed.isdigit() else f"conversations-{now():%Y%m%d-%H%M%S}"
    return f"dorsi-{which}-{'masked' if order.masked else 'NOT-MASKED'}.{order.format}"


def _form(request: Request, numbers: str, query: str, chosen: Format, wrong: str = "") -> Response:
    search: list[tuple[str, str]] = []
    try:
        search = in_words(query)
    except CannotBe as error:
        query, wrong = "", str(error)
    return render(
        request,
        "export/export.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        numbers=numbers,
        query=query if search else "",
        search=search,
        chosen=chosen,
        wrong=wrong,
        how=HOW,
        most=MOST_TYPED,
        most_on_paper=paper.MOST_CONVERSATIONS,
    )


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


routes = [
    page("/export", show, needs=Permission.EXPORT),
    action("/export", export, needs=Permission.EXPORT),
]
