"""The sample district: the same bytes every time, whole, honest about being made up."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from gazetteer.sample import District, alias_rows, division_rows, door_rows, draw, handle_rows, make
from gazetteer.sample.aliases import KINDS
from gazetteer.sample.border import markers
from gazetteer.sample.roads import Road


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sample")
    make(target)
    return target


@pytest.fixture(scope="module")
def district() -> District:
    return draw()


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def features(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    one, two, other = (make(tmp_path / n, doors=1500, seed=s) for n, s in (("a", 7), ("b", 7), ("c", 8)))
    assert all(one[kind].read_bytes() == two[kind].read_bytes() for kind in one)
    assert one["addresses"].read_bytes() != other["addresses"].read_bytes()


def test_divisions_are_the_real_ones(folder: Path) -> None:
    rows = [f["properties"] for f in features(folder / "divisions.geojson")]
    assert Counter(row["级别"] for row in rows) == {3: 1, 4: 19, 5: 348}
    assert {row["名称"] for row in rows} >= {"黄岩区", "茅畲乡", "上垟乡", "药山村委会"}


def test_about_twenty_thousand_doors_and_no_address_twice(folder: Path) -> None:
    rows = table(folder / "addresses.csv")
    assert 19_000 < len(rows) < 22_000
    assert len({row["标准地址"] for row in rows}) == len({row["地址编码"] for row in rows}) == len(rows)
    assert len({row["镇街"] for row in rows}) == 19
    for column in ("附号", "自然村", "小区", "幢", "单元", "室", "辅地址"):
        assert any(row[column] for row in rows), column
    assert any("弄" in row["门牌号"] for row in rows)


def test_every_made_up_row_says_so(folder: Path) -> None:
    for name in ("addresses", "places", "facilities", "markers"):
        assert all(row["示例数据"] == "是" for row in table(folder / f"{name}.csv"))
    for name in ("divisions", "roads", "boundaries"):
        assert all(f["properties"]["示例数据"] == "是" for f in features(folder / f"{name}.geojson"))
    assert all("示例" in row["来源"] for row in table(folder / "nonstandard.csv"))


def test_odd_numbers_stand_left_and_even_numbers_right_of_their_road(district: District) -> None:
    doors = district.doors
    plain = (doors.lane == 0) & (doors.sub == 0)
    for index, road in enumerate(district.roads):
        mine = np.flatnonzero((doors.handle == index) & plain)
        if not road.name or road.rank not in ("主干道", "支路") or len(mine) == 0 or road.town is None:
            continue
        run = road.line[-1] - road.line[0]
        offset = doors.xy[mine] - road.line[0]
        left = run[0] * offset[:, 1] - run[1] * offset[:, 0] > 0
        # The road may sway, so a few doors beside a bend fall across its chord.
        assert np.mean(left == (doors.main[mine] % 2 == 1)) > 0.75


def test_numbers_of_a_road_rise_along_it(district: District) -> None:
    doors = district.doors
    for index, road in enumerate(district.roads[8:60], start=8):
        mine = np.flatnonzero((doors.handle == index) & (doors.lane == 0) & (doors.sub == 0))
        if len(mine) > 6:
            run = (doors.xy[mine] - road.line[0]) @ (road.line[-1] - road.line[0])
            assert np.corrcoef(doors.main[mine], run)[0, 1] > 0.9


def test_the_bureaus_road_problems_are_there(folder: Path) -> None:
    roads = {f["properties"]["道路编码"]: f["properties"] for f in features(folder / "roads.geojson")}
    unnamed = Counter(row["道路等级"] == "巷弄" for row in roads.values() if not row["道路名称"])
    assert unnamed == {True: 36, False: 10}
    names = Counter((row["道路名称"], row["区划代码"]) for row in roads.values() if row["道路名称"])
    assert max(names.values()) == 1
    towns = {row["区划代码"] for row in roads.values() if row["道路名称"] == "振兴路"}
    assert len(towns) >= 4
    codes = [f["properties"]["道路编码"] for f in features(folder / "roads.geojson")]
    assert max(Counter(codes).values()) > 3
    double = [row for row in table(folder / "aliases.csv") if "一路多名" in row["依据文件"]]
    assert len({row["对象编码"] for row in double}) == 4


def test_aliases_of_every_kind_some_with_several_targets(folder: Path) -> None:
    rows = table(folder / "aliases.csv")
    assert {row["别名种类"] for row in rows} == set(KINDS)
    centre = {row["对象名称"] for row in rows if row["别名"] == "城关镇"}
    assert centre == {"东城街道", "南城街道", "西城街道", "北城街道"}
    merged = [row for row in rows if row["别名种类"] == "村合并"]
    assert max(Counter(row["对象编码"] for row in merged).values()) > 1
    assert max(Counter(row["别名"] for row in merged).values()) > 1


def test_places_of_every_category_and_state(folder: Path) -> None:
    rows = table(folder / "places.csv")
    assert {row["类别"] for row in rows} == set("ABCDFGH")
    assert {row["状态"] for row in rows} == {"拟命名", "现行", "更名", "销名"}
    assert len({row["地名编码"] for row in rows}) == len({row["地名代码"] for row in rows}) == len(rows)
    assert all(len(row["地名代码"]) == 20 for row in rows)


def test_sixty_facilities_of_both_trades(folder: Path) -> None:
    kinds = Counter(row["设施种类"] for row in table(folder / "facilities.csv"))
    assert kinds == {"助餐": 36, "公墓": 24}


def test_seven_markers_and_the_tri_point_with_three_reference_objects_each(district: District) -> None:
    found = markers(district)
    assert len(found) == 8
    assert found[0].name == "黄仙临三交点"
    assert all(len(marker.references) == 3 for marker in found)
    assert [m.lon for m in found] == sorted(m.lon for m in found)


def test_larger_districts_have_more_roads_and_villages_not_only_more_numbers() -> None:
    small, large = draw(), draw(100_000)
    assert 90_000 < len(large.doors) < 110_000
    assert len(large.roads) > 2 * len(small.roads)
    assert len(large.hamlets) > 1.5 * len(small.hamlets)


def test_index_rows_hang_together(district: District) -> None:
    divisions = {row.code: row for row in division_rows(district)}
    handles = {row.code: row for row in handle_rows(district)}
    doors = list(door_rows(district))
    assert len(doors) == len(district.doors)
    assert all(door.handle in handles and door.division in divisions and door.made_up for door in doors)
    assert all(row.division in divisions for row in handles.values())
    for alias in alias_rows(district):
        assert alias.target in divisions or alias.target in handles


def test_doors_of_one_road_stay_in_its_town(district: District) -> None:
    towns = district.land.town_of[district.doors.village]
    for index, road in enumerate(district.roads):
        if isinstance(road, Road) and road.town is not None:
            mine = towns[district.doors.handle == index]
            assert (mine == district.land.towns.index(road.town)).all()
