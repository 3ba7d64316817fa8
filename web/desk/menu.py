"""The menu: what leads where, and who sees it."""

from dataclasses import dataclass

from starlette.requests import Request

from desk.access.permissions import Permission
from desk.access.visitors import User


@dataclass(frozen=True)
class Entry:
    """One entry of the menu; with `needs` None everybody who is signed in sees it."""

    path: str
    title: str
    needs: Permission | None


MENU = (
    Entry("/inbox", "Inbox", Permission.READ),
    Entry("/incidents", "Incidents", Permission.REVIEW),
    Entry("/disagreements", "Disagreements", Permission.REVIEW),
    Entry("/to-do", "Work", Permission.EDIT),
    Entry("/content", "Content", Permission.EDIT),
    Entry("/changes", "Changes", Permission.EDIT),
    Entry("/releases", "Releases", Permission.EDIT),
    Entry("/figures", "Figures", Permission.FIGURES),
    Entry("/analysis", "Analysis", Permission.FIGURES),
    Entry("/export", "Export", Permission.EXPORT),
    Entry("/tags", "Tags", Permission.MANAGE_TAGS),
    Entry("/audit", "Audit", Permission.AUDIT),
    Entry("/holds", "Holds", Permission.HOLD),
    Entry("/retention", "Retention", Permission.AUDIT),
    Entry("/users", "Users", Permission.MANAGE_USERS),
)


def entries(request: Request, user: User) -> list[Entry]:
    """What a user sees of the menu: of the pages there are, those that are for them."""
    there = request.app.state.paths
    return [
        entry
        for entry in MENU
        if entry.path in there and (entry.needs is None or user.may(entry.needs))
    ]
