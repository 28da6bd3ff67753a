"""A project for QGIS to start from: our vector tiles below, the published collections above, by their addresses alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from tiles.layers import DEEPEST_SOURCE, LAYERS, Bounds

_RADIUS_M: Final = 6_378_137.0
_FORM: Final = "3.22.0-Białowieża"
#: Published collection -> (name, QGIS geometry), drawn from top to bottom.
_COLLECTIONS: Final = {
    "meal_point": ("助餐点", "Point"), "cemetery": ("公墓", "Point"), "place": ("地名", "Point"),
    "address_point": ("门牌", "Point"), "road": ("道路", "Line"), "boundary_line": ("界线", "Line"),
    "division_area": ("行政区划", "Polygon"),
}  # fmt: skip
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
    layers = [_features(site, name, *told) for name, told in _COLLECTIONS.items()]
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


def _features(site: str, view: str, name: str, geometry: str) -> ET.Element:
    source = (
        f"pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='published.{view}' "
        f"url='{site}/ogc' version='OGC_API_FEATURES'"
    )
    layer = _layer("vector", f"diming_ogc_{view}", name, source, "OAPIF")
    layer.set("geometry", geometry)
    return layer


def _tiles(site: str, name: str) -> ET.Element:
    address = quote(f"{site}/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt", safe=":/{}")
    source = f"type=xyz&url={address}&zmax={DEEPEST_SOURCE}&zmin=0"
    return _layer("vector-tile", f"diming_tiles_{name}", f"{LAYERS[name].label}（瓦片）", source, "")


def _layer(kind: str, key: str, name: str, source: str, provider: str) -> ET.Element:
    layer = ET.Element("maplayer", type=kind, autoRefreshEnabled="0")
    for tag, value in (("id", key), ("datasource", source), ("layername", name), ("provider", provider)):
        ET.SubElement(layer, tag).text = value
    _srs(ET.SubElement(layer, "srs"), projected=kind == "vector-tile")
    return layer


def _srs(parent: ET.Element, *, projected: bool = True) -> None:
    system = ET.SubElement(parent, "spatialrefsys")
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
