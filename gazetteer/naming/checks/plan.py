"""The approved naming plan (地名方案)."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.ground import distance_m, metric, share_along
from gazetteer.naming.model import NamedPlace, not_checked


@check("N22", "与批准的地名方案一致")
def naming_plan(case: Case) -> Findings:
    """Another name is planned here, or this name is planned elsewhere."""
    name, place = case.new_name().name, case.proposal.geometry
    elsewhere = [row for row in case.around.planned_named(name) if row.category == case.proposal.category]
    if place is None or place.is_empty:
        if elsewhere:
            raise not_checked("方案中有此名称，但没有位置图形，无法核对是否同一地点")
        case.geometry()
        return []
    within = case.rule["within_m"]
    here = [row for row in case.around.planned_at(place, within) if _same_place(case, row)]
    found = [
        case.finding(
            f"地名方案在此处规划的名称是“{row.name}”（{row.code}）",
            f"请采用“{row.name}”，或说明调整方案的理由",
            place=row,
            figures=("within_m",),
        )
        for row in case.others(here)
        if row.name != name
    ]
    for row in case.others(elsewhere):
        if row.geometry is not None and distance_m(place, row.geometry) > within:
            evidence = f"地名方案已将“{name}”规划给另一处（{row.code}）"
            found.append(case.finding(evidence, "请另取名称，或说明调整方案的理由", place=row))
    return found


def _same_place(case: Case, row: NamedPlace) -> bool:
    """Whether a planned name is meant for this very place: mostly along it, mostly over it, or near a point."""
    place = case.proposal.geometry
    if place is None or row.geometry is None or row.category != case.proposal.category:
        return False
    within, least = float(case.rule["within_m"]), float(case.rule["overlap"])
    if "LineString" in place.geom_type:
        return max(share_along(place, row.geometry, within), _back(row, place, within)) >= least
    flat, other = metric(place), metric(row.geometry, place)
    if flat.area and other.area:
        return bool(flat.intersection(other).area >= least * min(flat.area, other.area))
    return bool(flat.distance(other) <= within)


def _back(row: NamedPlace, place: BaseGeometry, within: float) -> float:
    """Share of the planned line that the proposed one covers; 0 where the plan holds no line."""
    geometry = row.geometry
    if geometry is None or "LineString" not in geometry.geom_type:
        return 0.0
    return share_along(geometry, place, within)
