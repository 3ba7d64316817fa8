"""Which messages the inbox for editors shows no more: dismissed, taken, or on the work list."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from records.publishing import Dismissal, TakenExample
from records.reviewing import Work
from records.words import WorkStatus

type Column = ColumnElement[Any] | Any


def is_left(message_id: Column) -> ColumnElement[bool]:
    """That nobody has handled a message yet, and no open work of a review is about it.

    Args:
        message_id: the column with the message's id.
    """
    closed_by_an_editor = and_(Work.status != str(WorkStatus.OPEN), Work.closed_by.is_not(None))
    return and_(
        ~exists().where(Dismissal.message_id == message_id),
        ~exists().where(TakenExample.message_id == message_id),
        ~exists().where(
            Work.message_id == message_id,
            or_(Work.status == str(WorkStatus.OPEN), closed_by_an_editor),
        ),
    )
