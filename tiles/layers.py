"""The tile layers (瓦片图层): their SQL functions, the zooms they reach, and what TileJSON tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound

DEEPEST: Final = 18
#: Beyond this zoom a map stretches the tile: a door stands within a hand's breadth already.
DEEPEST_SOURCE: Final = 17
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """One layer inside a tile (MVT layer).

    Attributes:
        name: its id in the tile.
        label: Chinese words for a legend.
        fields: property -> what it means.
        first_zoom: the least zoom that holds it.
    """

    name: str
    label: str
    fields: dict[str, str]
    first_zoom: int = 0


@dataclass(frozen=True, slots=True)
class TileLayer:
    """One address ``/tiles/{name}/…``; ``function`` is called with z, x, y."""

    name: str
    label: str
    parts: tuple[Part, ...]

    @property
    def function(self) -> str:
        """The SQL function that draws it."""
        return f"published.tile_{self.name}"

    @property
    def first_zoom(self) -> int:
        """The least zoom at which anything is drawn."""
        return min(part.first_zoom for part in self.parts)


_CODE: Final = {"code": "编码", "name": "名称"}
_SAMPLE: Final = {"made_up": "是否示例数据"}
_AREA = Part("area", "行政区划范围", {**_CODE, "level": "层级：3 县级，4 镇街，5 村社区"})
_AREA_NAME = Part("area_name", "行政区划名称", _AREA.fields)
_ROAD = Part("road", "道路", {**_CODE, "class": "等级"}, 10)
_DOOR_FIELDS: Final = {"code": "地址编码", "number": "号", "street": "道路或村名"}
_PARTS: Final = {
    "base": ("素色底图", (_AREA, _AREA_NAME, _ROAD, Part("door", "门牌", _DOOR_FIELDS, 16))),
    "addresses": ("门牌", (Part("door", "门牌", {**_DOOR_FIELDS, "doors": "16 级以下：该处门牌数"}, 13),)),
    "roads": ("道路", (_ROAD,)),
    "places": ("地名", (
        Part("place", "地名", {**_CODE, "category": "大类", "heritage": "保护名录", **_SAMPLE}, 8),)),
    "divisions": ("行政区划", (_AREA, _AREA_NAME)),
    "meals": ("助餐点", (Part("meal_point", "助餐点", {**_CODE, "tier": "类型", "state": "状态", **_SAMPLE}),)),
    "cemeteries": ("公墓", (
        Part("cemetery", "公墓", {**_CODE, "category": "类别", **_SAMPLE}),
        Part("cemetery_area", "公墓范围", {**_CODE, "category": "类别", **_SAMPLE}, 13))),
    "boundaries": ("界线", (
        Part("boundary", "界线", {**_CODE, "level": "级别", **_SAMPLE}),
        Part("marker", "界桩（取整位置）", {**_CODE, "number": "编号", "rounded_to_m": "取整到米", **_SAMPLE}, 12))),
}  # fmt: skip

#: Layer name -> layer.
LAYERS: Final = {name: TileLayer(name, label, parts) for name, (label, parts) in _PARTS.items()}

_BOUNDS = text("""
SELECT ST_XMin(b), ST_YMin(b), ST_XMax(b), ST_YMax(b) FROM (
  SELECT ST_Extent(geom) AS b FROM (
    SELECT geom FROM published.road_segment
    UNION ALL
    SELECT geom FROM published.division_area
    WHERE level = 3 AND code = (SELECT left(division, 6) || '000000' FROM published.address LIMIT 1)
  ) parts
) found WHERE b IS NOT NULL
""")


def layer_of(name: str) -> TileLayer:
    """The layer of this name.

    Raises:
        NotFound: there is none; with the names that there are.
    """
    if name not in LAYERS:
        raise NotFound(f"没有图层“{name}”。", f"可用的图层：{'、'.join(LAYERS)}。", code="no-such-layer")
    return LAYERS[name]


def district_bounds(db: Session) -> Bounds | None:
    """West, south, east, north in degrees of the district and its roads; None while there is nothing."""
    found = db.execute(_BOUNDS).one_or_none()
    return (found[0], found[1], found[2], found[3]) if found else None


def tilejson(layer: TileLayer, tiles: str, bounds: Bounds | None, attribution: str) -> dict[str, object]:
    """The TileJSON 3.0 document of a layer.

    Args:
        layer: which.
        tiles: the tile address with ``{z}/{x}/{y}``.
        bounds: of the district, degrees.
        attribution: source, 审图号 and sample notice in one line.
    """
    parts = [
        {"id": p.name, "description": p.label, "fields": p.fields,
         "minzoom": p.first_zoom, "maxzoom": DEEPEST_SOURCE} for p in layer.parts
    ]  # fmt: skip
    document: dict[str, object] = {
        "tilejson": "3.0.0", "name": layer.name, "description": layer.label, "version": "1.0.0", "scheme": "xyz",
        "tiles": [tiles], "minzoom": layer.first_zoom, "maxzoom": DEEPEST_SOURCE, "attribution": attribution,
        "vector_layers": parts,
    }  # fmt: skip
    if bounds is not None:
        west, south, east, north = bounds
        document["bounds"] = [west, south, east, north]
        document["center"] = [(west + east) / 2, (south + north) / 2, max(11, layer.first_zoom)]
    return document
