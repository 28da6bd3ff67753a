"""A position from a map file: every format that is taken, and clear words for what is not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import shapely

from gazetteer.proposal.drawn import shape_of
from geo.crs import convert
from geo.files import write_table
from geo.geometry import distance_m
from geo.problems import BadInput

AREA = shapely.box(121.25, 28.64, 121.252, 28.642)
KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>
<name>地块</name>{shape}</Placemark></Document></kml>"""


def near(a: shapely.Geometry, b: shapely.Geometry) -> bool:
    return distance_m(shapely.centroid(a), shapely.centroid(b)) < 0.5


def test_an_area_is_read_from_geojson_kml_and_a_zipped_shapefile(tmp_path: Path) -> None:
    ring = " ".join(f"{x},{y},0" for x, y in AREA.exterior.coords)
    files = {
        "a.geojson": f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{shapely.to_geojson(AREA)}}}]}}',
        "b.kml": KML.format(shape=f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon>"),
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    write_table(tmp_path / "c.zip", {"name": ["地块"]}, geometry=[AREA])
    for name in (*files, "c.zip"):
        found = shape_of(tmp_path / name, "polygon")
        assert found.geom_type == "Polygon" and near(found, AREA), name


def test_a_closed_line_of_a_map_app_is_an_area_and_pieces_of_a_road_are_one_line(tmp_path: Path) -> None:
    ring = " ".join(f"{x},{y}" for x, y in AREA.exterior.coords)
    (tmp_path / "ring.kml").write_text(
        KML.format(shape=f"<LineString><coordinates>{ring}</coordinates></LineString>"), "utf-8"
    )
    assert near(shape_of(tmp_path / "ring.kml", "polygon"), AREA)
    pieces = shapely.MultiLineString(
        [[(121.25, 28.64), (121.26, 28.64)], [(121.26, 28.64), (121.27, 28.641)]]
    )
    (tmp_path / "road.geojson").write_text(
        f'{{"type":"Feature","properties":{{}},"geometry":{shapely.to_geojson(pieces)}}}'
    )
    assert shape_of(tmp_path / "road.geojson", "line").geom_type == "LineString"


def test_plane_coordinates_are_turned_when_the_file_states_their_system(tmp_path: Path) -> None:
    x, y = convert(*AREA.exterior.xy, "cgcs2000", "EPSG:4549")
    plane = shapely.Polygon(list(zip(x, y, strict=True)))
    body = f'{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"EPSG:4549"}}}},"features":[{{"type":"Feature","properties":{{}},"geometry":{shapely.to_geojson(plane)}}}]}}'
    (tmp_path / "plane.geojson").write_text(body)
    assert near(shape_of(tmp_path / "plane.geojson", "polygon"), AREA)
    silent = body.replace('"crs":{"type":"name","properties":{"name":"EPSG:4549"}},', "")
    (tmp_path / "silent.geojson").write_text(silent)
    with pytest.raises(BadInput, match="平面坐标"):
        shape_of(tmp_path / "silent.geojson", "polygon")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.kml", b"no kml at all", "损坏|打开|读"),
        ("a.dwg", b"AC1032", "不支持扩展名"),
        ("a.geojson", b'{"type":"Point","coordinates":[10,50]}', "不在中国范围|需要"),
        ("a.zip", b"PK", "zip|压缩"),
    ],
)
def test_a_file_that_cannot_be_used_is_answered_in_plain_words(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=said) as refused:
        shape_of(tmp_path / name, "point")
    assert refused.value.remedy


def test_a_wrong_kind_of_drawing_says_what_is_wanted(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "none.zip", "w") as packed:
        packed.writestr("readme.txt", "nothing")
    with pytest.raises(BadInput):
        shape_of(tmp_path / "none.zip", "line")
    (tmp_path / "p.geojson").write_text('{"type":"Point","coordinates":[121.25,28.64]}')
    with pytest.raises(BadInput, match="需要线，文件里只有点"):
        shape_of(tmp_path / "p.geojson", "line")
