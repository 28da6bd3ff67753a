"""The year's figures of plates (门牌统计数字), each with the list of its rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure

_COUNTS = text("""
    SELECT (SELECT count(*) FROM register.plate WHERE ordered_at >= :first AND ordered_at < :after) AS ordered,
           (SELECT count(DISTINCT subject) FROM register.case_event
            WHERE machine = 'plate' AND act = 'hang' AND at >= :first AND at < :after) AS hung,
           (SELECT count(*) FROM register.plate_as_of(:last) WHERE state = 'hung') AS hanging,
           (SELECT count(*) FROM register.plate_repair WHERE reported_at >= :first AND reported_at < :after) AS reported,
           (SELECT count(*) FROM register.case_clock WHERE machine = 'plate-repair' AND stopped_on IS NOT NULL
              AND stopped_on <= due_on AND started_on BETWEEN :first AND :last) AS in_time
""")


def figures(db: Session, year: int) -> list[Figure]:
    """Plates ordered and hung in a year, hanging at its end, defects reported and mended in time."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), date.today())
    row = db.execute(_COUNTS, {"first": first, "last": last, "after": date(year + 1, 1, 1)}).one()
    return [
        Figure("plates.ordered", "申领门牌", row.ordered, "块", f"/desk/plates?ordered={year}",
               "当年申领的门牌，按申领时间计。", last),
        Figure("plates.hung", "安装门牌", row.hung, "块", f"/desk/plates?hung={year}",
               "当年有安装记录的门牌，同一块只计一次。", last),
        Figure("plates.hanging", "在用门牌", row.hanging, "块", f"/desk/plates?hanging={last}",
               "截至当日状态为已安装的门牌。", last),
        Figure("plates.reported", "门牌报修", row.reported, "件", f"/desk/plates/repairs?year={year}",
               "当年提出的维修工单。", last),
        Figure("plates.in-time", "按时修复", row.in_time, "件", f"/desk/plates/repairs?year={year}&kept=1",
               "当年提出、在时限内办结的维修工单。", last),
    ]  # fmt: skip
