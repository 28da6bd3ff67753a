"""The grounds (底图) a public map may stand on: our own always, others only with their 审图号 (地图管理条例 第十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from geo.settings import settings

TIANDITU: Final = "天地图"
_TIANDITU_LAYERS: Final = ("vec", "cva")


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: pictures by ``{z}/{x}/{y}`` from another host, each address one layer over the other.

    Attributes:
        key: in the address bar.
        label: for people.
        tiles: addresses of 256 px pictures, WebMercator.
        review_number: as printed on that map.
        source: who made it.
    """

    key: str
    label: str
    tiles: tuple[str, ...]
    review_number: str
    source: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that a page with this ground asks."""
        return tuple(dict.fromkeys(f"https://{urlsplit(tile).netloc}" for tile in self.tiles))

    def for_script(self) -> dict[str, Any]:
        """What the page's script needs."""
        return {
            "key": self.key, "tiles": self.tiles, "note": f"{self.source} 审图号：{self.review_number}",
        }  # fmt: skip


def offered() -> list[Ground]:
    """The grounds that the public map may offer: those with a 审图号."""
    return [ground for ground in configured() if ground.review_number]


def refused() -> list[str]:
    """One sentence for each ground that is set up and may not be published, with what to do."""
    return [
        f"底图“{ground.label}”没有审图号，公开地图不使用它。请在设置里补上审图号（{_setting(ground)}）。"
        for ground in configured()
        if not ground.review_number
    ]


def configured() -> list[Ground]:
    """Every ground in the settings, 天地图 first when its key is set."""
    known = settings()
    found = (
        [_tianditu(known.tianditu_key, known.tianditu_review_number.strip())] if known.tianditu_key else []
    )
    return found + [
        Ground(f"g{n}", one.name, (one.tiles,), one.review_number.strip(), one.source or one.name)
        for n, one in enumerate(known.base_layers, start=1)
    ]


def _tianditu(key: str, review_number: str) -> Ground:
    tiles = tuple(
        f"https://t0.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
        f"&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
        for layer in _TIANDITU_LAYERS
    )
    return Ground("tianditu", TIANDITU, tiles, review_number, "国家地理信息公共服务平台 天地图")


def _setting(ground: Ground) -> str:
    return "DIMING_TIANDITU_REVIEW_NUMBER" if ground.key == "tianditu" else "DIMING_BASE_LAYERS"
