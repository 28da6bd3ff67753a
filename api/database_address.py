"""Where the database is, in the words of asyncpg: for what asks from the event loop itself."""

from __future__ import annotations

from typing import Any

from geo.settings import settings
from geo.store.urls import app_url, replica_url


def connect_arguments(name: str, *, reads: bool = False) -> dict[str, Any]:
    """Keyword arguments of ``asyncpg.create_pool`` as the program's role.

    Args:
        name: the application name that the database shows.
        reads: what asks only reads published data, so that a replica will do where there is one.
    """
    url = (replica_url() if reads else None) or app_url()
    return {
        "host": url.host or url.query.get("host"),  # a unix socket's folder stands in the query
        "port": url.port or 5432,
        "user": url.username,
        "password": url.password,
        "database": url.database,
        "timeout": settings().connect_timeout_s,
        "command_timeout": settings().statement_timeout_s,
        "server_settings": {
            "application_name": name,
            "jit": "off",
            "statement_timeout": str(int(settings().statement_timeout_s * 1000)),
            "diming.rough_grid_m": str(settings().rough_grid_m),
        },
    }
