"""The year's figures of place naming (年度数据), each counted from rows and leading to their list."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure

_COUNTS: Final = (
    ("naming.opinions", "出具命名意见", "件", "/desk/naming/decisions?kind=opinion&year={year}",
     "按意见文件计：一份文件可含多个名称，以落款日期所在年度为准。",
     "SELECT count(*) FROM register.naming_decision WHERE kind = 'opinion' AND extract(year FROM decided_on) = :year"),
    ("naming.opinion-names", "命名意见涉及名称", "个", "/desk/naming/decisions?kind=opinion&year={year}",
     "按意见文件所列的名称计。",
     "SELECT count(*) FROM register.proposal p JOIN register.naming_decision d ON d.code = p.opinion "
     "WHERE extract(year FROM d.decided_on) = :year"),
    ("naming.received", "收到地名申请", "件", "/desk/naming?state=all&year={year}",
     "按申请提交进入系统的日期计，不含草稿。",
     "SELECT count(*) FROM register.proposal p JOIN register.\"case\" c ON c.machine = 'proposal' AND c.subject = p.code "
     "WHERE c.state <> 'draft' AND extract(year FROM p.made_at) = :year"),
    ("naming.approved", "批准地名", "个", "/desk/naming/decisions?kind=approval&year={year}",
     "按批复所列的名称计，以批准日期所在年度为准。",
     "SELECT count(*) FROM register.proposal p JOIN register.naming_decision d ON d.code = p.approval "
     "WHERE extract(year FROM d.decided_on) = :year"),
    ("naming.announced", "公告地名", "个", "/desk/naming?state=announced",
     "按公告日期所在年度计。",
     "SELECT count(*) FROM register.proposal WHERE extract(year FROM announced_on) = :year"),
    ("naming.filed-late", "超过十五日备案", "个", "/desk/naming?state=filed",
     "备案日期晚于批准之日起十五日的。",
     "SELECT count(*) FROM register.case_clock WHERE machine = 'proposal' AND name = 'filing' "
     "AND extract(year FROM started_on) = :year AND coalesce(stopped_on, current_date) > due_on"),
    ("naming.unnamed-cleared", "完成补命名的道路", "条", "/desk/naming?channel=排查",
     "由道路排查发起、已公告的命名，以公告日期所在年度为准。",
     "SELECT count(*) FROM register.proposal WHERE channel = '排查' AND extract(year FROM announced_on) = :year"),
)  # fmt: skip


def figures(db: Session, year: int) -> list[Figure]:
    """What the office reports of place naming in a year."""
    as_of = min(date.today(), date(year, 12, 31))
    return [
        Figure(code, label, _count(db, sql, year), unit, href.format(year=year), rule, as_of)
        for code, label, unit, href, rule, sql in _COUNTS
    ]


def _count(db: Session, sql: str, year: int) -> int:
    found: Any = db.scalar(text(sql), {"year": year})
    return int(found or 0)
