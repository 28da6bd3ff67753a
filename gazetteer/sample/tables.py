"""Rows of the sample's files, with the Chinese column names a bureau would use."""

from __future__ import annotations

from collections.abc import Iterator

from gazetteer.base import divisions_by_code
from gazetteer.sample.aliases import aliases
from gazetteer.sample.border import markers
from gazetteer.sample.district import COUNTY, NOTE, District, plain_village
from gazetteer.sample.facilities import facilities
from gazetteer.sample.places import places
from gazetteer.sample.settlements import Estate, Hamlet

Row = dict[str, object]

ADDRESS_COLUMNS = (
    "地址编码", "省", "市", "区县", "镇街", "村社", "街路巷", "自然村", "弄", "门牌号", "附号", "小区", "幢", "单元", "室",
    "标准地址", "主辅", "主地址编码", "区划代码", "所属编码", "点位类型", "经度", "纬度", "设立日期", "数据说明",
)  # fmt: skip


def address_rows(district: District) -> Iterator[tuple[object, ...]]:
    """One tuple a door, in the order of ``ADDRESS_COLUMNS``; then the gates of estates as auxiliary forms (辅地址)."""
    d = district.doors
    villages = [(v.code, plain_village(v.name)) for v in district.land.villages]
    columns = zip(
        d.handle.tolist(), d.lane.tolist(), d.main.tolist(), d.sub.tolist(), d.bld.tolist(), d.unit.tolist(),
        d.room.tolist(), d.village.tolist(), district.lonlat.tolist(), strict=True,
    )  # fmt: skip
    gates: dict[tuple[str, int], str] = {}
    for at, (of, lane, main, sub, bld, unit, room, village, (lon, lat)) in enumerate(columns):
        handle = district.handles[of]
        estate, hamlet = isinstance(handle, Estate), isinstance(handle, Hamlet)
        code, name = villages[village]
        if not (estate or hamlet or lane or sub):
            gates[handle.code, main] = district.code(at)
        yield (
            district.code(at), "浙江省", "台州市", "黄岩区", district.town_name(village), name,
            "" if estate or hamlet else handle.name, handle.name if hamlet else "", f"{lane}弄" if lane else "",
            f"{main}号" if main else "", sub or "", handle.name if estate else "", f"{bld}幢" if bld else "",
            f"{unit}单元" if unit else "", f"{room}室" if room else "", district.standard(at), "主", "", code,
            handle.code, "建筑物" if estate else "出入口", lon, lat, _founded(at), NOTE,
        )  # fmt: skip
    yield from _gate_rows(district, villages, gates)


def _gate_rows(
    district: District, villages: list[tuple[str, str]], gates: dict[tuple[str, int], str]
) -> Iterator[tuple[object, ...]]:
    """Estate by name as the auxiliary form of its gate's number on the road."""
    where = {district.code(at): at for at in range(len(district.doors))} if district.estates else {}
    for serial, estate in enumerate(district.estates, start=1):
        main = gates.get((estate.road, estate.number), "")
        if not main:
            continue
        at = where[main]
        code, name = villages[int(district.doors.village[at])]
        town = district.town_name(int(district.doors.village[at]))
        lon, lat = district.lonlat[at].tolist()
        yield (
            f"331003B{serial:05d}", "浙江省", "台州市", "黄岩区", town, name, "", "", "", "", "", estate.name, "", "", "",
            f"黄岩区{town}{estate.name}", "辅", main, code, estate.code, "出入口", lon, lat, "2015-01-01", NOTE,
        )  # fmt: skip


def _founded(at: int) -> str:
    return f"{1990 + at % 33}-{1 + at % 12:02d}-01"


def alias_rows(district: District) -> Iterator[Row]:
    """Columns 别名, 对象类型, 对象编码, 对象名称, 类型, 起始日期, 终止日期, 依据文件, 适用范围, 数据说明."""
    kinds = {"division": "区划", "road": "道路", "place": "地名", "address": "地址"}
    names = {h.code: h.name for h in district.handles} | {v.code: v.name for v in district.land.villages}
    for row in aliases(district):
        known = divisions_by_code().get(row.target)
        fact = row.document == "区划沿革" or (row.kind_of_target == "division" and row.kind == "简称")
        yield {
            "别名": row.alias, "对象类型": kinds[row.kind_of_target], "对象编码": row.target,
            "对象名称": known.name if known else names.get(row.target, ""), "类型": row.kind,
            "起始日期": row.valid_from or "", "终止日期": row.valid_to or "", "依据文件": row.document,
            "适用范围": row.scope, "数据说明": "" if fact else NOTE,
        }  # fmt: skip


def place_rows(district: District) -> Iterator[Row]:
    """Place names with origin, meaning, history, state and heritage."""
    for p in places(district):
        yield {
            "地名编码": p.code, "地名代码": p.national_code, "标准名称": p.name, "专名": p.specific, "通名": p.generic,
            "类别": p.category, "地名类型": p.kind, "区划代码": p.division, "经度": p.lon, "纬度": p.lat,
            "状态": p.state, "来历": p.origin, "含义": p.meaning, "沿革": p.history, "遗产": p.heritage,
            "现名": p.successor, "数据说明": NOTE,
        }  # fmt: skip


def facility_rows(district: District) -> Iterator[Row]:
    """Meal points and cemeteries."""
    for f in facilities(district):
        yield {
            "设施编码": f.code, "设施类型": f.kind, "名称": f.name, "类别": f.category, "区划代码": f.division,
            "地址": f.address, "经度": f.lon, "纬度": f.lat, "状态": f.state, "开放时间": f.hours, "开放日": f.days,
            "供餐": f.meals, "60岁以上价格": _or_empty(f.price_60), "80岁以上价格": _or_empty(f.price_80),
            "每餐份数": _or_empty(f.capacity), "送餐": f.delivers, "联系电话": f.phone,
            "穴位总数": _or_empty(f.places_total), "已用穴位": _or_empty(f.places_used), "数据说明": NOTE,
        }  # fmt: skip


def _or_empty(value: object) -> object:
    return "" if value is None else value


def marker_rows(district: District) -> Iterator[Row]:
    """Boundary markers with three reference objects each."""
    for m in markers(district):
        row: Row = {
            "界桩编码": m.code, "界桩名称": m.name, "类型": m.kind, "界线": "黄临线", "序号": m.serial, "经度": m.lon,
            "纬度": m.lat, "高程": m.height,
        }  # fmt: skip
        for number, r in enumerate(m.references, start=1):
            row |= {
                f"方位物{number}": r.name, f"方位物{number}经度": r.lon, f"方位物{number}纬度": r.lat,
                f"方位物{number}方位角": r.azimuth, f"方位物{number}距离": r.distance,
            }  # fmt: skip
        yield row | {"数据说明": NOTE}


def village_rows(district: District) -> Iterator[Row]:
    """Codes, names and levels of the district: facts; positions are in the GeoJSON."""
    yield {"区划代码": COUNTY, "名称": "黄岩区", "级别": "县级", "上级代码": "331000000000"}
    for town in district.land.towns:
        yield {"区划代码": town.code, "名称": town.name, "级别": "乡级", "上级代码": COUNTY}
    for v in district.land.villages:
        yield {"区划代码": v.code, "名称": v.name, "级别": "村级", "上级代码": v.parent}
