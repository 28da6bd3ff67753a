"""Every hostile file is refused with a sentence, or read with a finding on its row; nothing else ever happens."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geo.files import Limits, Table, limits, read_table
from geo.problems import Problem

_spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
assert _spec and _spec.loader
h = importlib.util.module_from_spec(_spec)
sys.modules["hostile"] = h
_spec.loader.exec_module(h)

SMALL: Limits = replace(limits(), rows=2000, columns=300, cell=5000, vertices=5000, timeout_s=60)
HEAD = "名称,经度,纬度\n"
XML_BOMB = '<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]>'
DEEP = "[" * 3000 + "]" * 3000

# name -> maker, code of the refusal, text that the refusal must hold (a row where there is one)
REFUSED = {
    "an empty file": (h.raw("a.csv", b""), "file.empty", "空"),
    "nothing but blank lines": (h.raw("a.csv", b"\r\n\r\n , ,\r\n"), "file.empty", "空"),
    "nothing but a byte order mark": (h.raw("a.csv", b"\xef\xbb\xbf"), "file.empty", "空"),
    "a header only": (h.text("a.csv", HEAD), "file.no-rows", "表头"),
    "a workbook named csv": (h.raw("a.csv", b"PK\x03\x04" + b"\x00" * 100), "file.not-text", "XLSX"),
    "a picture named csv": (h.raw("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "file.not-text", "图片"),
    "a program named csv": (h.raw("a.csv", b"\x7fELF" + bytes(range(256)) * 9), "file.not-text", "程序"),
    "random bytes named csv": (h.raw("a.csv", bytes(range(256)) * 50), "file.encoding", "行"),
    "UTF-8 broken in row 3": (
        h.raw("a.csv", HEAD.encode() + "甲,121,28\n".encode() + b"\xff\xfe\xfd,1,2\n"),
        "file.encoding", "第 3 行",
    ),
    "half a UTF-8 character at the end": (h.raw("a.csv", "名称\n上垟".encode()[:-1]), "file.encoding", "第 2 行"),
    "UTF-16 cut in two": (h.raw("a.csv", "名称\n甲".encode("utf-16")[:-1]), "file.encoding", "第"),
    "a quote never closed": (h.text("a.csv", HEAD + '"甲,1,2\n' + "乙,1,2\n" * 60_000), "file.cell-too-long", "第 2 行"),
    "a huge cell": (h.text("a.csv", HEAD + "甲,1,2\n" + "x" * 6000 + ",1,2\n"), "file.cell-too-long", "第 3 行"),
    "ten thousand columns": (
        h.text("a.csv", ",".join(f"c{i}" for i in range(10_000)) + "\n" + "," * 9_999 + "1\n"),
        "file.too-many-columns", "10000",
    ),
    "more rows than allowed": (h.text("a.csv", HEAD + "甲,1,2\n" * 2500), "file.too-many-rows", "2000"),
    "an unknown ending": (h.raw("a.exe", b"x"), "file.format", "exe"),
    "an old workbook": (h.raw("a.xls", b"\xd0\xcf\x11\xe0"), "file.format", "xls"),
    "an old workbook renamed": (h.raw("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\x00" * 600), "file.old-excel", "xls"),
    "text named xlsx": (h.text("a.xlsx", HEAD), "file.damaged", "a.xlsx"),
    "a workbook cut off": (h.truncated("a.xlsx", 0.6), "file.damaged", "a.xlsx"),
    "a zip without a workbook": (h.archive("a.xlsx", {"x.txt": b"1"}), "file.damaged", "a.xlsx"),
    "a bomb of zeros": (h.workbook("", more={"xl/x.bin": b"\x00" * 30_000_000}), "file.zip-bomb", "庞大"),
    "a bomb that lies about its size": (h.lying_zip, "file.zip-bomb", "庞大"),
    "a workbook of six thousand members": (
        h.workbook("", more={f"xl/{i}": b"" for i in range(6000)}), "file.zip-members", "6"),
    "a member that climbs out": (h.workbook("", more={"../../etc/x": b"1"}), "file.zip-path", "越出"),
    "a member with an absolute name": (h.workbook("", more={"/etc/x": b"1"}), "file.zip-path", "越出"),
    "a workbook with a password": (h.flagged_zip, "file.password", "密码"),
    "a cell in the far corner": (
        h.workbook(h.row(1, h.inline("A1", "名称")) + h.row(1048576, h.inline("XFD1048576", "x"))),
        ("file.too-many-columns", "file.memory"), "上限"),
    "an empty sheet": (h.workbook(""), "file.empty", "空"),
    "broken sheet XML": (h.workbook("<row r='1'><c r='A1'><v>1</row>"), "file.damaged", "a.xlsx"),
    "no JSON": (h.text("a.geojson", '{"type": "FeatureCollection",\n "features": [}'), "file.json", "第 2 行"),
    "binary named geojson": (h.raw("a.geojson", b"\xff\xfe\x00\x81" * 40), ("file.encoding", "file.json"), "第"),
    "JSON that is a list": (h.text("a.geojson", "[1, 2]"), "file.geojson", "FeatureCollection"),
    "features that are a text": (h.text("a.geojson", '{"type":"FeatureCollection","features":"x"}'), "file.geojson", ""),
    "a feature that is a number": (h.geojson([h.point([121, 28]), 5]), "file.geojson", "第 2 个要素"),
    "properties that are a list": (
        h.geojson([{"type": "Feature", "properties": [1], "geometry": None}]), "file.geojson", "第 1 个要素"),
    "no features": (h.geojson([]), "file.no-rows", "要素"),
    "JSON nested three thousand deep": (h.text("a.geojson", DEEP), ("file.nesting", "file.json"), ""),
    "NaN written into JSON": (h.text("a.geojson", '{"type":"Point","coordinates":[NaN,1]}'), "file.json", "第 1 行"),
    "coordinates beyond all numbers": (
        h.text("a.geojson", '{"type":"Point","coordinates":[1e400,1]}'), "file.json", "第 1 行"),
    "a ring beyond all sense": (
        h.geojson([h.point([121, 28]), {"type": "Feature", "properties": {"a": 1}, "geometry": {
            "type": "Polygon", "coordinates": [[[121 + i / 1e6, 28] for i in range(30_000)]]}}]),
        "file.vertices", "第 2 个要素"),
    "too many properties": (
        h.geojson([h.point([121, 28], {f"p{i}": i for i in range(400)})]), "file.too-many-columns", "300"),
    "text named gpkg": (h.text("a.gpkg", "x" * 100), "file.damaged", "a.gpkg"),
    "a database that is no map": (h.raw("a.gpkg", b"SQLite format 3\x00" + b"\x00" * 4000), "file.damaged", "a.gpkg"),
    "a GeoPackage cut off": (h.truncated("a.gpkg", 0.3), "file.damaged", "a.gpkg"),
    "a GeoPackage with two layers": (h.two_layers, "file.no-layer", "甲"),
    "a Shapefile without attributes": (h.without("a.shp", ".dbf"), "file.shp-parts", ".dbf"),
    "a Shapefile without index": (h.without("a.shp", ".shx"), "file.shp-parts", ".shx"),
    "attributes that are text": (h.with_part("a.shp", ".dbf", b"x" * 40), "file.damaged", "dbf"),
    "a Shapefile of nothing": (h.with_part("a.shp", ".shp", b"\x00" * 120), "file.damaged", "a.shp"),
    "a projection nobody knows": (h.with_part("a.shp", ".prj", b'PROJCS["x",'), ("crs.unknown", "file.damaged"), ""),
    "a zip in a zip in a zip": (h.raw("a.zip", h.nested_zip()), "file.zip-layers", "没有 .shp"),
    "a zip with two Shapefiles": (h.archive("a.zip", {"a.shp": b"1", "b.shp": b"2"}), "file.zip-layers", "2"),
    "a zip with a lone shp": (h.archive("a.zip", {"a.shp": b"\x00" * 100}), "file.shp-parts", ".dbf"),
    "a zip that climbs out": (h.archive("a.zip", {"../a.shp": b"1"}), "file.zip-path", "越出"),
    "a zip cut off": (h.truncated("a.zip", 0.5), "file.damaged", "a.zip"),
}  # fmt: skip

# name -> maker, code of the finding, its row
FOUND = {
    "a row that is too short": (h.text("a.csv", HEAD + "甲,1,2\n乙,1\n"), "row.ragged", 3),
    "a row that is too long": (h.text("a.csv", HEAD + "甲,1,2\n\n乙,1,2,3\n"), "row.ragged", 4),
    "null bytes": (h.text("a.csv", HEAD + "甲,1,2\n乙\x00丙,1,2\n"), "cell.null", 3),
    "lost characters": (h.text("a.csv", HEAD + "上\ufffd村,1,2\n"), "cell.lost", 2),
    "private characters": (h.text("a.csv", HEAD + "\ue001村,1,2\n"), "cell.private", 2),
    "codes in scientific form": (h.text("a.csv", "code\n3.31003E+11\n"), "cell.scientific", 2),
    "columns of the same name": (h.text("a.csv", "名称,名称,名称\n1,2,3\n"), "columns.duplicate", 1),
    "an error cell": (
        h.workbook(h.row(1, h.inline("A1", "名称"), h.inline("B1", "n"))
                   + h.row(2, h.inline("A2", "甲"), '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')),
        "cell.formula-error", 2),
    "a formula": (
        h.workbook(h.row(1, h.inline("A1", "名称")) + h.row(2, '<c r="A2"><f>1+1</f><v>2</v></c>')),
        "cell.formula", None),
    "coordinates that are texts": (h.geojson([h.point([121, 28]), h.point(["a", "b"])]), "geometry.unreadable", 2),
    "a geometry of an unknown kind": (
        h.geojson([{"type": "Feature", "properties": {"a": 1}, "geometry": {"type": "Circle"}}]),
        "geometry.unreadable", 1),
    "a very long ring": (
        h.geojson([{"type": "Feature", "properties": {"a": 1}, "geometry": {
            "type": "LineString", "coordinates": [[121 + i / 1e6, 28] for i in range(6000)]}}]),
        "geometry.vertices", 1),
    "a ring of three points": (
        h.geojson([{"type": "Feature", "properties": {"a": 1}, "geometry": {
            "type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}}]),
        "geometry.invalid", 1),
    "a code page that is not the one stated": (h.with_part("a.shp", ".cpg", b"UTF-16"), "file.cpg", None),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    make, code, holds = REFUSED[name]
    path = make(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Problem) as refusal:
        read_table(path, bounds=SMALL)
    assert refusal.value.code in (code if isinstance(code, tuple) else (code,))
    assert holds in refusal.value.sentence + refusal.value.remedy
    assert refusal.value.remedy
    assert sorted(tmp_path.rglob("*")) == before, "reading leaves no file behind"


@pytest.mark.parametrize("name", FOUND)
def test_a_doubtful_file_is_read_with_a_finding_on_its_row(name: str, tmp_path: Path) -> None:
    make, code, row = FOUND[name]
    table = read_table(make(tmp_path), bounds=SMALL)
    codes = code if isinstance(code, tuple) else (code,)
    found = [finding for finding in table.findings if finding.code in codes]
    assert [finding.row for finding in found] == [row]
    assert_is_plain(table)


@pytest.mark.parametrize(
    "cell", ["nan", "NaN", "inf", "-Infinity", "1e999", "１２１", "121°10′", "\u202e121", "😀"]
)
def test_a_coordinate_that_is_no_finite_number_is_named_with_its_row(cell: str, tmp_path: Path) -> None:
    path = h.text("a.csv", HEAD + "甲,121.2,28.6\n" + f"乙,{cell},28.6\n")(tmp_path)
    values, findings = read_table(path).numbers("经度")
    if cell == "１２１":
        assert values.tolist() == [121.2, 121.0]
        return
    assert np.isnan(values[1])
    assert [(finding.code, finding.row) for finding in findings] == [("cell.number", 3)]


def test_rare_characters_come_through_every_encoding(tmp_path: Path) -> None:
    names = "上垟岙畲𠀀𡘙😀\u202e右"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        table = read_table(h.text("a.csv", f"名称\n{names}\n", encoding)(tmp_path))
        assert table.column("名称") == [names]
        assert table.encoding == encoding


def test_a_file_over_the_size_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = h.raw("a.csv", b"x" * 1000)(tmp_path)
    with pytest.raises(Problem) as refusal:
        read_table(path, bounds=replace(SMALL, bytes=999))
    assert refusal.value.code == "file.too-large"


def test_a_reader_that_needs_too_much_memory_ends_in_a_sentence(tmp_path: Path) -> None:
    cells = h.row(1, *(h.inline(f"{c}1", c) for c in "AB")) + h.row(100_000, h.inline("KN100000", "x"))
    path = h.workbook(cells)(tmp_path)
    with pytest.raises(Problem) as refusal:
        read_table(path, bounds=replace(SMALL, rows=1_000_000, memory_mb=900))
    assert refusal.value.code == "file.memory"


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = h.never_ending(tmp_path)
    with pytest.raises(Problem) as refusal:
        read_table(path, bounds=replace(SMALL, timeout_s=0.01))
    assert refusal.value.code == "file.too-slow"


def assert_is_plain(table: Table) -> None:
    assert all(len(cells) == len(table) for cells in table.columns.values())
    assert all(cell is None or "\x00" not in cell for cells in table.columns.values() for cell in cells)
