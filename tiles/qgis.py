"""A project for QGIS to start from: our vector tiles below, the published collections above, by their addresses alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from tiles.layers import DEEPEST_SOURCE, LAYERS, Bounds


@dataclass(frozen=True, slots=True)
class Look:
    """How a collection is shown: its name, QGIS geometry, colour, the field of its labels, size of mark or line in mm.

    ``closer_than``: denominator of the scale from which its labels (and doors themselves) are shown.
    """

    name: str
    geometry: str
    colour: str
    label: str
    size: float
    shape: str = "circle"
    closer_than: int = 0


_RADIUS_M: Final = 6_378_137.0
_FORM: Final = "3.22.0-Białowieża"
#: Published collection -> how QGIS shows it, from top to bottom.
_COLLECTIONS: Final = {
    "meal_point": Look("助餐点", "Point", "10,122,75", "name", 2.4),
    "cemetery": Look("公墓", "Point", "78,122,99", "name", 2.4, shape="square"),
    "place": Look("地名", "Point", "154,103,0", "standard_name", 1.6, closer_than=50_000),
    "address_point": Look("门牌", "Point", "11,79,158", "number", 1.2, closer_than=8_000),
    "road": Look("道路", "Line", "91,102,115", "name", 0.5, closer_than=100_000),
    "boundary_line": Look("界线", "Line", "179,38,30", "name", 0.6),
    "division_area": Look("行政区划", "Polygon", "138,106,102", "name", 0.3),
}  # fmt: skip
#: Tiles below are a quiet ground: QGIS geometry number, words, look.
_QUIET: Final = (
    ("2", "面", Look("", "Polygon", "179,189,200", "", 0.2)),
    ("1", "线", Look("", "Line", "179,189,200", "", 0.4)),
    ("0", "点", Look("", "Point", "179,189,200", "", 0.8)),
)
_TILES: Final = ("base", "boundaries")


def project(title: str, site: str, bounds: Bounds | None) -> bytes:
    """The XML of the project (``.qgs``); layers carry no data and no style beyond what QGIS gives them.

    Args:
        title: of the project.
        site: our address, as ``https://dm.example.gov.cn``.
        bounds: of the district in degrees, where the project opens.
    """
    root = ET.Element("qgis", projectname=title, version=_FORM)
    ET.SubElement(root, "title").text = title
    _srs(ET.SubElement(root, "projectCrs"))
    # Without this QGIS takes the project for one of old times that has no system at all.
    enabled = ET.SubElement(
        ET.SubElement(ET.SubElement(root, "properties"), "SpatialRefSys"), "ProjectionsEnabled", type="int"
    )
    enabled.text = "1"
    tree = ET.SubElement(root, "layer-tree-group")
    layers = [_features(site, name, look) for name, look in _COLLECTIONS.items()]
    layers += [_tiles(site, name) for name in _TILES]
    for layer in layers:
        ET.SubElement(
            tree, "layer-tree-layer", id=_text(layer, "id"), name=_text(layer, "layername"), checked="Qt::Checked",
            expanded="0", providerKey=_text(layer, "provider"), source=_text(layer, "datasource"),
        )  # fmt: skip
    if bounds:
        _canvas(root, bounds)
    ET.SubElement(root, "projectlayers").extend(layers)
    order = ET.SubElement(root, "layerorder")
    for layer in layers:
        ET.SubElement(order, "layer", id=_text(layer, "id"))
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + body


def collections() -> Sequence[str]:
    """The collections that the project opens, as ``/ogc/collections`` names them."""
    return [f"published.{name}" for name in _COLLECTIONS]


def _features(site: str, view: str, look: Look) -> ET.Element:
    source = (
        f"pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='published.{view}' "
        f"url='{site}/ogc' version='OGC_API_FEATURES'"
    )
    layer = _layer("vector", f"diming_ogc_{view}", look.name, source, "OAPIF")
    layer.set("geometry", look.geometry)
    layer.set("labelsEnabled", "1")
    if view == "address_point":
        # All doors of a district at once are a minute of waiting and a black cloud.
        for key, value in (
            ("hasScaleBasedVisibilityFlag", "1"),
            ("minScale", str(look.closer_than)),
            ("maxScale", "0"),
        ):
            layer.set(key, value)
    _symbol(layer, look)
    _labels(layer, look)
    return layer


def _symbol(layer: ET.Element, look: Look) -> None:
    renderer = ET.SubElement(layer, "renderer-v2", type="singleSymbol", symbollevels="0", enableorderby="0")
    _symbol_of(ET.SubElement(renderer, "symbols"), look, "0")


def _symbol_of(parent: ET.Element, look: Look, name: str) -> None:
    kind, drawn, options = {
        "Point": ("marker", "SimpleMarker", {
            "name": look.shape, "color": look.colour, "outline_color": "255,255,255", "size": f"{look.size}"}),
        "Line": ("line", "SimpleLine", {"line_color": look.colour, "line_width": f"{look.size}"}),
        "Polygon": ("fill", "SimpleFill", {
            "style": "no", "color": "255,255,255", "outline_color": look.colour, "outline_width": f"{look.size}", "outline_style": "dash"}),
    }[look.geometry]  # fmt: skip
    symbol = ET.SubElement(parent, "symbol", type=kind, name=name, alpha="1")
    part = ET.SubElement(symbol, "layer", {"class": drawn, "enabled": "1", "locked": "0", "pass": "0"})
    for key, value in options.items():
        ET.SubElement(part, "prop", k=key, v=value)


def _labels(layer: ET.Element, look: Look) -> None:
    """Chinese labels in the face that stands on every Linux desk; QGIS takes its own where it is missing."""
    settings = ET.SubElement(ET.SubElement(layer, "labeling", type="simple"), "settings")
    style = ET.SubElement(
        settings, "text-style", fieldName=look.label, isExpression="0", fontFamily="Noto Sans CJK SC", fontSize="8",
        fontSizeUnit="Point", textColor="27,36,48,255",
    )  # fmt: skip
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
    )
    if look.closer_than:
        ET.SubElement(
            settings, "rendering", scaleVisibility="1", scaleMin="0", scaleMax=str(look.closer_than)
        )


def _tiles(site: str, name: str) -> ET.Element:
    address = quote(f"{site}/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt", safe=":/{}")
    source = f"type=xyz&url={address}&zmax={DEEPEST_SOURCE}&zmin=0"
    layer = _layer("vector-tile", f"diming_tiles_{name}", f"{LAYERS[name].label}（瓦片）", source, "")
    styles = ET.SubElement(ET.SubElement(layer, "renderer", type="basic"), "styles")
    for number, kind, look in _QUIET:
        style = ET.SubElement(
            styles, "style", {"name": kind, "layer": "", "geometry": number, "enabled": "1", "expression": "", "min-zoom": "-1", "max-zoom": "-1"}
        )  # fmt: skip
        _symbol_of(ET.SubElement(style, "symbols"), look, "0")
    return layer


def _layer(kind: str, key: str, name: str, source: str, provider: str) -> ET.Element:
    layer = ET.Element("maplayer", type=kind, autoRefreshEnabled="0")
    for tag, value in (("id", key), ("datasource", source), ("layername", name), ("provider", provider)):
        ET.SubElement(layer, tag).text = value
    _srs(ET.SubElement(layer, "srs"), projected=kind == "vector-tile")
    return layer


def _srs(parent: ET.Element, *, projected: bool = True) -> None:
    system = ET.SubElement(parent, "spatialrefsys")
    # QGIS looks at the name of a system only beside a number of its own list; any positive one will do.
    ET.SubElement(system, "srsid").text = "3857" if projected else "3452"
    for tag, value in (
        ("authid", "EPSG:3857" if projected else "OGC:CRS84"),
        ("srid", "3857" if projected else ""),
    ):
        ET.SubElement(system, tag).text = value


def _canvas(root: ET.Element, bounds: Bounds) -> None:
    canvas = ET.SubElement(root, "mapcanvas", name="theMapCanvas")
    extent = ET.SubElement(canvas, "extent")
    for tag, value in zip(("xmin", "ymin", "xmax", "ymax"), _mercator(bounds), strict=True):
        ET.SubElement(extent, tag).text = f"{value:.1f}"
    _srs(ET.SubElement(canvas, "destinationsrs"))


def _mercator(bounds: Bounds) -> tuple[float, ...]:
    corners = ((bounds[0], bounds[1]), (bounds[2], bounds[3]))
    return tuple(
        metres
        for lon, lat in corners
        for metres in (math.radians(lon) * _RADIUS_M, math.asinh(math.tan(math.radians(lat))) * _RADIUS_M)
    )


def _text(layer: ET.Element, tag: str) -> str:
    return layer.findtext(tag) or ""
