"""The diary of the browser that speaks: kept only with consent, and never in the way.

Where the database fails nothing is known and nothing kept; the conversation goes on.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker

from content.names import DIARY
from diary.store import Diary, DiaryError, at_home
from diary.values import CheckIn, History, Visit

log = logging.getLogger(__name__)
_ID = re.compile(r"[0-9a-f]{64}")


class Remembered:
    """What is kept of one browser.

    Args:
        diary: opens where diaries are kept; it may raise DiaryError.
        id: whose; None for a channel without one.
    """

    def __init__(self, diary: Callable[[], Diary], id: str | None) -> None:
        self._diary = diary
        self._id = id

    @property
    def possible(self) -> bool:
        """Whether anything could be kept at all."""
        return self._id is not None

    def consented(self) -> bool:
        """Whether the patient agreed to be remembered."""
        try:
            return self._id is not None and self._diary().consented(self._id)
        except DiaryError:
            log.exception("a diary cannot be read")
            return False

    def history(self) -> History:
        """All that is kept."""
        try:
            return self._diary().history(self._id) if self._id else History()
        except DiaryError:
            log.exception("a diary cannot be read")
            return History()

    def agree(self, at: datetime) -> bool:
        """Note the consent; False where that failed."""
        return self._write("consent", at)

    def keep(self, kept: Visit | CheckIn) -> bool:
        """Keep a visit or a check-in; False where that failed or there is no consent."""
        return self._write("add_visit" if isinstance(kept, Visit) else "add_check_in", kept)

    def forget(self) -> bool:
        """Erase everything; False where that failed."""
        return self._write("erase")

    def _write(self, method: str, *values: Any) -> bool:
        if self._id is None:
            return False
        try:
            getattr(self._diary(), method)(self._id, *values)
        except DiaryError:
            log.exception("a diary cannot be written")
            return False
        return True


def remembered(tracker: Tracker) -> Remembered:
    """The diary of the browser that sent the latest message."""
    metadata = tracker.latest_message.get("metadata")
    named = metadata.get(DIARY) if isinstance(metadata, dict) else None
    known = isinstance(named, str) and _ID.fullmatch(named)
    return Remembered(_diary, str(named) if known else None)


@lru_cache(maxsize=1)
def _diary() -> Diary:
    """The connection, made once a process."""
    return Diary(at_home(os.environ))
