"""A real list of canteens in another datum than it looks, placed by its coordinates (measuring data, not shipped)."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import shapely

from gazetteer.service.meals.comparing import compare
from geo.geometry import distance_m


@pytest.mark.shared
def test_a_list_in_gcj02_read_as_wgs84_is_hundreds_of_metres_off(shared_data: Path):
    path = shared_data / "points" / "canteens_gcj02.csv"
    right = compare(path, datum="gcj02", locate=lambda address: None)
    wrong = compare(path, datum="wgs84", locate=lambda address: None)
    apart = [
        distance_m(shapely.Point(a.by_coordinates), shapely.Point(b.by_coordinates))
        for a, b in zip(right, wrong, strict=True)
        if a.by_coordinates and b.by_coordinates
    ]
    assert len(apart) > 50
    assert 300 < sum(apart) / len(apart) < 700
    assert {row.verdict for row in right} <= {"只有坐标", "无法定位"}


def test_a_row_is_placed_twice_and_the_difference_is_told(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text(
        "名称,地址,经度,纬度\n甲食堂,东路1号,121.26,28.65\n乙食堂,西路2号,121.26,28.65\n丙食堂,,,\n",
        encoding="utf-8",
    )
    known = {"东路1号": ("auto", 121.26, 28.65, "东路1号"), "西路2号": ("auto", 121.27, 28.65, "西路2号")}
    rows = compare(path, datum="cgcs2000", locate=known.get)
    assert [r.verdict for r in rows] == ["一致", "相差较大", "无法定位"]
    assert rows[1].apart_m == pytest.approx(978, rel=0.01)


def test_an_address_found_no_nearer_than_its_division_is_not_measured(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text("名称,地址,经度,纬度\n甲食堂,东城街道,121.26,28.65\n", encoding="utf-8")
    (row,) = compare(
        path, datum="cgcs2000", locate=lambda address: ("review", math.nan, math.nan, "黄岩区东城街道")
    )
    assert (row.verdict, row.apart_m, row.found) == ("地址只到区划", None, "黄岩区东城街道")
