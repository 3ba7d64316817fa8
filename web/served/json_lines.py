"""Logs as JSON lines, without a word of what patients write."""

import json
import logging
import logging.config
import traceback
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import OperationalError

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}
# The text of any other error may hold the value it is about, and that a patient's words.
_SAFE_TO_QUOTE = (OSError, OperationalError)


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how bad, who, what, and the record's extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "severity": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        extra = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line.update((key, value) for key, value in extra.items() if value is not None)
        if record.exc_info and record.exc_info[1]:
            line["error"] = describe(record.exc_info[1])
        return json.dumps(line, default=str)


def describe(error: BaseException) -> list[str]:
    """An error and those that led to it: kinds and places, and texts only where they are safe."""
    found = []
    current: BaseException | None = error
    while current is not None:
        text = f": {current}" if isinstance(current, _SAFE_TO_QUOTE) else ""
        frames = traceback.extract_tb(current.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
        found.append(f"{type(current).__name__}{text} at {places or 'an unknown place'}")
        current = current.__cause__ or current.__context__
    return found


def configure() -> None:
    """Send the logs of this server and its libraries to standard error."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": JsonLines}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"level": "INFO", "handlers": ["stderr"]},
            # httpx would log every call to Rasa.
            "loggers": {"httpx": {"level": "WARNING"}},
        }
    )
