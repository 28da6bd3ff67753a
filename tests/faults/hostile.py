"""Makers of hostile files: each writes one file into a folder and gives its path."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

from geo.files import write_table

Maker = Callable[[Path], Path]

SHEET_HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_TAIL = "</sheetData></worksheet>"


def raw(name: str, content: bytes) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def text(name: str, content: str, encoding: str = "utf-8") -> Maker:
    return raw(name, content.encode(encoding))


def geojson(features: list[object], **more: object) -> Maker:
    return text("a.geojson", json.dumps({"type": "FeatureCollection", "features": features, **more}))


def point(coordinates: object, properties: object = None) -> dict[str, object]:
    return {
        "type": "Feature", "properties": properties or {"name": "x"},
        "geometry": {"type": "Point", "coordinates": coordinates},
    }  # fmt: skip


def workbook(cells: str, *, more: dict[str, bytes] | None = None, head: str = SHEET_HEAD) -> Maker:
    """A workbook written by hand, so that its XML can be what no program writes."""

    def make(folder: Path) -> Path:
        path = folder / "a.xlsx"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        types = (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>'
        )
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", types)
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
                             f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
            archive.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
                             f'2006/main" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
                             "</sheets></workbook>")  # fmt: skip
            archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
                             f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')  # fmt: skip
            archive.writestr("xl/worksheets/sheet1.xml", head + cells + SHEET_TAIL)
            for name, content in (more or {}).items():
                archive.writestr(name, content)
        return path

    return make


def inline(reference: str, value: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def archive(name: str, members: dict[str, bytes]) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for member, content in members.items():
                made.writestr(member, content)
        return path

    return make


def nested_zip(_: Path | None = None) -> bytes:
    inner = b"0" * 1000
    for depth in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
            for copy in range(10):
                made.writestr(f"{depth}-{copy}.zip", inner)
        inner = buffer.getvalue()
    return inner


def lying_zip(folder: Path) -> Path:
    """A workbook whose directory says that 40 MB of zeros are 10 bytes."""
    path = workbook("", more={"xl/media/big.bin": b"\x00" * 300_000_000})(folder)
    content = bytearray(path.read_bytes())
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/media/big.bin"))
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    path.write_bytes(bytes(content))
    return path


def flagged_zip(folder: Path) -> Path:
    """A workbook whose members claim to be encrypted."""
    path = workbook(row(1, inline("A1", "name")))(folder)
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    path.write_bytes(bytes(content))
    return path


def written(name: str, *, rows: int = 50) -> Path | Maker:
    def make(folder: Path) -> Path:
        path = folder / name
        shapes = np.array([shapely.Point(121 + i / 1000, 28.6) for i in range(rows)], dtype=object)
        write_table(path, {"名称": [f"点{i}" for i in range(rows)]}, geometry=shapes)
        return path

    return make


def truncated(name: str, keep: float) -> Maker:
    def make(folder: Path) -> Path:
        path = written(name)(folder)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * keep)])
        return path

    return make


def without(name: str, ending: str) -> Maker:
    def make(folder: Path) -> Path:
        path = written(name)(folder)
        path.with_suffix(ending).unlink()
        return path

    return make


def with_part(name: str, ending: str, content: bytes) -> Maker:
    def make(folder: Path) -> Path:
        path = written(name)(folder)
        path.with_suffix(ending).write_bytes(content)
        return path

    return make


def never_ending(folder: Path) -> Path:
    """A Shapefile with a part that can be opened and never gives a byte."""
    path = written("never.shp")(folder)
    part = path.with_suffix(".cpg")
    part.unlink(missing_ok=True)
    os.mkfifo(part)
    return path


def two_layers(folder: Path) -> Path:
    import pyogrio.raw

    path = folder / "two.gpkg"
    for layer in ("甲", "乙"):
        pyogrio.raw.write(
            str(path), geometry=shapely.to_wkb(np.array([shapely.Point(121, 28)])), field_data=[np.array([1])],
            fields=np.array(["n"]), layer=layer, driver="GPKG", geometry_type="Point", crs="EPSG:4490",
            append=path.exists(),
        )  # fmt: skip
    return path
