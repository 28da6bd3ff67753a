"""Names of the approved naming plan (地名方案): a layer that check N22 and suggestions ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned name: for which place, by which plan, and the name in force that took it up, if one did."""

    code: str
    name: str
    category: str
    division_name: str
    plan: str
    approved_on: date | None
    meaning: str
    used_by: str | None
    made_up: bool


def add(
    db: Session, name: str, category: str, plan: str, *, division: str = "", geometry: BaseGeometry | None = None,
    approved_on: date | None = None, meaning: str = "", made_up: bool = False,
) -> str:  # fmt: skip
    """Put a name on the plan; gives its code. Geometry in CGCS2000 degrees.

    Raises:
        BadInput: no name, no plan, or an unknown category.
        Conflict: the plan has the name already.
    """
    if not name.strip() or not plan.strip() or category not in tuple("ABCDEFGH"):
        raise BadInput("缺少规划名称、方案名称或类别。", "补全后再提交。", code="planned")
    return str(db.execute(
        text("INSERT INTO register.planned_name (name, category, division, plan, approved_on, meaning, geom, made_up) VALUES "
             "(:name, :category, nullif(:division, ''), :plan, :on, :meaning, ST_SetSRID(ST_GeomFromWKB(:geom), 4490), :made_up) "
             "RETURNING code"),
        {"name": name.strip(), "category": category, "division": division, "plan": plan.strip(), "on": approved_on,
         "meaning": meaning, "geom": None if geometry is None else shapely.to_wkb(geometry), "made_up": made_up},
    ).scalar_one())  # fmt: skip


def listed(db: Session, q: str = "") -> list[Planned]:
    """Names of the plan that are still meant, by plan and name."""
    rows = db.execute(
        text("SELECT n.code, n.name, n.category, coalesce(d.name, ''), n.plan, n.approved_on, n.meaning, n.used_by, n.made_up "
             "FROM register.planned_name n LEFT JOIN register.division d ON d.code = n.division "
             "WHERE n.retired_at IS NULL AND (:q = '' OR position(:q IN n.name) > 0) ORDER BY n.plan, n.name LIMIT 1000"),
        {"q": q},
    )  # fmt: skip
    return [Planned(*row) for row in rows]


def shapes(db: Session) -> dict[str, Any]:
    """Every planned name that has a place, as GeoJSON for a map, CGCS2000 degrees; ``class`` says whether it is in use."""
    rows = db.execute(text(
        "SELECT code, name, used_by, ST_AsGeoJSON(geom, 6)::json AS geometry FROM register.planned_name "
        "WHERE retired_at IS NULL AND geom IS NOT NULL ORDER BY code LIMIT 1000"
    ))  # fmt: skip
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": r.geometry, "properties": {
            "id": r.code, "class": "used" if r.used_by else "planned", "label": r.name}} for r in rows]}  # fmt: skip


def retire(db: Session, code: str) -> None:
    """Take a name off the plan; the row stays."""
    db.execute(
        text("UPDATE register.planned_name SET retired_at = now() WHERE code = :code AND retired_at IS NULL"),
        {"code": code},
    )
