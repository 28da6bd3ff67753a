"""Ordinals in names (序数): a number alone is no name, and a series runs one way."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from gazetteer.naming.case import Case, listed
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.ground import offset_m
from gazetteer.naming.model import NamedPlace, not_applicable

_AXES = {
    "west": ("东西", "自东向西"),
    "east": ("东西", "自西向东"),
    "north": ("南北", "自南向北"),
    "south": ("南北", "自北向南"),
}


@check("N16", "序数不单作名称，成系列的自东向西、自南向北递增")
def ordinals(case: Case) -> Findings:
    """A bare ordinal is no name; in a series the numbers ascend east to west and south to north."""
    parts = case.new_name()
    if parts.ordinal is None:
        raise not_applicable("名称没有序数")
    if not parts.stem:
        return [case.finding(f"“{parts.ordinal_text}”只是序数", "请在序数前加专名，或另取专名")]
    siblings = _siblings(case)
    if not siblings:
        raise not_applicable("同系列没有其他已登记的地名")
    return _out_of_order(case, siblings, case.geometry())


def _siblings(case: Case) -> list[tuple[int, NamedPlace]]:
    """Registered members of the series with their numbers: 永宁路二巷, 永宁路三巷."""
    own, found = case.parts, []
    places = case.around.same_specific(own.stem, case.proposal.category, case.scope())
    for place in case.others(places):
        other = case.parts_of(place.name)
        same = (other.stem, other.generic) == (own.stem, own.generic)
        if same and other.ordinal not in (None, own.ordinal) and place.geometry is not None:
            found.append((other.ordinal or 0, place))
    return sorted(found, key=lambda row: row[0])


def _out_of_order(case: Case, siblings: Sequence[tuple[int, NamedPlace]], own: BaseGeometry) -> Findings:
    """Siblings on the wrong side, along the axis on which the series is spread."""
    offsets = [(n, place, *offset_m(place.geometry or own, own)) for n, place in siblings]
    east_west = max(abs(x) for *_, x, _ in offsets) >= max(abs(y) for *_, y in offsets)
    towards = case.rule["ascend_east_west" if east_west else "ascend_north_south"]
    sign = -1 if towards in ("west", "south") else 1
    own_number = case.parts.ordinal or 0
    wrong = [place for n, place, x, y in offsets if (n > own_number) != (sign * (x if east_west else y) > 0)]
    if not wrong:
        return []
    axis, order = _AXES[towards]
    evidence = f"与{listed([place.name for place in wrong])}相比，{axis}方向的次序不是{order}递增"
    return [case.finding(evidence, f"请按{order}的次序重新确定序数", place=wrong[0])]
