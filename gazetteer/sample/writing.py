"""Write the sample district as files in the importers' own formats: CSV (UTF-8 with byte order mark) and GeoJSON."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import shapely

from gazetteer.sample import border, nonstandard, tables
from gazetteer.sample.district import NOTE, District, draw
from gazetteer.sample.meanings import meaning
from gazetteer.sample.plane import Floats, to_degrees
from gazetteer.sample.roads import Road
from gazetteer.sample.spelling import spelling
from gazetteer.sample.twins import twin_doors, twins

_CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}


def make(folder: str | Path, *, doors: int = 20_000, seed: int = 331003) -> dict[str, Path]:
    """Write all files into ``folder`` (made when absent); gives back the path of each kind.

    Kinds: divisions, places, roads, addresses, aliases, facilities, boundaries, markers, nonstandard. Coordinates are
    CGCS2000 degrees. Every made-up row says so in the columns 示例数据 and 来源. The same arguments give the same bytes.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    district = draw(doors, seed)
    paths = {
        "divisions": _geojson(target / "divisions.geojson", _divisions(district)),
        "roads": _geojson(target / "roads.geojson", _roads(district)),
        "boundaries": _geojson(target / "boundaries.geojson", _boundary()),
        "places": _csv(target / "places.csv", tables.place_rows(district)),
        "aliases": _csv(target / "aliases.csv", tables.alias_rows(district)),
        "facilities": _csv(target / "facilities.csv", tables.facility_rows(district)),
        "markers": _csv(target / "markers.csv", tables.marker_rows(district)),
        "nonstandard": _csv(target / "nonstandard.csv", nonstandard.rows(district)),
        "addresses": target / "addresses.csv",
    }
    with paths["addresses"].open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(tables.ADDRESS_COLUMNS)
        writer.writerows(tables.address_rows(district))
        writer.writerows(twin_doors(district))
    return paths


def _csv(path: Path, rows: Iterable[tables.Row]) -> Path:
    given = list(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(given[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(given)
    return path


def _geojson(path: Path, features: Iterable[dict[str, Any]]) -> Path:
    body = {"type": "FeatureCollection", "crs": _CRS, "features": list(features)}
    path.write_bytes(orjson.dumps(body))
    return path


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _degrees(shape: shapely.Geometry) -> dict[str, Any]:
    moved = shapely.transform(shape, lambda xy: to_degrees(xy))
    return dict(shapely.geometry.mapping(moved))


def _divisions(district: District) -> Iterator[dict[str, Any]]:
    land = district.land
    shapes = [land.outline, *land.town_areas, *land.village_cells]
    for row, shape in zip(tables.village_rows(district), shapes, strict=True):
        yield _feature(
            _degrees(shape), {**row, "示例数据": "是", "来源": "代码、名称为真实，范围为虚构的示例数据"}
        )


def _roads(district: District) -> Iterator[dict[str, Any]]:
    drawn = (*district.roads, *(twin.road for twin in twins(district)))
    known = {road.name for road in drawn}
    for road in drawn:
        row = _road_row(road, known)
        for serial, part in enumerate(_segments(road), start=1):
            line = {"type": "LineString", "coordinates": to_degrees(part).tolist()}
            yield _feature(line, row | {"段序": serial})


def _segments(road: Road) -> list[Floats]:
    """Long roads come in several segments (路段), as surveyors deliver them."""
    count = max(1, min(round(road.length / 900), len(road.line) // 3))
    edges = [round(i * (len(road.line) - 1) / count) for i in range(count + 1)]
    return [road.line[a : b + 1] for a, b in pairwise(edges)]


def _road_row(road: Road, known: Collection[str]) -> dict[str, Any]:
    run = road.line[-1] - road.line[0]
    way = "东西" if abs(run[0]) >= abs(run[1]) else "南北"
    term = "大道" if road.name.endswith("大道") else "公路" if road.name.endswith("公路") else road.name[-1:]
    town = road.town.name if road.town else ""
    # 公路 is a generic term of category G, whatever list the road stands in.
    pinyin, roman = spelling(road.name, "G" if term == "公路" else "E", "", known)
    return {
        "道路编码": road.code, "道路名称": road.name, "专名": road.name.removesuffix(term), "通名": term,
        "汉语拼音": pinyin, "罗马字母拼写": roman, "含义": meaning(road),
        "暂用名": "" if road.name else road.called, "道路等级": road.rank, "宽度": road.width,
        "长度": round(road.length, 1), "走向": way, "起点": "东" if way == "东西" else "南",
        "止点": "西" if way == "东西" else "北", "区划代码": road.division, "镇街": town,
        "状态": "现行" if road.name else "未登记", "示例数据": "是", "来源": NOTE,
    }  # fmt: skip


def _boundary() -> Iterator[dict[str, Any]]:
    line = {"type": "LineString", "coordinates": [list(point) for point in border.line()]}
    yield _feature(line, {
        "界线编码": "SAMPLE-HL", "名称": "黄临线", "级别": "县级", "相邻区划": "331003,331082", "起点": "黄仙临三交点",
        "止点": "东端", "界桩数": border.MARKERS, "示例数据": "是", "来源": NOTE,
    })  # fmt: skip
