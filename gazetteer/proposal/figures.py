"""The year's figures of place naming (年度数据), each counted from rows and leading to their list."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import signs, store
from geo.figures import Figure

_DECISIONS: Final = (
    ("naming.opinions", "出具命名意见", "件", "opinion", "按意见文件计：一份文件可含多个名称，以落款日期所在年度为准。",
     "SELECT count(*) FROM register.naming_decision WHERE kind = 'opinion' AND extract(year FROM decided_on) = :year"),
    ("naming.opinion-names", "命名意见涉及名称", "个", "opinion", "按意见文件所列的名称计。",
     "SELECT count(*) FROM register.proposal p JOIN register.naming_decision d ON d.code = p.opinion "
     "WHERE extract(year FROM d.decided_on) = :year"),
    ("naming.approved", "批准地名", "个", "approval", "按批复所列的名称计，以批准日期所在年度为准。",
     "SELECT count(*) FROM register.proposal p JOIN register.naming_decision d ON d.code = p.approval "
     "WHERE extract(year FROM d.decided_on) = :year"),
)  # fmt: skip
_PROPOSALS: Final = (
    ("naming.received", "收到地名申请", "件", "received", "按申请提交进入系统的日期计，不含草稿。"),
    ("naming.announced", "公告地名", "个", "announced", "按公告日期所在年度计。"),
    ("naming.filed-late", "超过十五日备案", "个", "filed-late", "备案日期晚于批准之日起十五日的，以批准日期所在年度为准。"),
    ("naming.unnamed-cleared", "完成补命名的道路", "条", "cleared", "由道路排查发起、已公告的命名，以公告日期所在年度为准。"),
)  # fmt: skip
_RULES: Final = text("""
    SELECT string_agg(DISTINCT split_part(p.rules, '#', 1), '、') FROM register.proposal p
    LEFT JOIN register.naming_decision d ON d.code IN (p.opinion, p.approval)
    WHERE p.rules <> '' AND :year IN (extract(year FROM p.checked_at), extract(year FROM d.decided_on))
""")


def figures(db: Session, year: int) -> list[Figure]:
    """What the office reports of place naming in a year; the proposals counted are those of the list it leads to."""
    as_of = min(date.today(), date(year, 12, 31))
    used = _rules(db, year)
    decided = [
        Figure(
            code,
            label,
            _count(db, sql, year),
            unit,
            f"/desk/naming/decisions?kind={kind}&year={year}",
            rule + used,
            as_of,
        )
        for code, label, unit, kind, rule, sql in _DECISIONS
    ]
    return decided + [
        Figure(code, label, store.count(db, store.Filter(counted=counted, year=year)), unit,
               f"/desk/naming?state=all&counted={counted}&year={year}", rule + used, as_of)
        for code, label, unit, counted, rule in _PROPOSALS
    ] + [
        Figure("naming.signs", "设置地名标志", signs.count(db, signs.Filter(set_year=year)), "块",
               f"/desk/naming/signs?set_year={year}", "按标志计，以设置日期所在年度为准，后来撤除的也计入。", as_of)
    ]  # fmt: skip


def _rules(db: Session, year: int) -> str:
    """The versions of the naming rules by which the names of the year were checked, as each check sheet kept them."""
    found = db.scalar(_RULES, {"year": year})
    return f"命名规则 {found}。" if found else ""


def _count(db: Session, sql: str, year: int) -> int:
    return int(db.scalar(text(sql), {"year": year}) or 0)
