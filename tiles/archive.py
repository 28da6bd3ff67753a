"""The whole district in one file (PMTiles): the same tiles as over HTTP, to hand over or to serve without a database."""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from sqlalchemy.orm import Session

from geo.problems import BadInput, Conflict
from tiles.layers import DEEPEST_SOURCE, Bounds, district_bounds, layer_of, tilejson
from tiles.mvt import tile

#: What a district's archive holds when nobody says otherwise.
USUAL: Final = ("base", "places", "meals", "cemeteries", "boundaries")
LEAST_ZOOM: Final = 6
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Archive:
    """What was written: how many tiles, how many looked at, bytes of the file, zooms."""

    tiles: int
    looked_at: int
    size_bytes: int
    zooms: tuple[int, int]
    bounds: Bounds


def write_archive(
    db: Session, file: Path, names: Sequence[str] = USUAL, *, deepest: int = 15, attribution: str = "",
    progress: Progress = lambda done, total: None,
) -> Archive:  # fmt: skip
    """Write every tile of the district into ``file``; an existing file is replaced only when all is written.

    Args:
        db: the unit of work; one snapshot for all tiles when it is repeatable-read.
        file: where to, usually ``*.pmtiles``.
        names: tile layers; their parts come together in each tile.
        deepest: the last zoom, up to 17.
        attribution: source, 审图号 and sample notice.
        progress: told (done, total) tiles.

    Raises:
        NotFound: no such layer.
        BadInput: a zoom that is not served.
        Conflict: nothing is registered, so there is no district to draw.
    """
    chosen = [layer_of(name) for name in names]
    if not LEAST_ZOOM <= deepest <= DEEPEST_SOURCE:
        raise BadInput(f"级别 {deepest} 不在 {LEAST_ZOOM} 到 {DEEPEST_SOURCE} 之间。", "请改 --zoom 的值。")
    bounds = district_bounds(db)
    if bounds is None:
        raise Conflict("登记库里还没有道路，没有可导出的范围。", "请先装入数据。")
    parts = [tilejson(layer, "", bounds, attribution)["vector_layers"] for layer in chosen]
    told = {
        "name": "district", "attribution": attribution, "type": "overlay",
        "vector_layers": [part for some in parts for part in some],  # type: ignore[attr-defined]
    }  # fmt: skip
    keys = sorted(keys_of(bounds, LEAST_ZOOM, deepest), key=lambda key: zxy_to_tileid(*key))
    unfinished = file.with_name(file.name + ".part")
    try:
        with unfinished.open("wb") as out:
            writer: Any = Writer(out)  # type: ignore[no-untyped-call]
            written = 0
            for done, (z, x, y) in enumerate(keys, start=1):
                body = b"".join(tile(db, layer.name, z, x, y) for layer in chosen)
                if body:
                    writer.write_tile(zxy_to_tileid(z, x, y), gzip.compress(body, mtime=0))
                    written += 1
                progress(done, len(keys))
            writer.finalize(_header(bounds), told)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return Archive(written, len(keys), file.stat().st_size, (LEAST_ZOOM, deepest), bounds)


def keys_of(bounds: Bounds, least: int, deepest: int) -> Iterator[tuple[int, int, int]]:
    """Zoom, column and row of every tile that meets the bounds."""
    west, south, east, north = bounds
    for z in range(least, deepest + 1):
        (left, top), (right, bottom) = column_row(west, north, z), column_row(east, south, z)
        yield from ((z, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def column_row(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Column and row of the tile that holds a place, WebMercator."""
    turned = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * 2**z), int((1 - turned / math.pi) / 2 * 2**z)


def _header(bounds: Bounds) -> dict[str, object]:
    west, south, east, north = (round(degrees * 10_000_000) for degrees in bounds)
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
        "center_zoom": 12, "center_lon_e7": (west + east) // 2, "center_lat_e7": (south + north) // 2,
    }  # fmt: skip
