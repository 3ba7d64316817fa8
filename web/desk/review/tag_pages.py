"""The page of the managed list of tags."""

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.forms import field
from desk.privacy import audit
from desk.rendering import page as render
from desk.review import tags
from desk.review.doing import do, number_of
from desk.routing import action, page
from desk.services import services


async def show_tags(request: Request) -> Response:
    """The managed list of tags."""
    found = await services(request).database.read(tags.all_tags)
    return render(request, "review/tags.html", tags=found)


async def create_tag(request: Request) -> Response:
    """Add a tag to the list."""
    who, name, meaning = audit.actor(request), *(await _named(request))
    return await do(
        request, "/tags", "The tag is added.", lambda db: tags.create(db, who, name, meaning)
    )


async def change_tag(request: Request) -> Response:
    """Give a tag another name or meaning."""
    who, id = audit.actor(request), number_of(request, "id")
    name, meaning = await _named(request)
    return await do(
        request, "/tags", "The tag is changed.", lambda db: tags.change(db, who, id, name, meaning)
    )


async def retire_tag(request: Request) -> Response:
    """Offer a tag no more."""
    who, id = audit.actor(request), number_of(request, "id")
    said = "The tag is retired; conversations that have it keep it."
    return await do(request, "/tags", said, lambda db: tags.retire(db, who, id, retired=True))


async def restore_tag(request: Request) -> Response:
    """Offer a retired tag again."""
    who, id = audit.actor(request), number_of(request, "id")
    said = "The tag is offered again."
    return await do(request, "/tags", said, lambda db: tags.retire(db, who, id, retired=False))


async def _named(request: Request) -> tuple[str, str]:
    return await field(request, "name"), await field(request, "meaning")


routes = [
    page("/tags", show_tags, needs=Permission.MANAGE_TAGS),
    action("/tags", create_tag, needs=Permission.MANAGE_TAGS),
    action("/tags/{id:int}", change_tag, needs=Permission.MANAGE_TAGS),
    action("/tags/{id:int}/retire", retire_tag, needs=Permission.MANAGE_TAGS),
    action("/tags/{id:int}/restore", restore_tag, needs=Permission.MANAGE_TAGS),
]
