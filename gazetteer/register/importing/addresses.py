"""Import of addresses (地址): structured columns or free text, one point each."""

from __future__ import annotations

import re
from typing import Any, Final

from gazetteer.register.finder import Located
from gazetteer.register.importing.addresses_sql import apply_addresses, check_addresses
from gazetteer.register.importing.door import Door, door_of_columns, door_of_text
from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.kinds import NAME_MOST

POINT_KINDS: Final = {
    "": "entrance", "门": "entrance", "entrance": "entrance", "楼": "building", "building": "building",
    "出入口": "entrance", "建筑物": "building", "门牌位置": "plate", "宗地": "parcel", "parcel": "parcel", "门牌": "plate", "plate": "plate", "单元": "unit", "unit": "unit",
}  # fmt: skip
TYPES: Final = {
    "code": "text", "county": "text", "town": "text", "comm": "text", "county_name": "text", "town_name": "text",
    "comm_name": "text", "handle_kind": "text", "handle_name": "text", "number": "text", "number_order": "int",
    "sub": "text", "estate_name": "text", "bld": "text", "unit": "text", "floor": "text", "room": "text",
    "name": "text", "note": "text", "principal": "text", "point_kind": "text", "valid_from": "date", "valid_to": "date",
    "made_up": "boolean", "source": "text", "crs_source": "text", "geom": "geometry",
}  # fmt: skip
_ABOVE: Final = ("prov", "city", "county", "town", "comm")
_HANDLES: Final = ("road", "natvil", "estate")
_ABOVE_COUNTY: Final = re.compile(r"^[^0-9]{2,14}(?:省|市|州|盟|自治区|地区)$")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WHAT: Final = {"road": "道路", "natvil": "自然村", "estate": "小区或地点"}
_STEP = 20_000


def load_addresses(load: Load) -> None:
    """Take the rows apart, check each, stage them, check them against each other and the register."""
    columns = load.columns()
    columns |= _doors(load)
    columns["name"] = load.sheet.values("name")
    columns["code"] = load.sheet.values("code")
    columns["principal"] = [cell or None for cell in load.sheet.values("principal")]
    columns["point_kind"] = _point_kinds(load)
    load.stage(TYPES, columns)
    check_addresses(load)


def write_addresses(load: Load) -> Counts:
    """Write the staged addresses: unknown handles first, then doors, then their points."""
    return apply_addresses(load)


def _doors(load: Load) -> dict[str, list[Any]]:
    """The element columns of every row; refused rows keep empty cells."""
    sheet = load.sheet
    above = list(zip(*(sheet.cells(name) for name in _ABOVE), strict=True))
    parts = list(zip(*(sheet.cells(name) for name in (*_HANDLES, "lane", "number", "sub")), strict=True))
    inside = list(zip(*(sheet.cells(name) for name in ("bld", "unit", "floor", "room")), strict=True))
    texts, notes, codes = sheet.cells("address"), sheet.cells("note"), sheet.cells("division")
    names = (
        "county", "town", "comm", "county_name", "town_name", "comm_name", "handle_kind", "handle_name", "number",
        "number_order", "sub", "estate_name", "bld", "unit", "floor", "room", "note",
    )  # fmt: skip
    out: list[tuple[Any, ...]] = []
    empty = ("",) * len(names)
    for i in range(len(sheet)):
        if i % _STEP == 0:
            load.progress("检查", i, len(sheet))
        located = None if i in sheet.refused else _locate(load, i, above[i], codes[i], texts[i])
        door = _door(load, i, above[i], located, parts[i], inside[i], texts[i]) if located else None
        out.append(_row(located, door, notes[i]) if located and door else empty)
    return {name: list(column) for name, column in zip(names, zip(*out, strict=True), strict=True)}


def _row(at: Located, door: Door, note: str) -> tuple[Any, ...]:
    return (
        at.county, at.town or None, at.comm or None, at.county_name, at.town_name, at.comm_name,
        door.handle_kind, door.handle_name, door.number, door.order, door.sub, door.estate_name,
        door.bld, door.unit, door.floor, door.room, note or door.note,
    )  # fmt: skip


