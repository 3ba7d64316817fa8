"""The table of Rasa's events."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text

WIDTH = 255
EVENTS = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(WIDTH), nullable=False, index=True),
    Column("type_name", String(WIDTH), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(WIDTH)),
    Column("action_name", String(WIDTH)),
    Column("data", Text),
    Column("message_id", String(WIDTH)),
)
"""Rasa's own table, to its last name; only ``message_id`` is more, and may be missing in a row."""

INDEXES = (
    "CREATE INDEX IF NOT EXISTS ix_events_sender_id_id ON events (sender_id, id)",
    "CREATE INDEX IF NOT EXISTS ix_events_sender_id_message_id ON events (sender_id, message_id)"
    " WHERE type_name = 'user'",
    "CREATE INDEX IF NOT EXISTS ix_events_sessions ON events (sender_id, id)"
    " WHERE type_name = 'session_started'",
)
