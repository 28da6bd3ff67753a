"""What is written comes back as it was, in every format and encoding; a failed export leaves nothing behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo.files import read_table, write_table
from geo.problems import BadInput, Problem, Unavailable

NAMES = ["上垟村", "石岙𠮷", "=1+1", '路,“引号"\n换行', "-12.5", None, " 0012"]
CODES = ["331003001000", "0012", "007", "1e5", "00", None, "331003"]
POINTS = shapely.points(121.2 + np.arange(7) / 1000, 28.6 + np.arange(7) / 2000)
FORMATS = ("csv", "xlsx", "geojson", "gpkg", "shp", "zip")


def columns() -> dict[str, list[Any]]:
    return {"名称": list(NAMES), "编码": list(CODES), "高程": [1.5, None, -3.25, 0.0, 1e-7, 8848.86, 12.0]}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_back_what_it_was_given(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"
    write_table(path, columns(), geometry=POINTS)
    table = read_table(path, strip=False)
    assert len(table) == 7
    # The cells of a .dbf are padded with blanks, which no reader can tell from those of the text.
    assert table.column("名称") == [
        name and name.strip() if ending in {"shp", "zip"} else name for name in NAMES
    ]
    assert table.column("编码") == CODES
    heights, findings = table.numbers("高程")
    assert findings == []
    assert np.allclose(
        heights, [1.5, np.nan, -3.25, 0, 1e-7, 8848.86, 12], equal_nan=True, rtol=1e-9, atol=1e-9
    )
    shapes = table.geometry if table.geometry is not None else shapely.from_wkt(table.column("geometry"))
    assert max(shapely.distance(shapes, POINTS)) < 2e-8
    assert [f for f in table.findings if f.severity == "block"] == []


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "zip"])
@pytest.mark.parametrize("kind", ["lines", "areas"])
def test_lines_and_areas_with_several_parts_and_holes_come_back(
    ending: str, kind: str, tmp_path: Path
) -> None:
    ring = shapely.box(121.2, 28.6, 121.3, 28.7) - shapely.box(121.22, 28.62, 121.24, 28.64)
    shapes = {
        "lines": [shapely.MultiLineString([[(121.2, 28.6), (121.3, 28.7)], [(121.4, 28.6), (121.5, 28.7)]])] * 2,
        "areas": [ring, shapely.MultiPolygon([ring, shapely.box(121.4, 28.6, 121.5, 28.7)])],
    }[kind]  # fmt: skip
    write_table(tmp_path / f"a.{ending}", {"n": ["1", "2"]}, geometry=np.array(shapes, dtype=object))
    back = read_table(tmp_path / f"a.{ending}").geometry
    assert back is not None
    assert all(shapely.equals_exact(shapely.normalize(shapely.multipolygons([a]) if a.geom_type == "Polygon" else a),
                                    shapely.normalize(shapely.multipolygons([b]) if b.geom_type == "Polygon" else b), 2e-8)
               for a, b in zip(back, shapes, strict=True))  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_comes_back_in_each_encoding_and_the_encoding_is_told(encoding: str, tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", {"名称": ["上垟岙畲", "𠮷"]}, encoding=encoding)
    table = read_table(tmp_path / "a.csv")
    assert table.column("名称") == ["上垟岙畲", "𠮷"]
    assert table.encoding == encoding


@pytest.mark.parametrize(("encoding", "page"), [("utf-8", "UTF-8"), ("gb18030", "GB18030")])
def test_a_shapefile_says_its_code_page_and_is_read_by_it(encoding: str, page: str, tmp_path: Path) -> None:
    write_table(tmp_path / "a.shp", {"名称": ["上垟岙畲"]}, geometry=POINTS[:1], encoding=encoding)
    assert (tmp_path / "a.cpg").read_text().strip().upper().replace("-", "") == page.replace("-", "")
    assert read_table(tmp_path / "a.shp").column("名称") == ["上垟岙畲"]


@pytest.mark.parametrize("cpg", [None, "936", "GBK", "54936"])
def test_a_shapefile_of_an_office_is_read_with_and_without_its_code_page(
    cpg: str | None, tmp_path: Path
) -> None:
    write_table(tmp_path / "a.shp", {"名称": ["横街路", "上垟"]}, geometry=POINTS[:2], encoding="gb18030")
    (tmp_path / "a.cpg").unlink()
    if cpg:
        (tmp_path / "a.cpg").write_text(cpg)
    assert read_table(tmp_path / "a.shp").column("名称") == ["横街路", "上垟"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_notice_travels_with_the_data(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    write_table(path, {"n": ["1"]}, geometry=POINTS[:1], notice="示例数据，不得使用")
    if ending == "gpkg":
        assert "示例数据".encode() in path.read_bytes()
    elif ending == "geojson":
        assert "示例数据" in path.read_text("utf-8")
    else:
        assert any("示例数据，不得使用" in cells for cells in read_table(path).columns.values())


def failing(ending: str) -> dict[str, Any]:
    """Arguments that a writer can only refuse after it has begun, or at the door."""
    mixed = np.array([shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)])], dtype=object)
    return {
        "csv": {"columns": {"a": ["1", "2"], "b": ["\ud800", "2"]}},
        "xlsx": {"columns": {"a": ["1", "x" * 40_000]}},
        "geojson": {"columns": {"a": ["1"]}, "geometry": POINTS[:1], "crs": "gcj02"},
        "gpkg": {"columns": {"a": ["1"]}, "geometry": POINTS[:1], "crs": "bd09"},
        "shp": {"columns": {"a": ["1", "2"]}, "geometry": mixed},
        "zip": {"columns": {"a": ["x" * 300]}, "geometry": POINTS[:1]},
    }[ending]  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
def test_a_failed_export_leaves_nothing_and_keeps_what_was_there(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"before")
    arguments = failing(ending)
    with pytest.raises((Problem, UnicodeError)):
        write_table(path, arguments.pop("columns"), **arguments)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"before"


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="不存在"):
        write_table(tmp_path / "no" / "a.csv", {"a": ["1"]})
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(Unavailable) as refusal:
        write_table(tmp_path / "a.csv", {"a": ["1"]})
    assert refusal.value.remedy
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


def test_columns_of_different_length_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="行数"):
        write_table(tmp_path / "a.csv", {"a": ["1"], "b": ["1", "2"]})
    assert list(tmp_path.iterdir()) == []


def test_nothing_in_a_csv_or_workbook_runs_as_a_formula(tmp_path: Path) -> None:
    cells = ["=1+1", "+86", "@SUM(A1)", "-x", "\t=1"]
    write_table(tmp_path / "a.csv", {"a": cells})
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1:]
    assert all(not line.lstrip('"').startswith(("=", "@", "-", "\t")) for line in lines)
    write_table(tmp_path / "a.xlsx", {"a": cells})
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.xlsx").read_bytes())) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("ending", FORMATS)
def test_an_export_without_rows_is_written_and_says_so_when_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    write_table(path, {"名称": []}, geometry=np.array([], dtype=object))
    assert path.exists()
    with pytest.raises(BadInput) as refusal:
        read_table(path)
    assert refusal.value.remedy