def _locate(load: Load, index: int, above: tuple[str, ...], code: str, whole: str) -> Located | None:
    if code:
        return load.located_at(index, code)
    if not any((*above, whole)):
        load.sheet.refuse(index, "import.no-address", "标准地址", "地址为空", "补上地址，或删去这一行")
        return None
    prov, city, county, town, comm = _filled(load, above, whole)
    if not (county or city or town or comm) and not _HAN.search(whole):
        evidence = f"看不出地址：“{whole[:30]}”里没有汉字"
        load.sheet.refuse(
            index, "import.no-address", "标准地址", evidence, "改成完整的中文地址，或删去这一行"
        )
        return None
    located = load.locate(index, prov, city, county, town, comm)
    if located is None or town or comm or not whole:
        return located
    # The township may stand in the text only.
    town, comm = load.finder.named_below(located.county, below_divisions(whole, above, located))
    return load.locate(index, "", "", located.county, town, comm) if town or comm else located


def _filled(load: Load, above: tuple[str, ...], whole: str) -> tuple[str, ...]:
    """The divisions of the columns, and from the beginning of the address text what they leave out."""
    if above[2] or not whole:
        return above
    said = load.finder.named_in(whole)
    if said is None:
        return above
    return tuple(column or text for column, text in zip(above, said, strict=True))


def _door(
    load: Load, index: int, above: tuple[str, ...], at: Located,
    parts: tuple[str, ...], inside: tuple[str, ...], whole: str,
) -> Door | None:  # fmt: skip
    road, natvil, estate, lane, number, sub = parts
    number = lane + number
    structured = bool(road or natvil or estate)
    try:
        if structured:
            bld, unit, floor, room = inside
            door = door_of_columns(road, natvil, estate, number, sub, (bld, unit, floor, room))
        else:
            door = door_of_text(below_divisions(whole, above, at) + number)
    except ValueError as error:
        load.sheet.refuse(index, "import.number", "门牌号", str(error), "改成数字，如 128、128-1、400弄10")
        return None
    if door is None:
        load.sheet.refuse(
            index, "import.handle", "街路巷", "没有道路、自然村、小区，也没有地址全文", "补上其中一项"
        )
        return None
    if structured and door.handle_kind != "estate" and not (door.number or door.bld):
        load.sheet.refuse(index, "import.missing", "门牌号", f"“{door.handle_name}”没有门牌号", "补上门牌号")
        return None
    return door if _said_well(load, index, door, structured=structured) else None


def _said_well(load: Load, index: int, door: Door, *, structured: bool) -> bool:
    """Whether the name of a door can be one; a text without a number is kept as the named thing, and that is said."""
    if len(door.handle_name) > NAME_MOST:
        evidence = f"名称有 {len(door.handle_name)} 个字，超过上限 {NAME_MOST} 个字"
        load.sheet.refuse(
            index, "import.too-long", "标准地址", evidence, "核对是否混入了别的文字，改正后重新导入"
        )
        return False
    if not structured and not (door.number or door.bld):
        tell = load.sheet.inform if door.handle_kind == "estate" else load.sheet.warn
        evidence = f"没有门牌号，“{door.handle_name}”按没有门牌的{_WHAT[door.handle_kind]}收录"
        tell(index, "import.no-number", "标准地址", evidence, "如果漏了门牌号，请补上后重新导入")
    return True


def below_divisions(text: str, above: tuple[str, ...], at: Located) -> str:
    """The text after the names of the divisions that hold it: 上海市嘉定区万镇路1297号 -> 万镇路1297号."""
    rest = text.strip()
    before, found, after = rest.partition(at.county_name)
    if found and after and (not before or _ABOVE_COUNTY.search(before)):
        rest = after
    for said in (*above[:3], at.county_name, above[3], at.town_name, above[4], at.comm_name):
        # A road may be called after its town (黄岩路): only a whole name of a division is cut off.
        if said and len(said) > 2 and rest.startswith(said) and len(rest) > len(said):
            rest = rest[len(said) :]
    return rest


def _point_kinds(load: Load) -> list[str]:
    cells = load.sheet.cells("point")
    for i, cell in enumerate(cells):
        if cell not in POINT_KINDS:
            load.sheet.refuse(
                i, "import.cell", "定位点", f"“{cell}”不是定位点类型", "可用：门、楼、宗地、门牌、单元"
            )
    return [POINT_KINDS.get(cell, "entrance") for cell in cells]
