"""The place against the name (名实相符): a division or road in the name must be where the place is."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.ground import distance_m, metric
from gazetteer.naming.model import DivisionArea, NamedPlace, NamingFinding, not_applicable, not_checked
from gazetteer.naming.scope import county_scope


@check("N13", "含政区名、道路名的，应在其内、沿其边")
def inside_or_along(case: Case) -> Findings:
    """A name with a division's name lies inside that division, one with a road's name along that road."""
    name, wanted = case.new_name().name, case.proposal
    if wanted.category not in case.rule["categories"]:
        raise not_applicable(f"本规则不适用于{wanted.category}类地名")
    roads = [
        road for road in case.others(case.around.roads_in(name, county_scope(wanted))) if road.name != name
    ]
    covered = "".join(road.name for road in roads)
    divisions = [
        row for row in case.around.divisions_in(name) if row.short not in covered and row.name not in covered
    ]
    if not roads and not divisions:
        return []
    place, lacking = case.geometry(), list[str]()
    found = [*_outside(case, divisions, place, lacking), *_off_road(case, roads, place, lacking)]
    if lacking and not found:
        raise not_checked(f"“{'”“'.join(lacking)}”没有图形，请先导入政区范围或补测道路中心线")
    return found


def _outside(case: Case, divisions: list[DivisionArea], place: BaseGeometry, lacking: list[str]) -> Findings:
    """Divisions of one name are alternatives: lying inside any of them is enough."""
    found = []
    for word in dict.fromkeys(row.short for row in divisions):
        namesakes = [row for row in divisions if row.short == word]
        inside = [_is_inside(case, row, place) for row in namesakes]
        if True in inside:
            continue
        if None in inside and any(_is_meant(case, row) for row in namesakes):
            lacking.append(word)
            continue
        found.append(_outside_of(case, word, namesakes))
    return found


def _outside_of(case: Case, word: str, namesakes: list[DivisionArea]) -> NamingFinding:
    """The finding; a division far away may only be written with the same characters (中山路), so it weighs less."""
    near = [row for row in namesakes if _is_meant(case, row)]
    if near:
        evidence = f"名称含政区名“{word}”，位置不在{near[0].name}范围内"
        return case.finding(evidence, f"请去掉“{word}”，或改在{near[0].name}内选址", geometry=near[0].area)
    evidence = f"“{word}”与政区名（{namesakes[0].name}）同字，位置不在其范围内"
    remedy = f"如指{namesakes[0].name}，请另取名称；如仅为同字，可不处理"
    return case.finding(evidence, remedy, severity=case.rule.severity("far"), figures=("far",))


def _is_meant(case: Case, row: DivisionArea) -> bool:
    """Whether the characters are likely to mean this division and not only look like it (环城西路 is not 城西街道).

    The full name anywhere, or the short name at the beginning; a county of the own city, a township of the own
    county.
    """
    name, own = case.parts.name, case.proposal.jurisdiction
    digits = 6 if len(division_prefix(row.code)) > 6 else case.rule["near_digits"]
    return row.code[:digits] == own[:digits] and (row.name in name or name.startswith(row.short))


def _is_inside(case: Case, row: DivisionArea, place: BaseGeometry) -> bool | None:
    """Whether the place lies in a division; None where only a missing polygon could tell.

    Without a polygon the code tells: what holds the jurisdiction holds the place, a township inside it may.
    """
    if row.area is not None:
        return _holds(row.area, place, case.rule["inside_share"])
    own = case.proposal.jurisdiction
    if own.startswith(division_prefix(row.code)):
        return True
    return None if row.code.startswith(own[:6]) else False


def division_prefix(code: str) -> str:
    """The digits of a division code that all divisions inside it share: 331000000000 → 3310."""
    for digits in (2, 4, 6, 9):
        if not code[digits:].strip("0"):
            return code[:digits]
    return code


def _holds(area: BaseGeometry, place: BaseGeometry, share: float) -> bool:
    """Whether at least a share of the place lies in the polygon, by area, length or count of points."""
    flat, ground = metric(place), metric(area, place)
    if flat.area:
        return bool(flat.intersection(ground).area >= share * flat.area)
    if flat.length:
        return bool(flat.intersection(ground).length >= share * flat.length)
    return bool(ground.covers(flat))


def _off_road(case: Case, roads: list[NamedPlace], place: BaseGeometry, lacking: list[str]) -> Findings:
    """Every road named must be near; several of one name are one road's pieces or namesakes."""
    found, limit = [], case.rule["along_m"]
    for word in dict.fromkeys(road.name for road in roads):
        drawn = [road for road in roads if road.name == word and road.geometry is not None]
        if not drawn:
            lacking.append(word)
            continue
        nearest = min(drawn, key=lambda road: distance_m(place, road.geometry or place))
        away = distance_m(place, nearest.geometry or place)
        if away > limit:
            evidence = f"名称含道路名“{word}”，位置距该路中心线约{away:.0f}米，超过{limit}米"
            found.append(case.finding(evidence, f"请去掉“{word}”", place=nearest, figures=("along_m",)))
    return found
