"""Every door that stands open to the public, asked for something: for tests of what must not come out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import httpx

from api.rights import RIGHTS
from api.security.roles import PUBLIC
from tiles.layers import LAYERS


def open_doors(client: httpx.Client, lon: float, lat: float) -> Iterator[tuple[int, str, str]]:
    """What everybody may get, filled with the codes of markers and line, and with the tile around a place: status, address, text."""
    asked = {"q": "黄临", "address": "黄临线", "text": "黄临", "bbox": "121,28.6,121.2,28.8"}
    for (method, path), who in RIGHTS.items():
        if method != "GET" or PUBLIC not in who or path.startswith(("/login/oidc", "/metrics")):
            continue
        for filled in dict.fromkeys(
            _fill(path, code, layer, tile_of(lon, lat, 14)) for code in ("M1", "HL") for layer in LAYERS
        ):
            for params in ({}, asked, {"lon": lon, "lat": lat}):
                answer = client.get(filled, params=params)
                body = answer.content.decode("utf-8", "replace")
                # An answer may repeat what was asked.
                yield answer.status_code, filled, body.replace(str(lon), "").replace(str(lat), "")


def _fill(path: str, code: str, layer: str, tile: tuple[int, int]) -> str:
    x, y = tile
    given = {"code": code, "layer": layer, "z": "14", "x": str(x), "y": str(y), "name": "quiet"}
    return re.sub(r"{(\w+)}", lambda found: given.get(found[1], "1"), path)


def collections(client: httpx.Client) -> Iterator[tuple[int, str, str]]:
    """The items of every OGC collection."""
    for one in client.get("/ogc/collections?f=json").json()["collections"]:
        answer = client.get(f"/ogc/collections/{one['id']}/items?f=geojson&limit=1000")
        yield answer.status_code, one["id"], answer.text


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Column and row of the tile that a place lies in."""
    y = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * 2**z), int((1 - y / math.pi) / 2 * 2**z)
