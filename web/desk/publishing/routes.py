"""The routes of the content's way to patients."""

from collections.abc import Sequence

from desk.publishing import way
from desk.publishing.checks import pages as checks
from desk.publishing.due import pages as due
from desk.publishing.releasing import pages as releasing
from desk.routing import DeskRoute

routes: Sequence[DeskRoute] = (*way.routes, *checks.routes, *releasing.routes, *due.routes)
