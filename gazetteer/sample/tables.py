"""Rows of the sample's files, with the Chinese column names a bureau would use."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gazetteer.base import divisions_by_code
from gazetteer.sample.aliases import aliases
from gazetteer.sample.border import markers
from gazetteer.sample.district import COUNTY, NOTE, District, number_text, plain_village
from gazetteer.sample.facilities import facilities
from gazetteer.sample.places import places
from gazetteer.sample.settlements import Estate, Hamlet
from gazetteer.sample.spelling import spelling

Row = dict[str, object]

ADDRESS_COLUMNS = (
    "地址编码", "省", "市", "区县", "镇街", "村社", "街路巷", "自然村", "小区", "门牌号", "附号", "幢", "单元", "室",
    "标准地址", "辅地址", "定位点", "经度", "纬度", "启用日期", "示例数据", "来源",
)  # fmt: skip
_MADE_UP = {"示例数据": "是", "来源": NOTE}


def address_rows(district: District) -> Iterator[tuple[object, ...]]:
    """One tuple a door, in the order of ``ADDRESS_COLUMNS``; the gate of an estate names it as auxiliary form (辅地址)."""
    villages = [plain_village(v.name) for v in district.land.villages]
    gates = {(e.road, str(e.number)): e.name for e in district.estates}
    for at, (of, lane, main, sub, bld, unit, room, village, lon, lat) in enumerate(district.parts()):
        handle = district.handles[of]
        estate, hamlet = isinstance(handle, Estate), isinstance(handle, Hamlet)
        town = district.town_name(village)
        behind = "" if estate or hamlet or lane or sub else gates.get((handle.code, str(main)), "")
        yield (
            district.code(at), "浙江省", "台州市", "黄岩区", town, villages[village],
            "" if estate or hamlet else handle.name, handle.name if hamlet else "", handle.name if estate else behind,
            f"{lane}弄{main}号" if lane else f"{main}号" if main else "", sub or "", f"{bld}幢" if bld else "",
            f"{unit}单元" if unit else "", f"{room}室" if room else "", district.standard_text(handle, village, number_text(lane, main, sub, bld, unit, room)),
            f"黄岩区{town}{behind}" if behind else "", "楼" if estate else "门", lon, lat, _founded(at), "是", NOTE,
        )  # fmt: skip


def _founded(at: int) -> str:
    return f"{1990 + at % 33}-{1 + at % 12:02d}-01"


def alias_rows(district: District) -> Iterator[Row]:
    """Aliases with what they mean, why, when and where."""
    kinds = {"division": "区划", "road": "道路", "place": "地名", "address": "地址"}
    names = {h.code: h.name for h in district.handles} | {v.code: v.name for v in district.land.villages}
    for row in aliases(district):
        known = divisions_by_code().get(row.target)
        fact = row.document == "区划沿革" or (row.kind_of_target == "division" and row.kind == "简称")
        yield {
            "别名": row.alias, "别名种类": row.kind, "对象种类": kinds[row.kind_of_target], "对象编码": row.target,
            "对象名称": known.name if known else names.get(row.target, ""), "启用日期": row.valid_from or "",
            "停用日期": row.valid_to or "", "依据文件": row.document, "适用范围": row.scope,
            "示例数据": "否" if fact else "是", "来源": "区划沿革" if fact else NOTE,
        }  # fmt: skip


def place_rows(district: District) -> Iterator[Row]:
    """Place names with origin, meaning, history, state and heritage."""
    known = {p.name for p in places(district)}
    for p in places(district):
        pinyin, roman = spelling(p.name, p.category, "natvil" if p.kind == "自然村" else "", known)
        yield {
            "地名编码": p.code, "地名代码": p.national_code, "标准名称": p.name, "专名": p.specific, "通名": p.generic,
            "汉语拼音": pinyin, "罗马字母拼写": roman,
            "类别": p.category, "类别代码": p.national_code[9:14], "小类": p.kind, "区划代码": p.division, "经度": p.lon, "纬度": p.lat,
            "状态": p.state, "来历": p.origin, "含义": p.meaning,
            "历史沿革": "；".join(x for x in (p.history.rstrip("。"), p.heritage, p.successor and f"现名{p.successor}") if x),
            "保护名录": "是" if p.heritage else "否", **_MADE_UP,
        }  # fmt: skip


def facility_rows(district: District) -> Iterator[Row]:
    """Meal points and cemeteries; what only one of them has stands in 其他属性 as JSON."""
    for f in facilities(district):
        more = {
            "开放日": f.days, "供餐": f.meals, "60岁以上价格": f.price_60, "80岁以上价格": f.price_80, "送餐": f.delivers,
            "穴位总数": f.places_total, "已用穴位": f.places_used,
        }  # fmt: skip
        kept = {name: value for name, value in more.items() if value not in ("", None)}
        yield {
            "设施编码": f.code, "设施种类": f.kind, "名称": f.name, "类别": f.category, "区划代码": f.division,
            "地址": f.address, "经度": f.lon, "纬度": f.lat, "状态": f.state, "开放时间": f.hours,
            "容量": f.capacity or f.places_total, "联系电话": f.phone,
            "其他属性": json.dumps(kept, ensure_ascii=False), **_MADE_UP,
        }  # fmt: skip


def marker_rows(district: District) -> Iterator[Row]:
    """Boundary markers with three reference objects each."""
    for m in markers(district):
        row: Row = {
            "界桩编码": m.code, "界桩名称": m.name, "类型": m.kind, "界线": "黄临线", "序号": m.serial, "经度": m.lon,
            "纬度": m.lat, "高程": m.height, "是否公开": "是",
        }  # fmt: skip
        for number, r in enumerate(m.references, start=1):
            row |= {
                f"方位物{number}": r.name, f"方位物{number}经度": r.lon, f"方位物{number}纬度": r.lat,
                f"方位物{number}方位角": r.azimuth, f"方位物{number}距离": r.distance,
            }  # fmt: skip
        yield row | _MADE_UP


def village_rows(district: District) -> Iterator[Row]:
    """Codes, names and levels of the district: facts; positions are in the GeoJSON."""
    yield {"区划代码": COUNTY, "名称": "黄岩区", "级别": 3, "上级代码": "331000000000"}
    for town in district.land.towns:
        yield {"区划代码": town.code, "名称": town.name, "级别": 4, "上级代码": COUNTY}
    for v in district.land.villages:
        yield {"区划代码": v.code, "名称": v.name, "级别": 5, "上级代码": v.parent}
