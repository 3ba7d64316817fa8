"""What protects one conversation: reading it unmasked, holding it, and the way to erasing it."""

from collections.abc import Callable
from http import HTTPStatus

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.visitors import User, user
from desk.errors import CannotBe, NotFound
from desk.forms import field
from desk.privacy import audit, holding, unmasking
from desk.privacy.reasons import LONGEST, SHORTEST
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import Handler, action, page
from desk.services import services
from records.conversations import Conversation

HIGHEST = 2**31 - 1

type Work = Callable[[Connection, User, int, str], object]


def conversation_path(number: int) -> str:
    """Where a conversation is read."""
    return f"/conversations/{number}"


def number_of(request: Request) -> int:
    """The number that stands in the address.

    Raises:
        NotFound: there can be no conversation of that number.
    """
    number: int = request.path_params["number"]
    if number > HIGHEST:
        raise NotFound
    return number


async def show(request: Request) -> Response:
    """What can be done for the protection of a conversation, as far as the visitor may."""
    return await _shown(request)


async def show_holds(request: Request) -> Response:
    """All conversations that are held."""
    holds = await services(request).database.read(holding.everything)
    return render(request, "privacy/holds.html", holds=holds)


async def _shown(request: Request, failed: str = "", wrong: str = "", reason: str = "") -> Response:
    number, who = number_of(request), user(request)

    def look(db: Connection) -> tuple[object, object]:
        there = select(Conversation.number).where(Conversation.number == number)
        if db.execute(there).one_or_none() is None:
            raise NotFound
        return holding.held(db, number), unmasking.unmasked_until(db, who, number)

    held, until = await services(request).database.read(look)
    return render(
        request,
        "privacy/conversation.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        number=number,
        held=held,
        unmasked_until=until,
        minutes=unmasking.LASTS.seconds // 60,
        failed=failed,
        wrong=wrong,
        reason=reason,
        shortest=SHORTEST,
        longest=LONGEST,
    )


def _does(name: str, work: Work, said: str, *, stays: bool) -> Handler:
    """A handler that does something to a conversation, with a reason."""

    async def handle(request: Request) -> Response:
        number, who = number_of(request), user(request)
        reason = await field(request, "reason")
        try:
            await services(request).database.write(lambda db: work(db, who, number, reason))
        except CannotBe as error:
            return await _shown(request, name, str(error), reason)
        path = conversation_path(number)
        return see_other(request, f"{path}/privacy" if stays else path, said)

    return handle


def _mask_again(db: Connection, who: User, number: int, _: str) -> None:
    unmasking.mask_again(db, who, number)


def _hold(db: Connection, who: User, number: int, reason: str) -> None:
    holding.hold(db, audit.Actor(who.name, who.id), number, reason)


def _lift(db: Connection, who: User, number: int, reason: str) -> None:
    holding.lift(db, audit.Actor(who.name, who.id), number, reason)


_ONE = "/conversations/{number:int}"
_UNMASKED = f"For {unmasking.LASTS.seconds // 60} minutes you see this conversation unmasked."

routes = [
    page(f"{_ONE}/privacy", show, needs=Permission.READ),
    action(
        f"{_ONE}/unmask",
        _does("unmask", unmasking.unmask, _UNMASKED, stays=False),
        needs=Permission.UNMASK,
    ),
    action(
        f"{_ONE}/mask",
        _does("mask", _mask_again, "It is masked again.", stays=False),
        needs=Permission.UNMASK,
    ),
    action(
        f"{_ONE}/hold",
        _does("hold", _hold, "This conversation is held.", stays=True),
        needs=Permission.HOLD,
    ),
    action(
        f"{_ONE}/lift",
        _does("lift", _lift, "The hold is lifted.", stays=True),
        needs=Permission.HOLD,
    ),
    page("/holds", show_holds, needs=Permission.HOLD),
]
