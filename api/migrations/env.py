"""Alembic's environment: the owner's connection, given by ``geo.store.migrate`` or opened here for the alembic tool."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from geo.store.columns import Base
from geo.store.engine import owner_engine


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_schemas=True,
        version_table_schema="public",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with owner_engine().begin() as opened:
        _run(opened)
