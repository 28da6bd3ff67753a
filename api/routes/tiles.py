"""Vector tiles, their style, and the drawn locator for readers without WebGL."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response

from api.parameters import Latitude, Longitude, Strict
from geo.problems import NotFound
from geo.store.engine import session
from tiles import locator, mvt, styles

router = APIRouter(tags=["地图"])

MVT = "application/vnd.mapbox-vector-tile"
# Asked again each time, answered with 304 while the register is unchanged: an edit shows at once.
CACHING = "no-cache"


class Spot(Strict):
    """Where the locator looks."""

    lon: Longitude
    lat: Latitude


@router.get("/tiles/{layer}/{z}/{x}/{y}.mvt", summary="矢量瓦片", response_class=Response)
def tile(request: Request, layer: str, z: int, x: int, y: int) -> Response:
    """One vector tile with an ETag of the data version; 204 where nothing is drawn."""
    with session() as db:
        tag = f'"{mvt.data_version(db)}"'
        headers = {"etag": tag, "cache-control": CACHING}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        body = mvt.tile(db, layer, z, x, y)
    return Response(body, 200 if body else 204, headers, MVT)


@router.get("/styles/{name}.json", summary="地图样式", response_class=Response)
def style(request: Request, name: str) -> Response:
    """A MapLibre style over this server's own tiles."""
    if name != "quiet":
        raise NotFound(f"没有样式“{name}”。", "可用的样式：quiet。", code="no-such-style")
    tiles_at = f"{str(request.base_url).rstrip('/')}/tiles/base/{{z}}/{{x}}/{{y}}.mvt"
    return Response(
        orjson.dumps(styles.quiet(tiles_at)),
        headers={"cache-control": CACHING},
        media_type="application/json",
    )


@router.get("/locator.svg", summary="位置略图", response_class=Response)
def locator_picture(spot: Annotated[Spot, Query()]) -> Response:
    """The roads around a point, drawn by the server."""
    with session() as db:
        drawing = locator.draw(db, spot.lon, spot.lat)
    return Response(drawing, headers={"cache-control": CACHING}, media_type="image/svg+xml")
