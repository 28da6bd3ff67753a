"""Other geocoders' ways of speaking (接口方言), all answered by the one address engine: see ``docs/dialects.md``."""

from api.dialects import amap, ban, ban_csv, nominatim, photon, tianditu

ROUTERS = (ban.router, photon.router, nominatim.router, amap.router, tianditu.router)
"""The routers of every dialect; ``ban_csv`` adds its routes to BAN's."""

__all__ = ["ROUTERS", "amap", "ban", "ban_csv", "nominatim", "photon", "tianditu"]
