"""A position from a map file: every format that is taken, and clear words for what is not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import shapely

from gazetteer.proposal.drawn import shape_of
from geo.crs import convert
from geo.files import write_table
from geo.files.layers import WhichLayer
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


ROAD, PLOT = [(524_000.1, 3_170_000.2), (524_300.5, 3_170_020.0), (524_600.0, 3_170_080.0)], [
    (524_100, 3_170_100), (524_200, 3_170_100), (524_200, 3_170_200), (524_100, 3_170_200),
]  # fmt: skip


def polyline(layer: str, spots: list[tuple[float, float]], *, closed: bool = False) -> list[object]:
    head = [
        0,
        "LWPOLYLINE",
        100,
        "AcDbEntity",
        8,
        layer,
        100,
        "AcDbPolyline",
        90,
        len(spots),
        70,
        int(closed),
    ]
    return head + [value for x, y in spots for value in (10, x, 20, y)]


def drawing(path: Path, *objects: list[object], encoding: str = "gb18030", header: bool = True) -> Path:
    """A DXF drawing as surveyors hand it in: plane coordinates, Chinese layers, no word on the reference system."""
    head = [
        0,
        "SECTION",
        2,
        "HEADER",
        9,
        "$ACADVER",
        1,
        "AC1015",
        9,
        "$DWGCODEPAGE",
        3,
        "ANSI_936",
        0,
        "ENDSEC",
    ]
    body = [0, "SECTION", 2, "ENTITIES", *(value for one in objects for value in one), 0, "ENDSEC", 0, "EOF"]
    path.write_bytes(("\r\n".join(map(str, (head if header else []) + body)) + "\r\n").encode(encoding))
    return path


@pytest.mark.parametrize(("encoding", "header"), [("gb18030", True), ("utf-8", True), ("gb18030", False)])
def test_a_surveyors_drawing_is_read_in_the_system_the_officer_chooses(
    tmp_path: Path, encoding: str, header: bool
) -> None:
    note = [0, "TEXT", 8, "注记", 10, 524_150, 20, 3_170_150, 40, 2.5, 1, "永宁江"]
    path = drawing(
        tmp_path / "图.dxf", polyline("用地红线", PLOT, closed=True), note, encoding=encoding, header=header
    )
    with pytest.raises(BadInput, match="平面坐标，没有说明坐标系"):
        shape_of(path, "polygon")
    found = shape_of(path, "polygon", said="gk120")
    x, y = convert([524_150.0], [3_170_150.0], "EPSG:4549", "cgcs2000")
    assert near(found, shapely.Point(x[0], y[0]))
    with pytest.raises(BadInput, match="不是经纬度"):
        shape_of(path, "polygon", said="wgs84")


def test_a_drawing_with_several_layers_asks_which_one_is_meant(tmp_path: Path) -> None:
    path = drawing(
        tmp_path / "路.dxf",
        polyline("道路中线", ROAD),
        polyline("道路边线", ROAD),
        polyline("道路边线", ROAD[1:]),
    )
    with pytest.raises(WhichLayer) as asked:
        shape_of(path, "line", said="gk120")
    assert asked.value.layers == {"道路边线": 2, "道路中线": 1}
    found = shape_of(path, "line", said="gk120", layer="道路中线")
    assert found.geom_type == "LineString" and len(found.coords) == 3
    with pytest.raises(BadInput, match="没有图层“红线”"):
        shape_of(path, "line", said="gk120", layer="红线")


def test_what_the_officer_chooses_goes_before_what_the_file_states(tmp_path: Path) -> None:
    (tmp_path / "p.geojson").write_text('{"type":"Point","coordinates":[121.25,28.64]}')
    plain, moved = (shape_of(tmp_path / "p.geojson", "point", said=said) for said in ("", "gcj02"))
    assert 300 < distance_m(plain, moved) < 800


@pytest.mark.parametrize("content", [b"AutoCAD Binary DXF\r\n", b"no drawing", b"PK\x03\x04"])
def test_what_is_no_plain_drawing_is_answered_in_plain_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.dxf").write_bytes(content)
    with pytest.raises(BadInput, match="DXF") as refused:
        shape_of(tmp_path / "a.dxf", "line")
    assert "另存为" in refused.value.remedy
