"""Runs the migrations on the connection that ``diary.database.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from diary.database import VERSION_TABLE
from diary.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
