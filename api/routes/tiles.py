"""Vector tiles, their style, and the drawn locator for readers without WebGL."""

from __future__ import annotations

import gzip
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.parameters import Latitude, Longitude, Strict
from api.shared_question import SharedQuestion
from geo.problems import NotFound
from geo.store.engine import session
from tiles import locator, mvt, styles
from tiles.cache import TileCache

router = APIRouter(tags=["地图"])

MVT = "application/vnd.mapbox-vector-tile"
# Asked again each time, answered with 304 while the register is unchanged: an edit shows at once.
CACHING = "no-cache"
#: Level 5 of gzip: within a few bytes in a hundred of the best, in a third of its time.
_GZIP_LEVEL: Final = 5
_KEPT: Final = TileCache()


class Spot(Strict):
    """Where the locator looks."""

    lon: Longitude
    lat: Latitude


@router.get("/tiles/{layer}/{z}/{x}/{y}.mvt", summary="矢量瓦片", response_class=Response)
async def tile(request: Request, layer: str, z: int, x: int, y: int) -> Response:
    """One vector tile with an ETag of the data version; 204 where nothing is drawn."""
    key = mvt.checked(layer, z, x, y)
    version = await _versions(request).answer()
    headers = {"etag": f'"{version}"', "cache-control": CACHING, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    zipped = _KEPT.get(version, key)
    if zipped is None:
        zipped = await run_in_threadpool(_drawn, version, key)
    if not zipped:
        return Response(status_code=204, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(zipped, headers={**headers, "content-encoding": "gzip"}, media_type=MVT)
    return Response(gzip.decompress(zipped), headers=headers, media_type=MVT)


def _versions(request: Request) -> SharedQuestion[int]:
    """The question for the data version, one for each application: it belongs to the loop that serves it."""
    state = request.app.state
    if not hasattr(state, "data_version"):
        state.data_version = SharedQuestion(_version)
    asked: SharedQuestion[int] = state.data_version
    return asked


def _version() -> int:
    with session() as db:
        return mvt.data_version(db)


def _drawn(version: int, key: mvt.Key) -> bytes:
    """Draw the tile, gzip it and keep it; what is drawn is at least as new as the version, never older."""
    with session() as db:
        body = mvt.tile(db, *key)
    zipped = gzip.compress(body, _GZIP_LEVEL, mtime=0) if body else b""
    _KEPT.put(version, key, zipped)
    return zipped


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
