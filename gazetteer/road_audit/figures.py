"""Yearly figures of the road audit (年度数字): found and cleared, each a link to its rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.road_audit.model import KINDS, Rule
from geo.figures import Figure

_COUNTED = ("unnamed_main", "unnamed_lane", "many_names")


def figures(db: Session, year: int) -> list[Figure]:
    """Unnamed main roads, unnamed lanes and roads with several names: found in the year, cleared in the year."""
    as_of = min(date(year, 12, 31), date.today())
    rule = f"按道路排查规则 {Rule().version}，"
    made: list[Figure] = []
    for kind in _COUNTED:
        found = _count(db, "found_on", kind, year, "")
        cleared = _count(db, "settled_on", kind, year, "已解决")
        base = f"/desk/roads?kind={kind}&year={year}"
        made += [
            Figure(f"roads.{kind}.found", f"发现{KINDS[kind]}", found, "条", f"{base}&by=found", rule + "以首次发现的日期计入。", as_of),
            Figure(f"roads.{kind}.cleared", f"解决{KINDS[kind]}", cleared, "条", f"{base}&by=settled",
                   rule + "以解决的日期计入，不含“不是问题”。", as_of),
        ]  # fmt: skip
    return made


def _count(db: Session, column: str, kind: str, year: int, state: str) -> int:
    return int(db.scalar(
        text(f"SELECT count(*) FROM register.road_finding WHERE kind = :kind AND extract(year FROM {column}) = :year "  # noqa: S608
             "AND (:state = '' OR state = :state)"),
        {"kind": kind, "year": year, "state": state},
    ) or 0)  # fmt: skip
