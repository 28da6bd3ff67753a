"""SQL functions and views: one object a file, named after it, reinstalled whole by every ``migrate``.

Files lie in folders called ``sql`` beside the code that uses them: ``geo/store/sql/audit.record.sql``.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from psycopg import errors
from sqlalchemy import Connection, text

from geo.settings import ROOT

ROOMS = ("geo", "gazetteer", "boundary", "tiles", "api")
_VIEW = re.compile(r"CREATE\s+OR\s+REPLACE\s+VIEW\s+([\w.]+)", re.IGNORECASE)
# Raised when an object names another that is not there yet, or no longer.
_LATER = (errors.UndefinedTable, errors.UndefinedFunction, errors.UndefinedColumn, errors.UndefinedObject)


def run_script(connection: Connection, script: str) -> None:
    """Run SQL text of several statements exactly as written, in the transaction of ``connection``."""
    # Through SQLAlchemy a % would be a placeholder and :name a parameter.
    connection.connection.cursor().execute(script)


def sql_files() -> list[Path]:
    """Every file that holds an object, ordered by its name."""
    found = (f for room in ROOMS for f in (ROOT / room).rglob("sql/**/*.sql"))
    return sorted(found, key=lambda f: f.name)


def digest() -> str:
    """The SHA-256 of all files: whether a database's objects are those of this version of the program."""
    whole = hashlib.sha256()
    for file in sql_files():
        whole.update(file.name.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


def install_one(connection: Connection, name: str) -> None:
    """Install one object now; a migration that attaches a trigger needs its function."""
    [file] = [f for f in sql_files() if f.stem == name]
    run_script(connection, file.read_text(encoding="utf-8"))


def reinstall(connection: Connection) -> int:
    """Install every object in the transaction of ``connection`` and remember the digest; gives their count.

    Views may stand on each other in any order of names: what misses another waits for the next round.
    """
    waiting = sql_files()
    count = len(waiting)
    while waiting:
        refused = [(file, error) for file in waiting if (error := _try(connection, file)) is not None]
        if len(refused) == len(waiting):
            file, error = refused[0]
            error.add_note(f"installing {file}")
            raise error
        waiting = [file for file, _ in refused]
    connection.execute(
        text("INSERT INTO public.diming_meta VALUES ('sql_digest', :digest) "
             "ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
        {"digest": digest()},
    )  # fmt: skip
    return count


def current(connection: Connection) -> bool:
    """Whether the objects of the database are those of this version."""
    stored = connection.scalar(text("SELECT value FROM public.diming_meta WHERE key = 'sql_digest'"))
    return bool(stored == digest())


def _try(connection: Connection, file: Path) -> Exception | None:
    try:
        with connection.begin_nested():
            run_script(connection, file.read_text(encoding="utf-8"))
    except Exception as error:
        original = getattr(error, "orig", error)
        if isinstance(original, _LATER):
            return error
        view = _VIEW.search(file.read_text(encoding="utf-8"))
        if isinstance(original, errors.InvalidTableDefinition) and view:
            return _replace_view(connection, file, view[1])
        raise
    return None


def _replace_view(connection: Connection, file: Path, name: str) -> Exception | None:
    # PostgreSQL only lets columns be added at a view's end. What stood on the view is reinstalled too.
    connection.exec_driver_sql(f"DROP VIEW {name} CASCADE")
    error = _try(connection, file)
    if error is None:
        for other in sql_files():
            if other != file and name in other.read_text(encoding="utf-8"):
                _try(connection, other)
    return error
