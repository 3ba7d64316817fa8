"""Runs the migrations; started by `gateway.database.migrate`, which names the database."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from gateway.database import connect
from gateway.models import Base


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


async def run() -> None:
    engine = connect(context.config.attributes["url"])
    try:
        async with engine.execution_options(begin="IMMEDIATE").begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


asyncio.run(run())
