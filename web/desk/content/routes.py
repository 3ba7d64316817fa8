"""The routes of content: finding, reading, making and changing it."""

from collections.abc import Sequence

from desk.content import changing_pages, editing_pages, looking_pages, reading_pages
from desk.routing import DeskRoute

# What is made stands before what is read: `/content/new/topic` is no topic of a kind "new".
routes: Sequence[DeskRoute] = (
    *changing_pages.routes,
    *editing_pages.routes,
    *looking_pages.routes,
    *reading_pages.routes,
)
