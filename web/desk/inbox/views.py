"""Saved views: searches under a name, built in, of one's own, or everybody's."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from desk.inbox import asked, listing
from desk.inbox.filters import Around
from desk.privacy import masking
from records.reviewing import SavedView
from records.words import DOUBTED

MAX_NAME, MAX_VIEWS = 80, 20
NAMES_SOMEBODY = (
    "A view is kept for long and may not name a person, a number or an address. Nothing was saved."
)
COUNTED = 1000
"""Up to so many are counted beside a view's name."""

EMERGENCIES = "level=emergency&status=open"
BUILT_IN = (
    ("Emergencies not reviewed", EMERGENCIES),
    ("Possibly missed", f"doubt_above={DOUBTED}&status=new&sort=doubt"),
    ("Unsure answers this week", "sure_below=0.5&days=7&sort=unsure"),
    ("Thumbs down", "disliked=1"),
    ("Fallbacks this week", "fallbacks=1&days=7"),
    ("Unfinished", "unfinished=any"),
    ("Assigned to me", "assignee=me&status=open"),
)


class CannotSave(Exception):
    """A view cannot be kept; the text says why."""


@dataclass(frozen=True)
class View:
    """A view, and how many conversations it finds.

    Attributes:
        id: None for one that is built in.
        owner: whose it is; None for everybody's.
        query: the search, as an address has it.
        count: at most one more than `COUNTED`; None where words are searched, which takes longer
            than a page may for numbers that nobody asked for.
    """

    id: int | None
    owner: int | None
    name: str
    query: str
    count: int | None


def views(db: Connection, around: Around) -> list[View]:
    """Those that are built in, then everybody's, then one's own."""
    rows: list[tuple[int | None, int | None, str, str]] = [
        (None, None, name, query) for name, query in BUILT_IN
    ]
    mine = or_(SavedView.owner.is_(None), SavedView.owner == around.user_id)
    saved = select(SavedView.id, SavedView.owner, SavedView.name, SavedView.query).where(mine)
    ordered = saved.order_by(
        SavedView.owner.is_not(None), SavedView.position, func.lower(SavedView.name), SavedView.id
    )
    rows += [(row.id, row.owner, row.name, row.query) for row in db.execute(ordered)]
    return [View(*row, _count(db, row[3], around)) for row in rows]


def emergencies(db: Connection, around: Around) -> int:
    """How many emergencies nobody has reviewed."""
    return listing.count(db, asked.asked(EMERGENCIES), around)


def save(db: Connection, owner: int | None, name: str, query: str) -> None:
    """Keep a search under a name.

    Args:
        db: a transaction that writes.
        owner: whose view it is to be; None for everybody's.
        name: what it is called.
        query: the search, as an address has it; what cannot be read of it is left out.

    Raises:
        CannotSave: the name is missing, too long or taken, there are too many views, or the name or
            the words name somebody: a view is kept when the conversation is erased.
    """
    kept = select(SavedView.name).where(_of(owner))
    names = {one.casefold() for one in db.scalars(kept)}
    if len(names) >= MAX_VIEWS:
        raise CannotSave(f"There are {MAX_VIEWS} views already. Please delete one first.")
    name = _fitting(name, names)
    wanted = asked.asked(query)
    if masking.spans(wanted.typed.get("q", "")):
        raise CannotSave(NAMES_SOMEBODY)
    values = {"owner": owner, "name": name, "query": wanted.query}
    db.execute(insert(SavedView).values(values))


def rename(db: Connection, id: int, user_id: int, name: str, *, may_share: bool) -> None:
    """Give a view another name.

    Raises:
        CannotSave: there is no such view for this user, or the name does not do.
    """
    view = _changeable(db, id, user_id, may_share)
    others = select(SavedView.name).where(_of(view), SavedView.id != id)
    name = _fitting(name, {one.casefold() for one in db.scalars(others)})
    db.execute(update(SavedView).where(SavedView.id == id).values(name=name))


def remove(db: Connection, id: int, user_id: int, *, may_share: bool) -> None:
    """Delete a view.

    Raises:
        CannotSave: there is no such view for this user.
    """
    _changeable(db, id, user_id, may_share)
    db.execute(delete(SavedView).where(SavedView.id == id))


def _count(db: Connection, query: str, around: Around) -> int | None:
    wanted = asked.asked(query)
    return None if "q" in wanted.values else listing.count(db, wanted, around, COUNTED)


def _of(owner: int | None) -> ColumnElement[bool]:
    return SavedView.owner.is_(None) if owner is None else SavedView.owner == owner


def _changeable(db: Connection, id: int, user_id: int, may_share: bool) -> int | None:
    """The owner of a view that the user may change."""
    row = db.execute(select(SavedView.owner).where(SavedView.id == id)).one_or_none()
    if row is None or row.owner not in (user_id, None):
        raise CannotSave("There is no such view any more.")
    if row.owner is None and not may_share:
        raise CannotSave("This view is everybody's. Who keeps the tags in order may change it.")
    owner: int | None = row.owner
    return owner


def _fitting(name: str, taken: Collection[str]) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME:
        raise CannotSave(f"A view needs a name of at most {MAX_NAME} characters.")
    if masking.spans(name):
        raise CannotSave(NAMES_SOMEBODY)
    if name.casefold() in taken or name.casefold() in {one.casefold() for one, _ in BUILT_IN}:
        raise CannotSave("There is a view of that name already. Please choose another.")
    return name
