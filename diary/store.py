"""The diary in a database: the only code that reads and writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from diary import records
from diary.database import DiaryError, at_home, connect, empty_log, guarded
from diary.models import CheckInRow, DiaryRow, VisitRow
from diary.values import CheckIn, Done, History, Visit

__all__ = ["Diary", "DiaryError", "NoConsent", "at_home"]

_ID = re.compile(r"[0-9a-f]{64}")
_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class NoConsent(DiaryError):
    """The patient has not agreed to be remembered, or has taken it back: nothing was written."""


class Diary:
    """The diaries of all browsers. Each method is one transaction, committed when it returns.

    Every method raises DiaryError where the database fails, is not migrated or keeps others
    waiting for longer than two seconds, and where the id is not 64 hexadecimal digits.
    Threads and processes may share a database.
    """

    def __init__(self, url: str) -> None:
        """Connect when first needed.

        Args:
            url: of SQLite or PostgreSQL, see ``at_home``.

        Raises:
            DiaryError: the address is of no use.
        """
        self._engine = connect(url)
        self._writing = self._engine.execution_options(begin="IMMEDIATE")

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def consented(self, id: str) -> bool:
        """Whether the patient has agreed that this browser's diary is kept."""
        with self._session(self._engine, id) as db:
            return db.get(DiaryRow, id) is not None

    def consent(self, id: str, at: datetime) -> None:
        """Note that the patient agreed; the first time counts."""
        with self._session(self._writing, id) as db:
            insert = _INSERTS[self._engine.dialect.name](DiaryRow)
            db.execute(insert.values(id=id, consented_at=at).on_conflict_do_nothing())

    def add_visit(self, id: str, visit: Visit) -> None:
        """Keep a practice, in place of one that began at the same moment.

        Raises:
            NoConsent: the patient has not agreed.
        """
        with self._permitted(id) as db:
            self._drop(db, VisitRow, id, visit.at)
            db.add(records.visit_row(id, visit))

    def add_done(self, id: str, at: datetime, done: Done) -> None:
        """Keep one more exercise of the practice that began at ``at``, which may be its first.

        Raises:
            NoConsent: the patient has not agreed.
        """
        with self._permitted(id) as db:
            query = select(VisitRow).where(VisitRow.diary_id == id, VisitRow.at == at)
            row = db.scalars(query).one_or_none()
            if row is None:
                db.add(records.visit_row(id, Visit(at, (done,))))
            else:
                row.done.extend(records.done_rows((done,), start=len(row.done)))

    def add_check_in(self, id: str, check_in: CheckIn) -> None:
        """Keep a check-in, in place of one of the same moment.

        Raises:
            NoConsent: the patient has not agreed.
        """
        with self._permitted(id) as db:
            self._drop(db, CheckInRow, id, check_in.at)
            db.add(records.check_in_row(id, check_in))

    def history(self, id: str) -> History:
        """All that is kept, in order of time; nothing for a diary that there is not."""
        with self._session(self._engine, id) as db:
            return _history(db, id)

    def export(self, id: str) -> dict[str, Any]:
        """Everything that is kept, as plain JSON; ``consented_at`` is None where nothing is."""
        with self._session(self._engine, id) as db:
            row = db.get(DiaryRow, id)
            history = _history(db, id)
        return {
            "id": id,
            "consented_at": row.consented_at.isoformat() if row else None,
            "visits": [records.visit_json(one) for one in history.visits],
            "check_ins": [records.check_in_json(one) for one in history.check_ins],
        }

    def erase(self, id: str) -> None:
        """Delete everything, the consent too; nothing happens where there is nothing."""
        with self._session(self._writing, id) as db:
            db.execute(delete(DiaryRow).where(DiaryRow.id == id))
        with guarded():
            empty_log(self._engine)

    @contextmanager
    def _session(self, engine: Any, id: str) -> Iterator[Any]:
        if not _ID.fullmatch(id):
            raise DiaryError("This is not the id of a diary")
        with guarded(), Session(engine, future=True, expire_on_commit=False) as db, db.begin():
            yield db

    @contextmanager
    def _permitted(self, id: str) -> Iterator[Any]:
        """A session that writes. It holds the diary's row: an erasure comes before or after."""
        with self._session(self._writing, id) as db:
            query = select(DiaryRow.id).where(DiaryRow.id == id).with_for_update()
            if db.scalar(query) is None:
                raise NoConsent("The patient has not agreed to be remembered")
            yield db

    @staticmethod
    def _drop(db: Any, table: Any, id: str, at: datetime) -> None:
        """Delete what is kept of a moment; the exercises of a practice go with it."""
        db.execute(delete(table).where(table.diary_id == id, table.at == at))


def _history(db: Any, id: str) -> History:
    def rows(table: Any) -> Any:
        return db.scalars(select(table).where(table.diary_id == id).order_by(table.at))

    return History(
        tuple(records.visit(row) for row in rows(VisitRow)),
        tuple(records.check_in(row) for row in rows(CheckInRow)),
    )
