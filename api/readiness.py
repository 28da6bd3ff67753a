"""Bring what a command stands on into being: cluster, tables, base divisions, and an index that is not behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from geo.problems import BadInput, NotFound, Problem, Unavailable


def bring_up(tell: Callable[[str], None]) -> None:
    """Start the private cluster, bring tables and SQL up, load the nation's divisions; nothing where all is there.

    Args:
        tell: called with a Chinese sentence before each step that takes time.
    """
    from geo.store.engine import owner_engine
    from geo.store.migrate import migrate, up_to_date

    _start(tell)
    with owner_engine().connect() as connection:
        current = up_to_date(connection)
    if not current:
        migrate(tell)
    _base(tell)


def need_register(tell: Callable[[str], None]) -> None:
    """What a command that reads or writes the register asks first.

    The private cluster is brought up without a question; a database of the user's own is never changed unasked.

    Raises:
        Unavailable: the user's own database lacks tables of this version.
    """
    from geo.store.engine import owner_engine
    from geo.store.migrate import up_to_date
    from geo.store.urls import is_private

    if is_private():
        bring_up(tell)
        return
    with owner_engine().connect() as connection:
        if not up_to_date(connection):
            raise Unavailable(
                "数据库里的数据表不是本版本的。", "请先执行 diming migrate。", code="not-migrated"
            )


def fresh_index(tell: Callable[[str], None]) -> Path:
    """The address index of the register, built first when there is none or the register has changed since.

    Where the database is away, an index that is there is used as it is, and that is said.
    """
    from geo.settings import settings

    path = settings().index_path
    try:
        need_register(tell)
        if not _is_fresh(path):
            _build(path, tell)
    except Problem as problem:
        if not path.exists():
            raise
        tell(f"{problem.sentence}沿用已有的地址索引")
    return path


def _start(tell: Callable[[str], None]) -> None:
    from geo.store.cluster import private
    from geo.store.urls import is_private

    if is_private() and not private().status().running:
        tell("启动私有数据库")
        private().start()


def _base(tell: Callable[[str], None]) -> None:
    from gazetteer.register.base_data import SOURCE, load_base
    from geo.store.engine import session

    with session(timeout_s=0) as db:
        there = db.scalar(
            text("SELECT EXISTS (SELECT FROM register.division WHERE source = :source)"), {"source": SOURCE}
        )
        if not there:
            tell("装入全国区划、沿革和旧名")
            load_base(db, actor="system")


def _is_fresh(path: Path) -> bool:
    from gazetteer.register.index_source import freshness
    from geo.store.engine import session

    try:
        with session() as db:
            return freshness(db, path).is_fresh
    except (NotFound, BadInput):
        return False


def _build(path: Path, tell: Callable[[str], None]) -> None:
    from gazetteer.register.index_counties import newest

    tell("登记册有变化，更新地址索引")
    newest(path)
