"""Runs the migrations; started by `records.database.migrate`, which names the database."""

from alembic import context

from records.base import Base
from records.database import connect


def run() -> None:
    engine = connect(context.config.attributes["url"])
    try:
        with engine.execution_options(begin="IMMEDIATE").begin() as connection:
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=connection.dialect.name == "sqlite",
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


run()
