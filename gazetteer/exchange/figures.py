"""Yearly figures of the exchange (年度数字): records checked and records updated, each a link to its rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange import terms
from geo.figures import Figure

_COUNTS = text("""
    SELECT count(DISTINCT key) AS checked, count(DISTINCT key) FILTER (WHERE state = '已改') AS updated FROM (
      SELECT coalesce(nullif(place_code, ''), code, batch || '-' || number) AS key, state FROM register.exchange_row
      WHERE state <> '待核' AND extract(year FROM checked_at) = :year) q
""")


def figures(db: Session, year: int) -> list[Figure]:
    """Records checked (核对) and updated (更新) in a year; one that was checked twice counts once."""
    row, as_of = db.execute(_COUNTS, {"year": year}).one(), min(date(year, 12, 31), date.today())
    rule = f"按地名代码去重，比对规则 {terms.version(db)}。"
    return [
        Figure("exchange.checked", "核对地名数据", row.checked, "条", f"/desk/exchange/checked?year={year}", rule, as_of),
        Figure("exchange.updated", "更新国家库信息", row.updated, "条", f"/desk/exchange/checked?year={year}&state=已改", rule, as_of),
    ]  # fmt: skip
