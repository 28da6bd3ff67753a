"""The year's figures of registration (年度数字): counted from cases, each leading to its list."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.registration.model import KINDS
from geo.figures import Figure

_COUNTS = text("""
    SELECT g.kind, count(*) AS n,
           count(*) FILTER (WHERE k.stopped_on IS NULL OR k.stopped_on <= k.due_on) AS kept
    FROM register.registration g
    JOIN register."case" c ON c.machine = 'registration' AND c.subject = g.code AND c.state = 'approved'
    LEFT JOIN register.case_clock k ON k.machine = 'registration' AND k.subject = g.code AND k.name = 'decide'
    WHERE date_part('year', g.decided_on) = :year GROUP BY g.kind
""")
_RULES = text(
    "SELECT string_agg(DISTINCT rules, '、') FROM register.registration "
    "WHERE rules <> '' AND date_part('year', decided_on) = :year"
)
_MEDIAN = text("""
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM register.registration
    WHERE channel = '窗口' AND seconds IS NOT NULL AND date_part('year', applied_on) = :year
""")


def figures(db: Session, year: int) -> list[Figure]:
    """Registrations approved in a year, by kind; how many in time; the counter's median."""
    rows = {row.kind: row for row in db.execute(_COUNTS, {"year": year})}
    until = min(date.today(), date(year, 12, 31))
    rules = db.scalar(_RULES, {"year": year})
    used = f"编号规则 {rules}。" if rules else ""
    here = f"/desk/numbers?state=approved&decided={year}"
    total = sum(row.n for row in rows.values())
    found = [
        Figure("numbers.all", "办理门牌登记", total, "件", here, "按核准日期计数，含各类登记。" + used, until)
    ]
    found += [
        Figure(
            f"numbers.{kind}",
            f"门牌{kind}",
            rows[kind].n,
            "件",
            f"{here}&kind={kind}",
            "按核准日期计数。" + used,
            until,
        )
        for kind in KINDS
        if kind in rows
    ]
    kept = sum(row.kept for row in rows.values())
    found.append(
        Figure(
            "numbers.kept",
            "按时办结",
            kept,
            "件",
            here,
            "办结日期不晚于时限的登记，时限见编号规则。" + used,
            until,
        )
    )
    median = db.scalar(_MEDIAN, {"year": year})
    if median is not None:
        found.append(Figure("numbers.median", "窗口办理用时中位数", round(float(median) / 60, 1), "分钟",
                            f"/desk/numbers?since={year}-01-01&until={year}-12-31", "从打开表单到提交。", until))  # fmt: skip
    return found
