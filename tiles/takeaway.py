"""Maps to take away (带走的地图): one HTML file that opens without a network, drawn by folium over our own roads.

The script and style of the map stand inside the file; no tile server, no other host is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

import folium
import shapely
from branca.element import Element
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

_POINTS: Final = frozenset({"Point", "MultiPoint"})
_ROAD: Final = "#B3BDC8"
_EDGE: Final = "#8A6A66"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing on the map: its geometry (degrees), its name, and facts for the box that a click opens."""

    shape: BaseGeometry
    name: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """Things drawn alike, with one line in the legend and one tick to hide them.

    Attributes:
        label: the words of the legend.
        colour: ``#rrggbb``.
        things: what is drawn.
        outline: points are rings instead of discs, so that colour is never all that tells them apart.
        radius_px: of points.
    """

    label: str
    colour: str
    things: Sequence[Thing]
    outline: bool = False
    radius_px: int = 7


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map with all that must stand on it.

    Attributes:
        title: over the map.
        themes: from bottom to top.
        roads: pale ground lines, so that places can be found without a base map.
        source: where the data are from.
        date: as of when, in words.
        notices: 示例数据, 审图号, 内部资料 and the like, each a sentence.
        explanation: what the reader should know, one sentence.
        areas: divisions whose lines and names are part of the ground.
    """

    title: str
    themes: Sequence[Theme]
    roads: Sequence[BaseGeometry]
    source: str
    date: str
    notices: Sequence[str]
    explanation: str = ""
    areas: Sequence[Thing] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The text of Leaflet's script and style, to stand inside the file."""

    script: str
    style: str


def html(sheet: Sheet, parts: Parts) -> str:
    """The file."""
    drawn = folium.Map(
        tiles=None, control_scale=True, prefer_canvas=True, zoom_control="topright", zoom_snap=0.25
    )
    # Leaflet alone, and from inside: folium would name other hosts.
    drawn.default_js, drawn.default_css = [], []
    if sheet.areas:
        _divisions(sheet.areas).add_to(drawn)
    if sheet.roads:
        _ground(sheet.roads).add_to(drawn)
    for theme in sheet.themes:
        if theme.things:
            _group(theme).add_to(drawn)
    folium.LayerControl(collapsed=True, position="topright").add_to(drawn)
    bounds = _bounds(sheet)
    if bounds:
        drawn.fit_bounds(bounds, padding=(24, 24))
    root: Any = drawn.get_root()
    root.title = sheet.title
    root.header.add_child(Element(f"<style>{parts.style}{_STYLE}</style>"), name="leaflet_style", index=0)
    root.header.add_child(Element(f"<script>{_safe(parts.script)}</script>"), name="leaflet_script", index=1)
    root.html.add_child(Element(_frame(sheet)), name="frame")
    root.script.add_child(Element(_FAR.replace("MAP", drawn.get_name())), name="far")
    text: str = root.render()
    return text.replace("<html>", '<html lang="zh-CN">', 1)


def _ground(roads: Sequence[BaseGeometry]) -> folium.GeoJson:
    lines = mapping(shapely.MultiLineString([part for road in roads for part in shapely.get_parts(road)]))
    return folium.GeoJson(
        lines, name="道路", control=False, interactive=False, smooth_factor=1,
        style_function=lambda feature: {"color": _ROAD, "weight": 1.4, "opacity": 0.9},
    )  # fmt: skip


def _divisions(areas: Sequence[Thing]) -> folium.FeatureGroup:
    """Lines of the divisions, and their names where they are no thing to click."""
    group = folium.FeatureGroup(name="行政区划", control=False)
    features = [{"type": "Feature", "properties": {}, "geometry": mapping(area.shape)} for area in areas]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features}, interactive=False, smooth_factor=1,
        style_function=lambda feature: {"color": _EDGE, "weight": 1, "dashArray": "5 4", "fillColor": "#FFFFFF", "fillOpacity": 0.3},
    ).add_to(group)  # fmt: skip
    for area in areas:
        at = shapely.point_on_surface(area.shape)
        icon = folium.DivIcon(
            icon_size=(120, 20), icon_anchor=(60, 10), class_name="tk-name", html=escape(area.name)
        )
        folium.Marker((at.y, at.x), icon=icon, interactive=False, keyboard=False, pane="tilePane").add_to(
            group
        )
    return group


def _group(theme: Theme) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name=f"{escape(theme.label)}（{len(theme.things)}）")
    points = [t for t in theme.things if t.shape.geom_type in _POINTS]
    shapes = [t for t in theme.things if t.shape.geom_type not in _POINTS]
    if shapes:
        _layer(theme, shapes).add_to(group)
    if points:
        marker = folium.CircleMarker(
            radius=theme.radius_px, color=theme.colour if theme.outline else "#FFFFFF", weight=2.5 if theme.outline else 1.5,
            fill=True, fill_color="#FFFFFF" if theme.outline else theme.colour, fill_opacity=1,
        )  # fmt: skip
        _layer(theme, points, marker).add_to(group)
    return group


def _layer(
    theme: Theme, things: Sequence[Thing], marker: folium.CircleMarker | None = None
) -> folium.GeoJson:
    features = {"type": "FeatureCollection", "features": [_feature(thing) for thing in things]}
    style = {} if marker else {"style_function": _styled(theme)}
    return folium.GeoJson(
        features, marker=marker, tooltip=folium.GeoJsonTooltip(["name"], labels=False),
        popup=folium.GeoJsonPopup(["box"], labels=False, localize=False, max_width=280), **style,
    )  # fmt: skip


