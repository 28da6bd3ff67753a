"""Direction words (方位词): 东路 lies in the east of its road."""

from __future__ import annotations

from shapely import union_all

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.ground import offset_m
from gazetteer.naming.model import NamedPlace, not_applicable

_SIDES = {"东": (0, 1, "西"), "西": (0, -1, "东"), "北": (1, 1, "南"), "南": (1, -1, "北")}


@check("N17", "方位词与实际方位一致")
def direction(case: Case) -> Findings:
    """The middle of the segment lies on the side its name says, seen from the rest of its road.

    The rest is the parent road and the other members of the series; 永宁中路 lies between 永宁东路 and 永宁西路.
    """
    parts = case.new_name()
    if parts.direction not in (*_SIDES, "中"):
        raise not_applicable("名称没有东、西、南、北、中等方位词")
    family = _family(case)
    if not family:
        raise not_applicable(f"没有登记“{parts.stem}”系列的其他道路，无法比较方位")
    if parts.direction == "中":
        return _between(case, family)
    axis, sign, opposite = _SIDES[parts.direction]
    rest = union_all([place.geometry for place in family])
    away = offset_m(case.geometry(), rest)[axis]
    if sign * away > case.rule["tolerance_m"]:
        return []
    where = f"偏{opposite}约{abs(away):.0f}米" if sign * away < 0 else "没有偏向"
    evidence = f"名称为“{parts.direction}”，其中点相对“{parts.stem}”其余路段{where}"
    return [case.finding(evidence, "请按实际方位改用方位词", place=family[0], figures=("tolerance_m",))]


def _family(case: Case) -> list[NamedPlace]:
    """Other members of the series with a geometry: same stem and generic term, another direction or none."""
    own = case.parts
    members = case.around.same_specific(own.stem, case.proposal.category, case.scope())
    return [
        place
        for place in case.others(members)
        if place.geometry is not None
        and (other := case.parts_of(place.name)).stem == own.stem
        and other.generic == own.generic
        and other.direction != own.direction
        and other.ordinal is None
    ]


def _between(case: Case, family: list[NamedPlace]) -> Findings:
    """中 lies between the members on two opposite sides; with members on one side only nothing is said."""
    sides = {case.parts_of(place.name).direction: place for place in family}
    own, found = case.geometry(), []
    pairs = [("东", "西"), ("北", "南")]
    known = [pair for pair in pairs if all(side in sides for side in pair)]
    if not known:
        raise not_applicable("系列中没有登记相对的两段，无法判断是否居中")
    for one, other in known:
        axis, sign, _ = _SIDES[one]
        ahead = offset_m(sides[one].geometry or own, own)[axis] * sign
        behind = offset_m(sides[other].geometry or own, own)[axis] * sign
        if not ahead > 0 > behind:
            evidence = f"名称为“中”，不在“{sides[one].name}”与“{sides[other].name}”之间"
            found.append(case.finding(evidence, "请按实际方位改用方位词", place=sides[one]))
    return found
