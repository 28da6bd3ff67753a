"""Sameness with other names (重名): equal names, near names, cancelled names that live on."""

from __future__ import annotations

from gazetteer.naming.case import Case, listed
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.ground import distance_m
from gazetteer.naming.model import NamedPlace, NamingFinding
from gazetteer.naming.name import NameParts


@check("N04", "规定范围内不重名")
def same_name(case: Case) -> Findings:
    """No equal name in the scope: equal whole names, or equal specific terms where the profile says so.

    A road that joins its namesake on the ground is a part of that road (延伸), not a second one.
    """
    specific, scope, parts = case.specific(), case.scope(), case.parts
    places = case.around.same_name(parts.name, scope)
    if case.rule["compare"] == "specific":
        places = [*places, *case.around.same_specific(specific, case.proposal.category, scope)]
    found = []
    for place in case.others(list({place.code: place for place in places}.values())):
        if place.category != case.proposal.category or _joins(case, place, case.rule["join_m"]):
            continue
        if place.name != parts.name and case.parts_of(place.name).specific != specific:
            continue  # same stem only: N06
        evidence = f"{scope.label}内已有“{place.name}”（{place.code}）"
        found.append(case.finding(evidence, "请另取专名", place=place, figures=("compare",)))
    return found


@check("N06", "不与同类地名仅通名或派生词不同")
def near_name(case: Case) -> Findings:
    """永宁街 beside 永宁路 confuses; a derived series (东路、支路、巷) is right where it joins the series.

    One member of the series that touches is enough: 永宁西路 need not touch 永宁东路 with 永宁中路 between them.
    """
    parts, relatives = case.new_name(), case.others(_relatives(case))
    near = [
        place for place in relatives if place.name != parts.name and _near(parts, case.parts_of(place.name))
    ]
    derived = [place for place in near if _in_series(case, place)]
    found = [_too_near(case, [place], "专名相同，仅通名不同") for place in near if place not in derived]
    parents = [place for place in relatives if place.name == parts.stem]
    if derived and not any(_touches(case, place, _reach(case, place)) for place in (*derived, *parents)):
        found.append(_too_near(case, derived, "派生名称应与原路相接，两者并不相接", "touch_m"))
    return found


def _too_near(case: Case, places: list[NamedPlace], how: str, *figures: str) -> NamingFinding:
    first = places[0]
    evidence = f"{case.scope().label}内已有{listed([place.name for place in places])}（{first.code}），{how}"
    return case.finding(evidence, f"请另取专名，不用“{case.parts.specific}”", place=first, figures=figures)


def _in_series(case: Case, place: NamedPlace) -> bool:
    """Whether the pair is a series: direction or ordinal words, or a lane named after its road."""
    one, other, terms = case.parts, case.parts_of(place.name), case.rule["derived_terms"]
    lane = one.generic != other.generic and (one.generic in terms or other.generic in terms)
    return lane or (one.direction, one.ordinal) != (other.direction, other.ordinal)


def _reach(case: Case, place: NamedPlace) -> float:
    """How near a member must be: numbered streets (一路、二路) run side by side, all others touch."""
    both = case.parts.ordinal is not None and case.parts_of(place.name).ordinal is not None
    return float(case.rule["parallel_m" if both else "touch_m"])


def _relatives(case: Case) -> list[NamedPlace]:
    """Places of the category whose specific term or stem is ours, or whose whole name is our stem (永宁路一巷)."""
    scope, category = case.scope(), case.proposal.category
    places = [
        place
        for word in dict.fromkeys((case.specific(), case.parts.stem))
        if word
        for place in case.around.same_specific(word, category, scope)
    ]
    return list({place.code: place for place in places}.values())


def _near(one: NameParts, other: NameParts) -> bool:
    """Whether two names share the specific term, or one is derived from the other's stem."""
    return one.specific == other.specific or (bool(one.stem) and one.stem == other.stem)


def _touches(case: Case, place: NamedPlace, within_m: float) -> bool:
    """Whether both have a geometry and touch; without one nothing is allowed silently."""
    own = case.proposal.geometry
    return own is not None and place.geometry is not None and distance_m(own, place.geometry) <= within_m


def _joins(case: Case, place: NamedPlace, within_m: float) -> bool:
    return case.proposal.category == "E" and _touches(case, place, within_m)


@check("N21", "不用仍作别名使用的已销名称、曾用名")
def cancelled_name(case: Case) -> Findings:
    """A cancelled name that people still use for another place would send them to the wrong one."""
    name, found = case.new_name().name, []
    for place in case.others(case.around.cancelled_aliases(name, case.proposal.jurisdiction)):
        what = "已销名称" if place.state == "销名" else f"“{place.name}”的曾用名"
        evidence = f"“{name}”是{what}（{place.code}），仍作别名使用"
        found.append(case.finding(evidence, "请另取名称，或说明为何不会混淆", place=place))
    return found
