"""The rest: relative text, people, refusals, doubtful numbers and points (A27-A37), and doors that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import numpy as np

from gazetteer.sample.case import Case, hit, refused
from gazetteer.sample.picking import Door, Picker
from gazetteer.sample.places import places
from gazetteer.sample.plane import along, length, to_degrees, to_plane
from gazetteer.sample.roads import Road
from geo.crs import convert

_NOTHING = ("同上", "无", "", "XX", "不详", "——", "暂无", "同前", "黄岩区XX街道XX路XX号", "？？？")
# Telephone and identity numbers that belong to nobody: test ranges and a birthday in 1900.
_PERSONAL = (" 13800138000", "，电话0576-00000000", "（联系人手机19900000000）", " 身份证331003190001010017")


def other_cases(pick: Picker, each: int) -> Iterator[Case]:
    """All cases of this group."""
    yield from _relative(pick, each)
    yield from _people(pick, each)
    yield from _impossible(pick, each)
    yield from _points(pick, each)
    yield from _joined(pick, each)


def _relative(pick: Picker, each: int) -> Iterator[Case]:
    near = [
        p
        for p in places(pick.district)
        if p.category == "H" and p.name.endswith(("卫生院", "中心小学", "农贸市场"))
    ]
    forms = cycle(("{}西侧", "{}旁", "{}对面", "{}东南方向100米"))
    for form, place in zip(forms, near[: each * 5 : 5], strict=False):
        standard = f"黄岩区{place.name}"
        yield Case(
            "黄岩区" + form.format(place.name), "复核", "relative", standard, place.code, ("A27",), "相对位置"
        )


def _people(pick: Picker, each: int) -> Iterator[Case]:
    forms = cycle(("{}阳光超市楼上", "{}张三家", "{}李四转交", "{}（老王面馆）"))
    for form, door in zip(forms, pick.take(pick.on_road, each), strict=False):
        yield hit(form.format(f"黄岩区{door.town}{door.name}{door.main}号"), door, "A28")
    for tail, door in zip(cycle(_PERSONAL), pick.take(pick.on_road, each), strict=False):
        yield hit(f"黄岩区{door.town}{door.name}{door.main}号{tail}", door, "A29", expected="复核")
    for text in _NOTHING[:each]:
        yield refused(text, "A30")


def _impossible(pick: Picker, each: int) -> Iterator[Case]:
    for serial, door in enumerate(pick.take(pick.on_road, each)):
        number = 9000 + serial * 111
        yield refused(f"黄岩区{door.town}{door.name}{number}号", "A31", level="road", remark="超出号段")
    listed = {
        (h, m)
        for h, m in zip(pick.district.doors.handle.tolist(), pick.district.doors.main.tolist(), strict=True)
    }

    def before_gap(door: Door) -> bool:
        of = int(pick.district.doors.handle[door.at])
        return pick.on_road(door) and (of, door.main + 2) not in listed and (of, door.main + 4) in listed

    for door in pick.take(before_gap, each):
        text = f"黄岩区{door.town}{door.name}{door.main + 2}号"
        yield refused(text, level="interpolated", remark="号段内但未登记（预留号），只可给出推算位置")
    for door in pick.take(pick.on_road, each // 2):
        yield refused(f"黄岩区{door.town}{door.name}", level="road", remark="只有道路")


def _points(pick: Picker, each: int) -> Iterator[Case]:
    """Defects that show only when a point comes with the address."""
    for door in pick.take(pick.on_road, each):
        lon, lat = _across(door)
        yield _with_point(door, "A32", "点在道路另一侧，单双号错边", lon, lat)
    for door in pick.take(pick.on_road, each // 2):
        yield _with_point(door, "A33", "一址多点之一", door.lon, door.lat)
        yield _with_point(door, "A33", "一址多点之二", round(door.lon + 0.004, 7), round(door.lat + 0.003, 7))
    for serial, door in enumerate(pick.take(pick.on_road, each)):
        datum = ("gcj02", "bd09")[serial % 2]
        lons, lats = convert(np.array([door.lon]), np.array([door.lat]), "cgcs2000", datum)
        yield _with_point(
            door, "A36", f"坐标实为 {datum.upper()}", round(float(lons[0]), 7), round(float(lats[0]), 7)
        )


def _with_point(door: Door, defect: str, remark: str, lon: float, lat: float) -> Case:
    return Case(door.standard, "复核", "door", door.standard, door.code, (defect,), remark, lon, lat)


def _across(door: Door) -> tuple[float, float]:
    """The door's point mirrored at the nearest vertex pair of its road."""
    road = door.handle
    assert isinstance(road, Road)  # noqa: S101 - on_road holds
    marks = np.arange(0.0, length(road.line), 2.0)
    line = along(road.line, marks)
    xy = to_plane((door.lon, door.lat))
    foot = line[np.argmin(np.hypot(*(line - xy).T))]
    lon, lat = to_degrees(2 * foot - xy).tolist()
    return float(lon), float(lat)


def _joined(pick: Picker, each: int) -> Iterator[Case]:
    pairs = list(pick.take(pick.on_road, each * 2))
    for one, other in zip(pairs[::2], pairs[1::2], strict=False):
        text = f"黄岩区{one.town}{one.name}{one.main}号{other.town}{other.name}{other.main}号"
        yield hit(text, one, "A34", remark=f"两址相连，第二址为{other.standard}", expected="复核")
    for door in pick.take(lambda d: pick.flat(d) and d.room // 100 != 2, each):
        text = f"黄岩区{door.town}{door.name}{door.bld}幢{door.unit}单元2层{door.room}室"
        yield hit(text, door, "A35", expected="复核")
    gates = {e.code: e for e in pick.district.estates}
    roads = {r.code: r for r in pick.district.roads}
    for door in pick.take(pick.in_estate, each):
        estate = gates[door.handle.code]
        text = f"黄岩区{door.town}{roads[estate.road].name}{estate.number}号{door.name}{door.bld}幢"
        yield hit(text, door, "A37")
