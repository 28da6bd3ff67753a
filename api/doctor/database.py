"""Checks of the database: running, PostGIS, Chinese in trigrams, schema, SQL objects, roles, jobs."""

from __future__ import annotations

from sqlalchemy import text

from api.doctor.frame import Outcome, check, fail, ok, warn
from geo.store import sql
from geo.store.cluster import private
from geo.store.engine import owner_engine, session, translated
from geo.store.migrate import at_head
from geo.store.roles import separate_roles
from geo.store.urls import app_url, is_private


@check(needs="programs")
def running() -> Outcome:
    """数据库运行。"""
    if is_private() and not private().status().running:
        return fail("私有数据库没有运行", "请执行 diming up")
    with translated(), owner_engine().connect() as connection:
        return ok(f"PostgreSQL {connection.scalar(text('SHOW server_version'))}")


@check(needs="running")
def postgis() -> Outcome:
    """PostGIS 版本和矢量瓦片支持。"""
    with translated(), owner_engine().connect() as connection:
        if not connection.scalar(text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")):
            return fail("数据库里没有 PostGIS 扩展", "请执行 diming migrate")
        version = connection.scalar(text("SELECT postgis_lib_version()"))
        protobuf = connection.scalar(text("SELECT postgis_libprotobuf_version()"))
    if not protobuf:
        return fail(f"PostGIS {version} 没有编入 protobuf-c，不能生成矢量瓦片", "请换用发行版自带的 PostGIS")
    return ok(f"PostGIS {version}，protobuf-c {protobuf}")


@check(needs="postgis")
def chinese() -> Outcome:
    """数据库认得汉字。"""
    with translated(), owner_engine().connect() as connection:
        locale = connection.scalar(
            text("SELECT datctype FROM pg_database WHERE datname = current_database()")
        )
        trigrams = connection.scalar(text("SELECT show_trgm('人民路')"))
    if trigrams:
        return ok(f"字符类型 {locale}")
    return fail(
        f"字符类型是 {locale}，汉字检索无效", "数据库须以 C.UTF-8 或 zh_CN.UTF-8 建立；备份后重建数据库"
    )


@check(needs="postgis")
def schema() -> Outcome:
    """数据表版本。"""
    with translated(), owner_engine().connect() as connection:
        return ok("最新") if at_head(connection) else fail("不是本版本的数据表", "请执行 diming migrate")


@check(needs="schema")
def objects() -> Outcome:
    """SQL 函数和视图。"""
    with translated(), owner_engine().connect() as connection:
        current = sql.current(connection)
    return ok(f"{len(sql.sql_files())} 个") if current else fail("不是本版本的", "请执行 diming migrate")


@check(needs="schema")
def roles() -> Outcome:
    """程序角色和审计。"""
    with session() as db:
        may = db.scalar(
            text("SELECT has_table_privilege('audit.entry', 'INSERT, UPDATE, DELETE, TRUNCATE') "
                 "OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")
        )  # fmt: skip
    if not may:
        return ok(f"{app_url().username} 只能读审计记录")
    seen = f"{app_url().username} 能改审计记录" + ("" if separate_roles() else "（迁移和程序用同一个角色）")
    return warn(
        seen,
        "为程序另建一个普通角色写入 DIMING_DATABASE_URL，表的所有者写入 DIMING_OWNER_URL，再执行 diming migrate",
    )


@check(needs="schema")
def jobs() -> Outcome:
    """后台任务。"""
    with session() as db:
        failed = db.scalar(text("SELECT count(*) FROM jobs.procrastinate_jobs WHERE status = 'failed'"))
    return warn(f"{failed} 个任务失败", "请查看任务列表，改正后重试") if failed else ok("没有失败的任务")
