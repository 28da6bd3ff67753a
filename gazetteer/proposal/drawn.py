"""The position of a proposal from a map file (位置图形文件): GeoJSON, KML, DXF, GeoPackage, zipped Shapefile, in any datum."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import System, convert, system
from geo.files import LAYER, Limits, Table, limits, read_table
from geo.problems import BadFile

Draw = Literal["point", "line", "polygon"]
_WORDS: Final = {"point": "点", "line": "线", "polygon": "面"}
_DEGREE: Final = 1e-7
"""About a centimetre: what a drawing keeps."""
_FINE: Final = 2e-6
"""About 0.2 m: vertices nearer to the line than that are left out."""
_MOST: Final = 3000
_PLANE: Final = 1000.0
"""Numbers beyond this are metres, not degrees."""


class WhichLayer(BadFile):
    """A drawing has fitting objects in several 图层; ``layers`` has each with how many."""

    layers: dict[str, int]


def shape_of(path: Path, draw: Draw, *, said: str = "", layer: str = "") -> BaseGeometry:
    """The geometry of all features of a file as one, in CGCS2000 degrees: lines put together, areas united.

    Args:
        path: the file.
        draw: the kind of geometry that is wanted.
        said: the reference system that the officer chose; it goes before what the file states. Empty: what the file
            states, and for degrees without a statement CGCS2000.
        layer: the one 图层 of a drawing.

    Raises:
        WhichLayer: a drawing leaves open which of its layers is meant.
        BadInput: the file cannot be read, has nothing of the kind, lies outside China, is too fine, or gives plane
            coordinates while nobody says in which system.
    """
    table = read_table(path, layer=layer or None, bounds=_bounds())
    if table.geometry is None or not any(_there(one) for one in table.geometry):
        raise BadFile("文件里没有图形。", "检查导出时是否选中了图形，或直接在地图上画。", code="shape.none")
    if table.format == "dxf" and not layer:
        _one_layer(table, draw)
    shapes = [one for one in table.geometry if _there(one)]
    flat = shapely.force_2d(np.asarray(shapes, dtype=object))
    whole = _one(_in_degrees(table.crs, flat, said), draw)
    west, south, east, north = whole.bounds
    if not (west >= 73 and east <= 136 and south >= 3 and north <= 54):
        raise BadFile(
            "文件里的图形不在中国范围内。", "核对坐标系，以及是不是经度在前、纬度在后。", code="shape.away"
        )
    if shapely.get_num_coordinates(whole) > _MOST:
        raise BadFile(f"图形有 {shapely.get_num_coordinates(whole)} 个折点，太细。", f"简化到 {_MOST} 个以内再上传。",
                      code="shape.fine")  # fmt: skip
    return whole


def _bounds() -> Limits:
    """One outline is small and somebody waits for it: a drawing whose blocks multiply without end is let go early."""
    usual = limits()
    return replace(
        usual, bytes=min(usual.bytes, 50_000_000), memory_mb=min(usual.memory_mb, 1000), timeout_s=20.0
    )


def _there(shape: BaseGeometry | None) -> bool:
    return shape is not None and not shape.is_empty


def _one_layer(table: Table, draw: Draw) -> None:
    """Keep the objects of the one layer that has any of the kind; its notes and frames lie in others."""
    shapes = table.geometry if table.geometry is not None else np.array([], dtype=object)
    fits = [_there(shape) and bool(_of_kind(_parts([shape]), draw)) for shape in shapes]
    found = Counter(name or "" for name, fit in zip(table.column(LAYER), fits, strict=True) if fit)
    if len(found) > 1:
        question = WhichLayer(
            f"图里有 {len(found)} 个图层有{_WORDS[draw]}。", "选出申请位置所在的图层。", code="shape.layer"
        )
        question.layers = dict(found.most_common(50))
        raise question
    if found:
        kept = [shape if fit else None for shape, fit in zip(shapes, fits, strict=True)]
        table.geometry = np.array(kept, dtype=object)


def _in_degrees(stated: System | None, shapes: np.ndarray, said: str) -> list[BaseGeometry]:
    chosen = system(said) if said else stated
    large = bool(np.nanmax(np.abs(shapely.get_coordinates(shapes))) > _PLANE)
    if large and (chosen is None or not chosen.projected):
        raise BadFile(
            "文件里是平面坐标，没有说明坐标系。" if chosen is None else "文件里是平面坐标，不是经纬度。",
            "在“坐标系”里选出测绘成果所用的投影，中央经线见图上的说明。",
            code="shape.plane",
        )
    source = chosen or system("cgcs2000")

    def turned(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(convert(xy[:, 0], xy[:, 1], source, "cgcs2000"))

    return list(shapely.set_precision(shapely.transform(shapes, turned), _DEGREE))


def _parts(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Single points, lines and areas, also those that stand in a collection (a block of a drawing)."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    return [one for part in parts for one in shapely.get_parts(part)]


def _of_kind(parts: list[BaseGeometry], draw: Draw) -> list[BaseGeometry]:
    """Those of the kind that is asked for; a closed line counts as an area."""
    kinds = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
    points, lines, areas = ([p for p in parts if p.geom_type == kind] for kind in kinds.values())
    if draw == "polygon" and not areas:
        areas = [shapely.Polygon(line) for line in lines if line.is_closed and len(line.coords) > 3]
    return {"point": points or areas or lines, "line": lines, "polygon": areas}[draw]


def _one(shapes: list[BaseGeometry], draw: Draw) -> BaseGeometry:
    """What was drawn as one geometry of the kind that is asked for."""
    parts = _parts(shapes)
    found = _of_kind(parts, draw)
    if not found:
        there = {part.geom_type for part in parts}
        words = (("Point", "点"), ("LineString", "线"), ("Polygon", "面"))
        seen = "、".join(word for kind, word in words if kind in there)
        raise BadFile(
            f"需要{_WORDS[draw]}，文件里只有{seen or '别的图形'}。",
            f"导出{_WORDS[draw]}图层，或直接在地图上画。",
            code="shape.kind",
        )
    joined = shapely.union_all(found)
    if draw == "line":
        joined = shapely.line_merge(joined)
    slim = shapely.simplify(joined, _FINE)
    return slim if slim.is_valid and not slim.is_empty else shapely.make_valid(joined)