def _styled(theme: Theme) -> Any:
    drawn = {"color": theme.colour, "weight": 3, "fillColor": theme.colour, "fillOpacity": 0.18}
    return lambda feature: drawn


def _feature(thing: Thing) -> dict[str, object]:
    rows = "".join(
        f"<tr><th>{escape(word)}</th><td>{escape(str(value))}</td></tr>"
        for word, value in thing.facts.items()
        if value not in (None, "")
    )
    box = f"<b>{escape(thing.name)}</b><table>{rows}</table>"
    rounded = shapely.set_precision(thing.shape, 1e-6)
    return {
        "type": "Feature",
        "properties": {"name": escape(thing.name), "box": box},
        "geometry": mapping(rounded),
    }


def _bounds(sheet: Sheet) -> list[tuple[float, float]] | None:
    shapes = [thing.shape for theme in sheet.themes for thing in theme.things]
    shapes += [area.shape for area in sheet.areas] or list(sheet.roads)
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    return [(south, west), (north, east)]


def _frame(sheet: Sheet) -> str:
    legend = "".join(
        f'<li><i class="{_swatch(theme)}" style="--tone:{theme.colour}"></i>{escape(theme.label)}<span>{len(theme.things)}</span></li>'
        for theme in sheet.themes
    )
    notices = "".join(f"<strong>{escape(notice)}</strong>" for notice in sheet.notices if notice)
    return (
        f'<header class="tk-head"><h1>{escape(sheet.title)}</h1><p>{notices}{escape(sheet.explanation)}</p></header>'
        f'<details class="tk-legend" open><summary>图例</summary><ul>{legend}</ul></details>'
        f'<footer class="tk-foot">来源：{escape(sheet.source)}　{escape(sheet.date)}　坐标系 CGCS2000</footer>'
    )


def _swatch(theme: Theme) -> str:
    kinds = {thing.shape.geom_type for thing in theme.things}
    if not kinds or kinds & _POINTS:
        return "ring" if theme.outline else "dot"
    return "area" if any("Polygon" in kind for kind in kinds) else "line"


def _safe(script: str) -> str:
    # A closing tag inside the script's own text would end it, and the note of a map file names a file that is not here.
    plain = script.replace("</script", "<\\/script").replace("//# sourceMappingURL=", "// ")
    # The scale bar in Chinese; Leaflet has no setting for its words.
    return plain.replace('+" m":', '+" 米":').replace('+" km"', '+" 公里"')


#: From far away the names of townships would lie over each other.
_FAR: Final = """addEventListener("load", () => {
  const far = () => MAP.getContainer().classList.toggle("tk-far", MAP.getZoom() < 10.5);
  MAP.on("zoomend", far);
  far();
});
"""
_STYLE: Final = """
html,body{height:100%;margin:0;font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1b2430}
body{display:flex;flex-direction:column}
.tk-head{order:-1;padding:10px 14px;background:#fff;border-bottom:1px solid #d5dce3}
.tk-head h1{font-size:19px;margin:0}
.tk-head p{font-size:14px;margin:4px 0 0;color:#55606d;line-height:1.5}
.tk-head strong{color:#855800;margin-right:10px;font-weight:600}
.folium-map{flex:1 1 auto;min-height:0;height:auto!important;position:relative!important;background:#f3f5f2}
.tk-legend{position:absolute;z-index:900;left:10px;bottom:58px;background:#fff;border:1px solid #c3ccd5;border-radius:6px;padding:6px 12px;font-size:14px;max-width:70vw}
.tk-legend summary{cursor:pointer;font-weight:600}
.tk-legend ul{list-style:none;margin:4px 0 2px;padding:0}
.tk-legend li{display:flex;align-items:center;gap:8px;line-height:1.8}
.tk-legend span{margin-left:auto;padding-left:14px;color:#55606d;font-variant-numeric:tabular-nums}
.tk-legend i{flex:none;width:12px;height:12px;border-radius:50%;background:var(--tone);box-sizing:border-box}
.tk-legend i.ring{background:#fff;border:3px solid var(--tone)}
.tk-legend i.line{border-radius:2px;height:4px;width:20px}
.tk-legend i.area{border-radius:3px;width:18px;opacity:.5}
.tk-foot{order:2;padding:6px 14px;font-size:12.5px;color:#55606d;background:#fff;border-top:1px solid #d5dce3}
.tk-name{color:#3f4a56;font-size:13px;line-height:20px;text-align:center;text-shadow:0 0 3px #fff,0 0 3px #fff,0 0 3px #fff;white-space:nowrap;pointer-events:none}
.tk-far .tk-name{display:none}
.leaflet-container{font:14px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.leaflet-popup-content table{border-collapse:collapse;margin-top:4px}
.leaflet-popup-content th{color:#55606d;font-weight:400;text-align:left;padding-right:10px;white-space:nowrap;vertical-align:top}
.leaflet-control-attribution,.leaflet-control-scale-line:not(:first-child){display:none}
.leaflet-control-layers-toggle,.leaflet-touch .leaflet-control-layers-toggle{background:none;width:auto;height:36px;line-height:36px;padding:0 12px;color:#0b4f9e;font-weight:600;text-decoration:none}
.leaflet-control-layers-toggle::after{content:"图层"}
.leaflet-bottom.leaflet-left{left:auto;right:10px}
@media(max-width:600px){.tk-legend{font-size:13px}}
@media print{.leaflet-control-container{display:none}}
"""
