"""Vector tiles, their description and style, and the drawn locator for readers without WebGL."""

from __future__ import annotations

import gzip
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import surroundings
from api.parameters import Latitude, Longitude, Strict
from api.tile_door import CACHING, MVT
from api.tile_source import TileSource
from geo.problems import NotFound
from geo.store.engine import reading
from tiles import layers, locator, mvt, styles

router = APIRouter(tags=["地图"])


class Spot(Strict):
    """Where the locator looks."""

    lon: Longitude
    lat: Latitude


@router.get("/tiles/{layer}/{z}/{x}/{y}.mvt", summary="矢量瓦片", response_class=Response)
async def tile(request: Request, layer: str, z: int, x: int, y: int) -> Response:
    """One vector tile with an ETag of the data version; 204 where nothing is drawn."""
    key = mvt.checked(layer, z, x, y)
    source: TileSource = request.app.state.tiles
    known: int | None = request.scope.get("tile_version")
    version = await source.version() if known is None else known
    headers = {"etag": f'"{version}"', "cache-control": CACHING, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    zipped = source.kept(version, key)
    if zipped is None:
        zipped = await source.drawn(version, key)
    if not zipped:
        return Response(status_code=204, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(zipped, headers={**headers, "content-encoding": "gzip"}, media_type=MVT)
    return Response(gzip.decompress(zipped), headers=headers, media_type=MVT)


@router.get("/tilejson/{layer}.json", summary="图层说明（TileJSON 3.0）", response_class=Response)
def tilejson(request: Request, layer: str) -> Response:
    """What a layer holds, where, from which zoom to which, and the line that must stand on a map of it."""
    told = layers.layer_of(layer)
    with reading() as db:
        bounds = layers.district_bounds(db)
    around = surroundings.of_data()
    notes = (
        f"{around.district}地名地址",
        around.updated,
        around.review_number,
        "示例数据" if around.made_up else "",
    )
    document = layers.tilejson(
        told, _address(request, layer), bounds, " · ".join(note for note in notes if note)
    )
    return _json(document)


def _address(request: Request, layer: str) -> str:
    return f"{str(request.base_url).rstrip('/')}/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt"


def _json(document: object) -> Response:
    return Response(orjson.dumps(document), headers={"cache-control": CACHING}, media_type="application/json")


@router.get("/styles/{name}.json", summary="地图样式", response_class=Response)
def style(request: Request, name: str) -> Response:
    """A MapLibre style over this server's own tiles; ``large`` has larger letters."""
    if name not in styles.LETTERS:
        raise NotFound(
            f"没有样式“{name}”。", f"可用的样式：{'、'.join(styles.LETTERS)}。", code="no-such-style"
        )
    return _json(styles.quiet(_address(request, "base"), name))


@router.get("/locator.svg", summary="位置略图", response_class=Response)
def locator_picture(spot: Annotated[Spot, Query()]) -> Response:
    """The roads around a point, drawn by the server."""
    with reading() as db:
        drawing = locator.draw(db, spot.lon, spot.lat)
    return Response(drawing, headers={"cache-control": CACHING}, media_type="image/svg+xml")
