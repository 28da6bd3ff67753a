"""Checks of what is in the register: divisions, the address index and its freshness, an administrator."""

from __future__ import annotations

from sqlalchemy import text

from api.doctor.frame import Outcome, check, fail, ok, warn
from geo.settings import settings
from geo.store.engine import session


@check(needs="objects")
def divisions() -> Outcome:
    """区划数据。"""
    with session() as db:
        counted = db.scalar(text("SELECT count(*) FROM register.division WHERE valid_to IS NULL"))
    return (
        ok(f"{counted} 个现行区划")
        if counted
        else warn("还没有", "请执行 diming demo，或用 diming import divisions 导入")
    )


@check(needs="objects")
def addresses() -> Outcome:
    """地址数据。"""
    with session() as db:
        counted, made_up = db.execute(
            text(
                "SELECT count(*), count(*) FILTER (WHERE made_up) FROM register.address WHERE valid_to IS NULL"
            )
        ).one()
    if not counted:
        return warn("还没有", "请执行 diming demo，或用 diming import addresses 导入")
    return ok(f"{counted} 条现行地址" + (f"，其中 {made_up} 条是示例数据" if made_up else ""))


@check(needs="objects")
def index() -> Outcome:
    """地址索引。"""
    path = settings().index_path
    if not path.exists():
        return fail("还没有建立", "请执行 diming index build")
    from gazetteer.register.index_source import freshness

    with session() as db:
        found = freshness(db, path, thorough=True)
    if found.damaged:
        return fail("；".join(found.damaged), "请执行 diming index build")
    seen = f"{path}，{found.info.size_bytes / 1e6:.1f} MB"
    return ok(seen) if found.is_fresh else warn(f"{seen}，比登记册旧", "请执行 diming index build")


@check(needs="schema")
def administrator() -> Outcome:
    """系统管理员账号。"""
    from api.security.accounts import has_administrator

    with session() as db:
        found = has_administrator(db)
    return ok("有") if found else warn("没有", "请执行 diming user add 用户名 --role administrator")
