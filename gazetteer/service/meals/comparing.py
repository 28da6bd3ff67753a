"""A list of meal points placed twice (双重定位): by its addresses and by its coordinates, with the difference shown."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from gazetteer.service.tables import records
from geo.crs import convert
from geo.files import read_table
from geo.geometry import distance_m
from geo.problems import BadFile

Locate = Callable[[str], tuple[str, float, float, str] | None]
"""An address's text to (status, lon, lat, standard address) in CGCS2000, or None where it is not found.

Longitude and latitude are NaN where no more than a division is found: its middle says nothing of a canteen.
"""
_NAMES = {"name": ("名称", "name", "助餐点名称"), "address": ("地址", "address", "详细地址"),
          "lon": ("经度", "lng", "lon"), "lat": ("纬度", "lat")}  # fmt: skip
AGREE_M = 100.0


@dataclass(frozen=True, slots=True)
class Placed:
    """One row of the list: both places where known, and how far apart they are."""

    row: int
    name: str
    address: str
    by_coordinates: tuple[float, float] | None
    by_address: tuple[float, float] | None
    found: str
    apart_m: float | None

    @property
    def verdict(self) -> str:
        """一致, 相差较大, 地址只到区划, 只有坐标, 只有地址, 无法定位."""
        if self.apart_m is not None:
            return "一致" if self.apart_m <= AGREE_M else "相差较大"
        if self.found and not self.by_address:
            return "地址只到区划"
        if self.by_coordinates:
            return "只有坐标"
        return "只有地址" if self.by_address else "无法定位"


def compare(path: Path, *, datum: str, locate: Locate) -> list[Placed]:
    """Place every row of a file by both ways; nothing is written.

    Args:
        path: the file, with columns 名称, 地址, 经度, 纬度 (or name, address, lng, lat).
        datum: what its coordinates are in; gcj02 for lists taken from web maps.
        locate: asks the address engine.

    Raises:
        BadFile: a column is missing.
    """
    table = read_table(path)
    heads = {field: next((n for n in names if n in table.columns), "") for field, names in _NAMES.items()}
    if not heads["name"] or not heads["address"]:
        raise BadFile("文件里没有名称或地址列。", "列名用“名称”和“地址”。", code="meal.columns")
    return [_placed(number, row, heads, datum, locate) for number, row in records(table)]


def _placed(number: int, row: dict[str, str], heads: dict[str, str], datum: str, locate: Locate) -> Placed:
    given = _coordinates(row.get(heads["lon"], ""), row.get(heads["lat"], ""), datum)
    answer = locate(row[heads["address"]]) if row[heads["address"]] else None
    found = (answer[1], answer[2]) if answer and math.isfinite(answer[1] + answer[2]) else None
    apart = distance_m(shapely.Point(given), shapely.Point(found)) if given and found else None
    return Placed(
        number, row[heads["name"]], row[heads["address"]], given, found, answer[3] if answer else "", apart
    )


def _coordinates(lon: str, lat: str, datum: str) -> tuple[float, float] | None:
    try:
        x, y = convert([float(lon)], [float(lat)], datum, "cgcs2000")
    except ValueError:
        return None
    return (float(x[0]), float(y[0])) if np.isfinite(x[0]) and np.isfinite(y[0]) else None
