"""Switches: from the wish to serve another release to the one moment in which it is served.

A switch is `preparing` until every replica has the release ready. Then one update of its row makes
it `live`: each turn that begins later, anywhere, is of that release. Where a replica cannot, or it
takes too long, the switch has `failed`, and nothing was changed for anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Row, Update, insert, select, update

from records.base import now
from records.publishing import Release, Replica, Switch
from records.words import SwitchKind, SwitchState
from releases import deciding, folder
from releases.deciding import PRESENT, Seen

_PREPARING = (
    select(Switch.id, Switch.release, Switch.at)
    .where(Switch.state == SwitchState.PREPARING)
    .order_by(Switch.id)
)
_LIVE = (
    select(Switch.id, Switch.release, Switch.kind, Switch.live_at)
    .where(Switch.state == SwitchState.LIVE)
    .order_by(Switch.id.desc())
)
LONGEST_HISTORY = 50
_RACED = "Another switch began in the same moment. Try again when it is over."


class Refused(Exception):
    """A switch cannot begin; the text says why, and what to do."""


@dataclass(frozen=True)
class Progress:
    """How far a switch has come.

    Attributes:
        id: the switch's.
        release: what is to be served.
        kind: why.
        state: how far it is.
        message: why it failed.
        by: who wanted it.
        at: when it began.
        live_at: when it was live.
        ready: while it is preparing, the replicas that have the release ready.
        waiting: and those that are waited for.
    """

    id: int
    release: int
    kind: SwitchKind
    state: SwitchState
    message: str
    by: str
    at: datetime
    live_at: datetime | None
    ready: Sequence[str] = ()
    waiting: Sequence[str] = ()


def begin(
    db: Connection,
    number: int,
    kind: SwitchKind,
    by: str,
    *,
    releases: Path | None = None,
    code: str = "",
) -> int:
    """Wish for another release, in the caller's transaction.

    Args:
        db: the transaction.
        number: the release.
        kind: why.
        by: who wishes it, by name.
        releases: the folder of all releases, to look whether it has a model for `code`.
        code: what runs here (the setting `dorsi_code`); nothing where that is not known.

    Returns:
        The id of the switch.

    Raises:
        Refused: there is no such release, its folder was cleared away, it is served already, its
            model was trained by other code, or another switch is under way.
    """
    settle(db)
    found = db.execute(select(Release.kept).where(Release.number == number)).scalar()
    if found is None:
        raise Refused(f"There is no release {number}. Look at the list of releases.")
    if not found:
        raise Refused(f"Release {number} was cleared away. Choose one that is kept.")
    if live(db) == number:
        raise Refused(f"Release {number} is served already.")
    other = db.execute(_PREPARING).first()
    if other is not None:
        raise Refused(f"Release {other.release} is being made ready. Try again in a minute.")
    if releases is not None:
        _has_model(releases, number, code)
    values = {"release": number, "kind": kind, "by": by, "state": SwitchState.PREPARING}
    made = insert(Switch).values(**values, at=now()).returning(Switch.id)
    return int(db.execute(made).scalar_one())


def install(db: Connection, number: int, by: str) -> int:
    """Have a release served from now on; for a start, when nobody is served yet.

    Returns:
        The id of the switch.
    """
    at = now()
    values = {"release": number, "kind": SwitchKind.INSTALL, "by": by, "state": SwitchState.LIVE}
    made = insert(Switch).values(**values, at=at, live_at=at).returning(Switch.id)
    return int(db.execute(made).scalar_one())


def live(db: Connection) -> int | None:
    """The number of the release that is served; None where none ever was."""
    found = latest(db)
    return None if found is None else int(found.release)


def latest(db: Connection) -> Row[int, int, str, datetime | None] | None:
    """The switch that says what is served: its id, release, kind and live_at."""
    return db.execute(_LIVE).first()


def before(db: Connection) -> Row[int, int, str, datetime | None] | None:
    """The last switch to a release other than the one that is served."""
    number = live(db)
    return db.execute(_LIVE.where(Switch.release != number)).first()


def history(db: Connection, since: datetime) -> Sequence[Row[int, int, str, datetime | None]]:
    """The live switches since then and the last one before it, the newest first."""
    found = db.execute(_LIVE.limit(LONGEST_HISTORY)).all()
    until = next((n for n, one in enumerate(found) if one.live_at and one.live_at <= since), None)
    return found if until is None else found[: until + 1]


def preparing(db: Connection) -> Row[int, int, datetime] | None:
    """The switch that is under way: its id, release and at."""
    return db.execute(_PREPARING).first()


def kept(db: Connection) -> Sequence[Row[int, str, str, datetime]]:
    """The releases that can be gone back to, the newest first: number, title, by and made_at."""
    asked = select(Release.number, Release.title, Release.by, Release.made_at)
    return db.execute(asked.where(Release.kept).order_by(Release.number.desc())).all()


def state(db: Connection, id: int) -> Progress | None:
    """How far a switch has come; None if there is none of that id."""
    row = db.execute(select(Switch.__table__).where(Switch.id == id)).one_or_none()
    if row is None:
        return None
    found = {**row._asdict(), "kind": SwitchKind(row.kind), "state": SwitchState(row.state)}
    if found["state"] is SwitchState.PREPARING:
        seen = _seen(db, now())
        found["ready"] = [one.name for one in seen if one.ready == row.release]
        found["waiting"] = [one.name for one in seen if one.ready != row.release]
    return Progress(**found)


def settle(db: Connection, at: datetime | None = None) -> None:
    """Bring the switch under way to its end, if it is time. Anybody may, as often as they like.

    Args:
        db: the transaction.
        at: the present moment.
    """
    at = at or now()
    under_way = db.execute(_PREPARING).all()
    for late in under_way[1:]:
        db.execute(_ended(late.id, SwitchState.FAILED, message=_RACED))
    if under_way:
        switch = under_way[0]
        verdict = deciding.decide(switch.release, switch.at, _seen(db, at), at)
        if verdict.state is SwitchState.LIVE:
            db.execute(_ended(switch.id, SwitchState.LIVE, live_at=at))
        elif verdict.state is SwitchState.FAILED:
            fail(db, switch.id, verdict.message)


def fail(db: Connection, id: int, message: str) -> None:
    """End a switch that is under way; one that has ended stays as it is."""
    db.execute(_ended(id, SwitchState.FAILED, message=message))


def _has_model(releases: Path, number: int, code: str) -> None:
    try:
        if not folder.has_model(releases, number, code):
            raise Refused(folder.of_other_code(number))
    except folder.Broken as error:
        raise Refused(f"Release {number} cannot be served: {error}") from None


def _ended(id: int, state: SwitchState, **more: object) -> Update:
    """The update that ends a switch, once: of two that try, the first one counts."""
    is_under_way = Switch.id == id, Switch.state == SwitchState.PREPARING
    return update(Switch).where(*is_under_way).values(state=state, **more)


def _seen(db: Connection, at: datetime) -> list[Seen]:
    columns = Replica.name, Replica.serving, Replica.ready, Replica.trouble, Replica.seen_at
    found = db.execute(select(*columns).where(Replica.seen_at > at - PRESENT).order_by("name"))
    return [Seen(**row._asdict()) for row in found]
