"""One road, one name (一路一名): overlaps, loose pieces, and roads that cross a boundary."""

from __future__ import annotations

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.ground import continues, distance_m, pieces_apart_m, share_along
from gazetteer.naming.model import not_applicable


def _road(case: Case) -> None:
    if case.proposal.category != "E":
        raise not_applicable("只检查街路巷")


@check("N18", "不一路多名，不一名多路")
def one_road_one_name(case: Case) -> Findings:
    """A road that already has a name gets no second one; one name does not stand on disconnected roads."""
    _road(case)
    case.new_name()
    return [*_already_named(case), *_loose_pieces(case), *_namesakes_apart(case)]


def _already_named(case: Case) -> Findings:
    """Named roads that run along at least a share of the proposed line (一路多名)."""
    line, found = case.line(), []
    for place in case.others(case.around.roads_near(line, case.rule["beside_m"])):
        if (
            place.geometry is None
            or place.name == case.parts.name
            or _service_road(case.parts.name, place.name)
        ):
            continue
        share = share_along(line, place.geometry, case.rule["beside_m"])
        if share >= case.rule["overlap"]:
            evidence = f"所绘道路有{share:.0%}与已命名的“{place.name}”（{place.code}）重合"
            remedy = "请改报更名，或修正图形"
            found.append(case.finding(evidence, remedy, place=place, figures=("beside_m",)))
    return found


def _service_road(one: str, other: str) -> bool:
    """深南大道辅路 runs beside 深南大道 and is meant to."""
    return other == f"{one}辅路" or one == f"{other}辅路"


def _loose_pieces(case: Case) -> Findings:
    gap = pieces_apart_m(case.line())
    if gap <= case.rule["gap_m"]:
        return []
    evidence = f"图形由互不相连的几段组成，最大间隔约{gap:.0f}米"
    return [
        case.finding(evidence, "请分段分别命名，或补绘相连路段", geometry=case.line(), figures=("gap_m",))
    ]


def _namesakes_apart(case: Case) -> Findings:
    """Roads of the same name in scope that do not join this one (一名多路)."""
    line, found = case.line(), []
    for place in case.others(case.around.same_name(case.parts.name, case.scope())):
        if place.category != "E" or place.geometry is None:
            continue
        away = distance_m(line, place.geometry)
        if away > case.rule["gap_m"]:
            evidence = f"“{place.name}”（{place.code}）与所绘道路不相连，相距约{away:.0f}米"
            found.append(
                case.finding(evidence, "请另取名称，一名只用于一条路", place=place, figures=("gap_m",))
            )
    return found


@check("N19", "跨政区的同一道路名称一致")
def one_name_across(case: Case) -> Findings:
    """A road that goes straight on in the neighbouring county keeps one name; a series (东路、西路) is one name."""
    _road(case)
    parts, line, found = case.new_name(), case.line(), []
    for place in case.others(case.around.roads_near(line, case.rule["snap_m"])):
        abroad = place.division[:6] != case.proposal.jurisdiction[:6]
        if not abroad or place.geometry is None or case.parts_of(place.name).stem == parts.stem:
            continue
        if continues(line, place.geometry, case.rule["snap_m"], case.rule["turn_deg"]):
            evidence = f"该路在相邻政区（{place.division[:6]}）的延续路段名为“{place.name}”"
            remedy = f"请沿用“{place.name}”，或由共同的上级地名主管部门协调统一"
            found.append(case.finding(evidence, remedy, place=place, figures=("snap_m", "turn_deg")))
    return found
