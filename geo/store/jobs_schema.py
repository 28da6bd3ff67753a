"""Procrastinate's own tables, in the schema ``jobs``."""

from __future__ import annotations

from importlib.metadata import version

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from geo.store.sql import run_script


def install(connection: Connection) -> None:
    """Install the queue of the locked version of Procrastinate, in the transaction of ``connection``.

    A newer version of the library brings its own migration files; a migration of ours then runs them.
    """
    if connection.scalar(text("SELECT to_regclass('jobs.procrastinate_jobs')")) is None:
        connection.exec_driver_sql("SET LOCAL search_path = jobs, public")
        run_script(connection, SchemaManager.get_schema())
        connection.exec_driver_sql("SET LOCAL search_path = public, jobs")
    connection.execute(
        text("INSERT INTO public.diming_meta VALUES ('procrastinate', :version) "
             "ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
        {"version": version("procrastinate")},
    )  # fmt: skip
