"""Doors of a street from any of the files a surveyor or a clerk has."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from gazetteer.numbering.doors_file import doors_of_file
from geo.crs import convert
from geo.files import write_table
from geo.files.layers import WhichLayer
from geo.geometry import distance_m
from geo.problems import BadInput

DOORS = [shapely.Point(121.25, 28.64), shapely.Point(121.2502, 28.6401)]
HOUSE = shapely.box(121.25, 28.64, 121.2501, 28.6401)


def near(found: list[shapely.Geometry], wanted: list[shapely.Geometry]) -> bool:
    pairs = zip(found, wanted, strict=True)
    return all(distance_m(shapely.centroid(a), shapely.centroid(b)) < 0.5 for a, b in pairs)


@pytest.mark.parametrize("name", ["doors.gpkg", "doors.zip", "doors.geojson"])
def test_doors_are_points_of_a_map_file(tmp_path: Path, name: str) -> None:
    write_table(tmp_path / name, {"户": ["甲", "乙"]}, geometry=DOORS)
    assert near(doors_of_file(tmp_path / name), DOORS)


def test_houses_of_a_map_app_are_areas_whether_closed_line_or_area(tmp_path: Path) -> None:
    ring = " ".join(f"{x},{y}" for x, y in HOUSE.exterior.coords)
    (tmp_path / "a.kml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
        f"<LineString><coordinates>{ring}</coordinates></LineString></Placemark></Document></kml>", "utf-8"
    )  # fmt: skip
    (found,) = doors_of_file(tmp_path / "a.kml")
    assert found.geom_type == "Polygon" and near([found], [HOUSE])


@pytest.mark.parametrize("name", ["doors.csv", "doors.xlsx"])
def test_a_sheet_with_longitude_and_latitude_gives_points_also_of_another_datum(
    tmp_path: Path, name: str
) -> None:
    lon, lat = convert([p.x for p in DOORS], [p.y for p in DOORS], "cgcs2000", "gcj02")
    columns = {"户主": ["甲", "乙", "丙"], "经度": [*map(str, lon), None], "纬度": [*map(str, lat), None]}
    write_table(tmp_path / name, columns)
    assert near(doors_of_file(tmp_path / name, said="gcj02"), DOORS)
    assert not near(doors_of_file(tmp_path / name), DOORS)


def test_a_drawing_with_doors_on_several_layers_asks_which(tmp_path: Path) -> None:
    x, y = convert([p.x for p in DOORS], [p.y for p in DOORS], "cgcs2000", "EPSG:4549")
    points = (
        [0, "POINT", 8, layer, 10, f"{east:.4f}", 20, f"{north:.4f}"]
        for layer, east, north in zip(("门", "界址点"), x, y, strict=True)
    )
    told = [0, "SECTION", 2, "ENTITIES", *(one for point in points for one in point), 0, "ENDSEC", 0, "EOF"]
    (tmp_path / "a.dxf").write_bytes("\r\n".join(map(str, told)).encode("gb18030"))
    with pytest.raises(WhichLayer) as asked:
        doors_of_file(tmp_path / "a.dxf", said="EPSG:4549")
    assert set(asked.value.layers) == {"门", "界址点"}
    assert near(doors_of_file(tmp_path / "a.dxf", said="EPSG:4549", layer="门"), DOORS[:1])
    with pytest.raises(BadInput, match="坐标系"):
        doors_of_file(tmp_path / "a.dxf", layer="门")


def test_what_has_no_doors_or_lies_elsewhere_is_said(tmp_path: Path) -> None:
    write_table(
        tmp_path / "road.geojson", {"名": ["路"]}, geometry=[shapely.LineString([(121, 28), (121.1, 28.1)])]
    )
    with pytest.raises(BadInput, match="没有门的点"):
        doors_of_file(tmp_path / "road.geojson")
    write_table(tmp_path / "swapped.csv", {"经度": ["28.64"], "纬度": ["121.25"]})
    with pytest.raises(BadInput):
        doors_of_file(tmp_path / "swapped.csv")
    write_table(tmp_path / "names.csv", {"户主": ["甲"]})
    with pytest.raises(BadInput, match="经度"):
        doors_of_file(tmp_path / "names.csv")
