"""Defects of names: divisions, villages, roads and estates by old, wrong or other names (A04-A10, A19-A26)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import cycle

from gazetteer.base import traditional, variant_kinds
from gazetteer.sample.aliases import aliases
from gazetteer.sample.case import Case, hit
from gazetteer.sample.district import COUNTY
from gazetteer.sample.homophones import homophones
from gazetteer.sample.picking import Door, Picker, village_part
from gazetteer.sample.roads import Road

_FORMER = {"高桥街道": "高桥镇", "江口街道": "江口镇", "新前街道": "新前镇", "澄江街道": "澄江镇"}
_CENTRE = ("东城街道", "南城街道", "西城街道", "北城街道")


def name_cases(pick: Picker, each: int) -> Iterator[Case]:
    """All cases of this group."""
    yield from _old_divisions(pick, each)
    yield from _villages(pick, each)
    yield from _misspelt(pick, each)
    yield from _road_aliases(pick, each)
    yield from _unnamed(pick, each)
    yield from _estates(pick, each)


def _old_divisions(pick: Picker, each: int) -> Iterator[Case]:
    forms = cycle(("黄岩市{}", "黄岩县{}", "浙江省黄岩市{}", "浙江省台州地区黄岩县{}"))
    for form, door in zip(forms, pick.take(pick.on_road, each), strict=False):
        yield hit(form.format(f"{door.town}{door.name}{door.main}号"), door, "A04")
    for door in pick.take(lambda d: pick.on_road(d) and d.town in _CENTRE, each):
        yield hit(f"黄岩城关镇{door.name}{door.main}号", door, "A05")
    for door in pick.take(lambda d: pick.on_road(d) and d.town in _FORMER, each):
        yield hit(f"黄岩区{_FORMER[door.town]}{door.name}{door.main}号", door, "A06")
    for door in pick.take(
        lambda d: (
            pick.on_road(d)
            and isinstance(d.handle, Road)
            and d.handle.division != COUNTY
            and d.town != "北洋镇"
        ),
        each,
    ):
        yield hit(f"黄岩区北洋镇{door.name}{door.main}号", door, "A10", expected="复核")


def _villages(pick: Picker, each: int) -> Iterator[Case]:
    former = {a.alias: a.target for a in aliases(pick.district) if a.kind == "村合并"}
    codes = {v.code: v.name for v in pick.district.land.villages}

    def merged(door: Door) -> bool:
        return pick.in_hamlet(door) and codes.get(former.get(door.name + "村", "")) == door.village

    for door in pick.take(merged, each):
        yield hit(
            f"黄岩区{door.town}{door.name}村{door.main}号", door, "A07", remark="旧村已并，旧名为自然村"
        )
    for door in pick.take(lambda d: pick.on_road(d) and d.village.endswith("社区"), each):
        yield hit(f"黄岩区{door.town}{door.village[:-2]}村{door.name}{door.main}号", door, "A08")
    for door in pick.take(lambda d: pick.in_hamlet(d) and d.village.endswith("村委会"), each):
        yield hit(f"黄岩区{door.town}{village_part(door)}委会{door.name}{door.main}号", door, "A09")


def _misspelt(pick: Picker, each: int) -> Iterator[Case]:
    stems = Counter(h.name[:-1] for h in pick.district.handles if isinstance(h, Road) and h.name)

    def long_name(door: Door) -> bool:
        return (
            pick.on_road(door)
            and 3 <= len(door.name) <= 4
            and door.name[-1] in "路街"
            and "公路" not in door.name
            and stems[door.name[:-1]] == 1
        )

    for serial, door in enumerate(pick.take(long_name, each)):
        name = door.name[:-1] if serial % 2 == 0 else door.name + ("路" if door.name[-1] == "街" else "街")
        yield hit(f"黄岩区{door.town}{name}{door.main}号", door, "A19")
    for door in pick.take(lambda d: long_name(d) and bool(_homophone(pick, d.name)), each):
        yield hit(f"黄岩区{door.town}{_homophone(pick, door.name)}{door.main}号", door, "A20")
    forms = {"上垟乡": "上洋乡", "茅畲乡": "茅畬乡"}
    for door in pick.take(lambda d: d.town in forms and not (d.sub or d.lane) and not d.bld, each // 2):
        yield hit(door.standard.replace(door.town, forms[door.town]), door, "A21")
    kinds = variant_kinds()
    odd = {new: old for old, new in traditional().items() if kinds[old] == "异体" and new not in "台升"}
    for door in pick.take(lambda d: pick.on_road(d) and any(c in odd for c in d.name), each - each // 2):
        name = "".join(odd.get(c, c) for c in door.name)
        yield hit(f"黄岩区{door.town}{name}{door.main}号", door, "A21")


def _homophone(pick: Picker, name: str) -> str:
    """The name with its first character replaced by one that sounds alike; empty when that is another road."""
    others = homophones().get(name[0], ())
    wrong = others[len(name) % len(others)] + name[1:] if others else ""
    return wrong if wrong not in pick.once else ""


def _road_aliases(pick: Picker, each: int) -> Iterator[Case]:
    for code, kind in (("A22", "俗称"), ("A24", "路更名")):

        def called(door: Door, kind: str = kind) -> bool:
            plain = isinstance(door.handle, Road) and not (door.lane or door.sub)
            return plain and bool(pick.alias(door.handle.code, kind))

        for door in pick.take(called, each):
            name = pick.alias(door.handle.code, kind)
            yield hit(f"黄岩区{door.town}{name}{door.main}号", door, code)


def _unnamed(pick: Picker, each: int) -> Iterator[Case]:
    roads = [r for r in pick.district.roads if not r.name and r.town]
    for serial, road in enumerate(roads[:: max(len(roads) // each, 1)][:each]):
        town = road.town
        assert town is not None  # noqa: S101 - the list above keeps roads with a town
        standard = f"黄岩区{town.name}"
        text = f"{standard}{road.called}{serial + 2}号"
        yield Case(text, "复核", "town", standard, town.code, ("A23",), "道路未正式命名，转地名命名")


def _estates(pick: Picker, each: int) -> Iterator[Case]:
    for door in pick.take(lambda d: pick.in_estate(d) and bool(pick.alias(d.handle.code, "推广名")), each):
        yield hit(f"黄岩区{door.town}{pick.alias(door.handle.code, '推广名')}{door.bld}幢", door, "A25")
    for door in pick.take(lambda d: pick.in_estate(d) and len(d.name) > 2, each):
        yield hit(f"黄岩区{door.town}{door.name[:2]}·{door.name[2:]}{door.bld}幢", door, "A26")
