"""The quiet base style (素色底图): greys and pale ground, so that one strong layer can stand on it.

Labels name faces, not glyph files: the map draws them with the reader's own fonts and asks no other host.
"""

from __future__ import annotations

from typing import Any, Final

FACES: Final = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
GROUND, PAPER, LINE, INK, MUTED = "#eef1f4", "#ffffff", "#b3bdc8", "#1b2430", "#55606d"
PLATE, BORDER = "#0b4f9e", "#8a6a66"
_MAIN = ["in", ["get", "class"], ["literal", ["快速路", "主干道"]]]
_SECOND = ["==", ["get", "class"], "次干道"]


#: Name of a style -> how much larger its letters are; ``large`` goes with the pages' 大字 mode.
LETTERS: Final = {"quiet": 1.0, "large": 1.4}


def quiet(tiles: str, name: str = "quiet") -> dict[str, Any]:
    """The style document over one tile source.

    Args:
        tiles: the tile address with ``{z}/{x}/{y}``.
        name: of ``LETTERS``.
    """
    return {
        "version": 8,
        "name": name,
        "sources": {"base": {"type": "vector", "tiles": [tiles], "minzoom": 0, "maxzoom": 17}},
        "layers": [
            {"id": "ground", "type": "background", "paint": {"background-color": GROUND}},
            *_areas(), *_roads(), *_doors(LETTERS[name]), *_names(LETTERS[name]),
        ],
    }  # fmt: skip


def _layer(name: str, kind: str, source: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "source": "base", "source-layer": source, **more}


def _areas() -> list[dict[str, Any]]:
    dashes = {"line-color": BORDER, "line-opacity": 0.7, "line-dasharray": [4, 3]}
    return [
        _layer("area", "fill", "area", filter=["==", ["get", "level"], 3], paint={"fill-color": "#f7f8f5"}),
        _layer(
            "town-line",
            "line",
            "area",
            filter=["==", ["get", "level"], 4],
            paint={**dashes, "line-width": 0.8},
        ),
        _layer(
            "county-line",
            "line",
            "area",
            filter=["<=", ["get", "level"], 3],
            paint={**dashes, "line-width": 1.8},
        ),
    ]


def _width(big: float, middle: float, small: float) -> list[Any]:
    return ["case", _MAIN, big, _SECOND, middle, small]


def _by_zoom(*stops: tuple[int, list[Any]]) -> list[Any]:
    return ["interpolate", ["exponential", 1.5], ["zoom"], *(part for stop in stops for part in stop)]


def _roads() -> list[dict[str, Any]]:
    casing = _by_zoom((10, _width(1.6, 1, 0.6)), (14, _width(6, 4.5, 3)), (18, _width(30, 22, 13)))
    body = _by_zoom((10, _width(0.8, 0.4, 0.2)), (14, _width(4.5, 3, 1.8)), (18, _width(27, 19, 10.5)))
    round_ends = {"line-cap": "round", "line-join": "round"}
    return [
        _layer(
            "road-casing", "line", "road", layout=round_ends, paint={"line-color": LINE, "line-width": casing}
        ),
        _layer("road", "line", "road", layout=round_ends, paint={"line-color": PAPER, "line-width": body}),
    ]


def _text(colour: str, halo: float = 1.6) -> dict[str, Any]:
    return {"text-color": colour, "text-halo-color": PAPER, "text-halo-width": halo}


def _doors(letters: float) -> list[dict[str, Any]]:
    points = {"circle-color": PLATE, "circle-radius": ["interpolate", ["linear"], ["zoom"], 16, 2, 18, 3.5]}
    label = {
        "text-field": ["get", "number"], "text-font": FACES, "text-size": 11 * letters,
        "text-offset": [0, 0.8], "text-anchor": "top", "text-padding": 3,
    }  # fmt: skip
    return [
        _layer("door", "circle", "door", paint={**points, "circle-opacity": 0.75}),
        _layer("door-number", "symbol", "door", minzoom=16.4, layout=label, paint=_text(PLATE)),
    ]


def _names(letters: float) -> list[dict[str, Any]]:
    road = {
        "symbol-placement": "line", "text-field": ["get", "name"], "text-font": FACES,
        "text-size": ["interpolate", ["linear"], ["zoom"], 13, 11 * letters, 17, 14 * letters], "symbol-spacing": 420,
    }  # fmt: skip
    area = {
        "text-field": ["get", "name"], "text-font": FACES, "text-padding": 6,
        "text-size": ["match", ["get", "level"], 3, 16 * letters, 4, 14 * letters, 12 * letters],
    }  # fmt: skip
    return [
        _layer("road-name", "symbol", "road", minzoom=13, layout=road, paint=_text(INK)),
        _layer("area-name", "symbol", "area_name", maxzoom=16, layout=area, paint=_text(MUTED)),
    ]
