"""The year's figures of the diagnosis: found, repaired, still open."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure


def figures(db: Session, year: int) -> list[Figure]:
    """Findings of a year's runs by what became of them; nothing where nobody ran it."""
    row = db.execute(
        text("SELECT count(*) FILTER (WHERE f.state IN ('open', 'confirmed')) AS open, "
             "count(*) FILTER (WHERE f.state = 'repaired' AND date_part('year', f.state_at) = :year) AS repaired "
             "FROM register.diagnosis_finding f"), {"year": year},
    ).one()  # fmt: skip
    until = min(date.today(), date(year, 12, 31))
    rules = db.scalar(text("SELECT rules FROM register.diagnosis_run ORDER BY id DESC LIMIT 1"))
    used = f"编号与诊断规则 {rules}。" if rules else ""
    return [
        Figure("diagnosis.repaired", "整改编号问题", row.repaired, "处", f"/desk/diagnosis/findings?state=repaired&year={year}",
               "诊断结果中由经办人标为已整改的，按标记日期计数。" + used, until),
        Figure("diagnosis.open", "待整改编号问题", row.open, "处", "/desk/diagnosis/findings?state=live",
               "最近一次诊断中待处理和属实的。" + used, until),
    ]  # fmt: skip
