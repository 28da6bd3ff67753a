"""Which database, as which role: the private cluster, or the PostGIS that the settings name."""

from __future__ import annotations

from sqlalchemy.engine import URL, make_url

from geo.problems import BadInput
from geo.settings import settings
from geo.store.cluster import APP, OWNER, private


def app_url() -> URL:
    """The database as the program's own role, which cannot change the audit."""
    return _url(settings().database_url or private().url(APP))


def owner_url() -> URL:
    """The database as the role that owns the tables; migrations use it and nothing else."""
    return _url(settings().owner_url or settings().database_url or private().url(OWNER))


def replica_url() -> URL | None:
    """The streaming replica that reads of published data may go to (只读副本), None where there is none."""
    given = settings().replica_url
    return _url(given) if given else None


def is_private() -> bool:
    """Whether the project keeps the database itself."""
    return settings().database_url is None


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except Exception as error:  # SQLAlchemy raises several kinds; the text is the person's
        raise BadInput(
            "DIMING_DATABASE_URL 不是数据库地址", "写成 postgresql://用户:密码@主机:5432/库名"
        ) from error
    return url.set(drivername="postgresql+psycopg")
