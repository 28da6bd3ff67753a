"""Vector tiles (矢量瓦片): each layer is one SQL function over the published views."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput
from tiles.layers import DEEPEST, layer_of

_VERSION = text("SELECT published.data_version() + ((current_date - DATE '2020-01-01')::bigint << 32)")
VERSION_SQL: Final = _VERSION.text
Key = tuple[str, int, int, int]


def checked(layer: str, z: int, x: int, y: int) -> Key:
    """The tile's key, when there is such a tile.

    Raises:
        NotFound: there is no such layer.
        BadInput: the tile lies outside the world or deeper than the layer goes.
    """
    layer_of(layer)
    if not 0 <= z <= DEEPEST or not 0 <= x < 2**z or not 0 <= y < 2**z:
        raise BadInput("瓦片编号超出范围。", f"级别 0 到 {DEEPEST}，行列号须在该级别之内。", code="bad-tile")
    return layer, z, x, y


def tile(db: Session, layer: str, z: int, x: int, y: int) -> bytes:
    """One tile as Mapbox Vector Tile bytes; empty where nothing is drawn.

    Raises:
        NotFound: there is no such layer.
        BadInput: the tile lies outside the world or deeper than the layer goes.
    """
    checked(layer, z, x, y)
    found = db.scalar(text(f"SELECT {layer_of(layer).function}(:z, :x, :y)"), {"z": z, "x": x, "y": y})
    return bytes(found or b"")


def data_version(db: Session) -> int:
    """The number that rises with every committed change of the register and with every day.

    A tile with the same number is the same: what is in force may change at midnight without a change of the register.
    """
    return int(db.scalar(_VERSION) or 0)
