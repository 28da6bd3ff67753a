"""A small made-up register for the tests of the address engine: two counties, a few roads, a village, an estate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.index import build_index
from gazetteer.address.model import AliasRow, DivisionRow, DoorRow, HandleRow

PROVINCE, CITY, WEST, EAST = "330000000000", "331000000000", "331003000000", "331004000000"
SOUTH_TOWN, NORTH_TOWN, EAST_TOWN = "331003001000", "331003002000", "331004001000"

DIVISIONS = [
    DivisionRow(PROVINCE, "浙江省", 1, ""),
    DivisionRow(CITY, "台州市", 2, PROVINCE),
    DivisionRow(WEST, "黄岩区", 3, CITY, 121.26, 28.65),
    DivisionRow(EAST, "路桥区", 3, CITY, 121.37, 28.58),
    DivisionRow(SOUTH_TOWN, "南城街道", 4, WEST, 121.26, 28.63),
    DivisionRow(NORTH_TOWN, "北城街道", 4, WEST, 121.26, 28.67),
    DivisionRow(EAST_TOWN, "路南街道", 4, EAST, 121.37, 28.57),
]
ROADS = {
    "R1": ("横街路", SOUTH_TOWN, 121.260, 28.630),
    "R2": ("劳动北路", NORTH_TOWN, 121.270, 28.670),
    "R3": ("人民路", NORTH_TOWN, 121.280, 28.671),
    "R4": ("人民路", EAST_TOWN, 121.370, 28.570),
    "R5": ("五一路", SOUTH_TOWN, 121.262, 28.632),
    "R6": ("金山工业园区志伟路", EAST_TOWN, 121.380, 28.575),
    "R7": ("秀园四弄", SOUTH_TOWN, 121.264, 28.633),
    "R8": ("城东路", SOUTH_TOWN, 121.266, 28.634),
}
NUMBERS = {
    "R1": ["2", "6", "116", "118", "118-1", "120", "400弄", "400弄10", "500弄12"],
    "R2": ["1", "118", "120"],
    "R3": ["5", "7"],
    "R4": ["5", "9"],
    "R5": ["8", "10"],
    "R6": ["816弄33"],
    "R7": ["1", "3"],
    "R8": ["21"],
}
HANDLES = [
    *(HandleRow(code, "road", name, town, None, None) for code, (name, town, _, _) in ROADS.items()),
    HandleRow("E1", "estate", "梅开苑", SOUTH_TOWN, 121.261, 28.631),
    HandleRow("V1", "natvil", "上洋头", NORTH_TOWN, 121.275, 28.672),
    HandleRow("R9", "road", "城东路", SOUTH_TOWN, 121.266, 28.634, valid_to=date(2010, 1, 1)),
    HandleRow("R10", "road", "新华路", SOUTH_TOWN, 121.268, 28.635, valid_from=date(2010, 1, 1)),
]
ALIASES = [
    AliasRow("黄岩市", "division", WEST, "撤市设区", None, date(1994, 8, 22)),
    AliasRow("老街", "road", "R1", "俗称"),
    AliasRow("解放路", "road", "R10", "路更名", None, date(2010, 1, 1)),
    AliasRow("梅园新天地", "place", "E1", "推广名"),
]


def doors() -> list[DoorRow]:
    """Every door of the small register, 20 metres apart along its road."""
    rows = [
        DoorRow(f"{code}-{number}", code, name, number, town, lon + 0.0002 * at, lat)
        for code, (name, town, lon, lat) in ROADS.items()
        for at, number in enumerate(NUMBERS[code])
    ]
    rows += [
        DoorRow(f"E1-{n}", "E1", "梅开苑", n, SOUTH_TOWN, 121.261, 28.6312, estate="梅开苑")
        for n in ("65幢", "66幢")
    ]
    rows += [DoorRow(f"V1-{n}", "V1", "上洋头", n, NORTH_TOWN, 121.275, 28.6722) for n in ("3", "5")]
    rows.append(DoorRow("R10-7", "R10", "新华路", "7", SOUTH_TOWN, 121.268, 28.635))
    rows.append(DoorRow("P1", "R2", "劳动北路", "200", NORTH_TOWN, 121.2744, 28.670, name="区人民医院(北院)"))
    return rows


def build(path: Path) -> Geocoder:
    """The small register as an open geocoder."""
    build_index(path, DIVISIONS, HANDLES, doors(), ALIASES, meta={"source": "test"})
    return Geocoder.open(path)
