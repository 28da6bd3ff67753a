"""Other geocoders' ways of speaking (接口方言), all answered by the one address engine: see ``docs/dialects.md``."""

from typing import Any, Final

from api.dialects import amap, ban, ban_csv, nominatim, photon, tianditu

ROUTERS = (ban.router, photon.router, nominatim.router, amap.router, tianditu.router)
"""The routers of every dialect; ``ban_csv`` adds its routes to BAN's."""

DESCRIBED: Final[dict[int | str, dict[str, Any]]] = {
    "default": {
        "description": "出错：按这种方言自己的格式",
        "content": {"application/json": {}, "application/problem+json": {}},
    }
}
"""Each dialect says errors in its own shape, where it has one."""

__all__ = ["DESCRIBED", "ROUTERS", "amap", "ban", "ban_csv", "nominatim", "photon", "tianditu"]
