"""The page of one turn of the inbox for editors, where an example is made of it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.catalogue import Catalogue
from desk.changes import service
from desk.changes.errors import Stale
from desk.errors import NotFound
from desk.forms import read_form
from desk.intake import page, taking, targets, unanswered
from desk.intake.page import About
from desk.intake.routes import catalogue_of, marked
from desk.intake.targets import LEVELS, REASONS, Aim, NoTarget
from desk.intake.turns import Place, Turn
from desk.intake.wanted import KINDS, TO_DO, Source, wanted
from desk.intake.wishes import AreYouSure, NotSo, Wish, split, with_new_topics
from desk.privacy import audit, viewing
from desk.rendering import page as render
from desk.rendering import see_other
from desk.review.doing import number_of
from desk.review.form import RULINGS
from desk.routing import action
from desk.routing import page as shows
from desk.services import services
from records.base import now

ALIKE = 100
"""So many like questions are shown, and handled at once."""
PROPOSED = 3
"""So many questions of a group are put into the form, to be edited."""
TITLE = "Examples from the inbox"
NEW = "new"
_FIELDS = ("sentences", "aim", "topic", "flag", "level", "why", "change", "title", "sure")


@dataclass(frozen=True)
class Filled:
    """What stands in the form; `kept` are the like questions that are marked, none at first."""

    sentences: str = ""
    aim: str = Aim.TOPIC
    topic: str = ""
    flag: str = ""
    level: str = ""
    why: str = ""
    change: str = NEW
    title: str = TITLE
    kept: Sequence[str] = field(default=())


async def show(request: Request) -> Response:
    """A turn, what was made of it, and what can be done about it."""
    about = await _about(request)
    place = about.turn.place
    await viewing.conversation(services(request).database, audit.actor(request), place.number)
    proposed = [about.turn, *about.alike][:PROPOSED]
    filled = Filled(
        sentences="\n".join(" ".join(turn.text.split()) for turn in proposed),
        topic=about.proposed,
    )
    return await _render(request, about, filled)


async def take(request: Request) -> Response:
    """Make an example of a turn, and of those that ask the same."""
    about, form = await _about(request), await read_form(request)
    fields = {name: str(form.get(name, "")) for name in _FIELDS}
    places = await marked(request)
    alike = [turn for turn in about.alike if turn.place in places]
    kept = tuple(map(str, places))
    filled = Filled(**{name: fields[name] for name in _FIELDS if name != "sure"}, kept=kept)
    try:
        titles = await _titles(request, fields["change"])
        wish = _wish(fields, targets.chosen(fields, titles))
        change = await taking.take(services(request), user(request), [about.turn, *alike], wish)
    except NoTarget as error:
        return await _render(request, about, filled, problems=[str(error)])
    except Stale as error:
        return see_other(request, error.path, str(error))
    except NotSo as error:
        return await _render(request, about, filled, problems=error.problems)
    except AreYouSure as error:
        return await _render(request, about, filled, near=error.near)
    count = len(wish.sentences)
    said = f"Taken into change request {change}: {count} example{'' if count == 1 else 's'}."
    if alike:
        said += f" Put away with it: {len(alike)}."
    return see_other(request, TO_DO, said)


async def _titles(request: Request, change: str) -> Catalogue:
    """The titles of what is served, and of what the chosen change request adds."""
    titles, number = await catalogue_of(request), _number(change)
    if number is None:
        return titles
    draft = await service.current(services(request), number)
    return await asyncio.to_thread(with_new_topics, titles, draft.tree, draft.paths)


def _number(change: str) -> int | None:
    """The number of a change request; None for a new one."""
    is_number = change.isascii() and change.isdecimal() and len(change) < 10
    return int(change) if is_number else None


def _wish(fields: Mapping[str, str], target: targets.Target) -> Wish:
    return Wish(
        sentences=split(fields["sentences"]),
        target=target,
        change=_number(fields["change"]),
        title=fields["title"].strip() or TITLE,
        sure=fields["sure"] == "yes",
    )


async def _about(request: Request) -> About:
    """The turn that the address names, with those that ask the same.

    Raises:
        NotFound: there is none.
    """
    place = Place(number_of(request, "number"), number_of(request, "seq"))
    known, database = await catalogue_of(request), services(request).database
    found = await database.read(lambda db: page.about(db, place, (), known))
    if found is None:
        raise NotFound
    alike = await _alike(request, found.turn)
    if not alike:
        return found
    return await database.read(lambda db: page.about(db, place, alike, known)) or found


async def _alike(request: Request, turn: Turn) -> list[str]:
    """The ids of the questions of the same days that are like this one, if it had no answer."""
    if not turn.kinds & set(KINDS):
        return []
    asked = wanted(request.query_params, now().date())
    groups = await unanswered.groups(
        services(request).database, replace(asked, source=Source.UNANSWERED, topic="", kind="")
    )
    others = unanswered.alike(groups, turn.message_id)
    return [one.message_id for one in others[:ALIKE]]


async def _render(
    request: Request,
    about: About,
    filled: Filled,
    *,
    problems: Sequence[str] = (),
    near: Sequence[str] = (),
) -> Response:
    values: dict[str, Any] = {
        "drafts": await service.drafts_of(services(request), user(request)),
        "catalogue": await catalogue_of(request),
        "rulings": RULINGS,
        "levels": LEVELS,
        "whys": REASONS,
        "days": f"?{request.url.query}" if request.url.query else "",
        "most": ALIKE,
    }
    is_refused = bool(problems or near)
    return render(
        request,
        "intake/turn.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK,
        about=about,
        filled=filled,
        problems=problems,
        near=near,
        **values,
    )


_PATH = TO_DO + "/turns/{number:int}/{seq:int}"
routes = [
    shows(_PATH, show, needs=Permission.EDIT),
    action(_PATH, take, needs=Permission.EDIT),
]
