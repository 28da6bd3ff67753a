"""From where somebody asks: a place given in degrees, or an address that the address engine finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api import lookup
from geo import OFFICE_CLOCK
from geo.problems import Problem


@dataclass(frozen=True, slots=True)
class Asker:
    """Where the asker is. ``trouble`` says why the place is not known although something was given."""

    lon: float | None = None
    lat: float | None = None
    shown: str = ""
    trouble: str = ""


def now() -> datetime:
    """The district's own clock, without a zone."""
    return datetime.now(OFFICE_CLOCK).replace(tzinfo=None)


def asker(near: str, lon: float | None, lat: float | None) -> Asker:
    """The asker's place; degrees count before an address."""
    if lon is not None and lat is not None:
        return Asker(lon, lat, "我的位置")
    if not near.strip():
        return Asker()
    try:
        best = lookup.engine().geocode(near.strip(), limit=1).best
    except Problem as problem:
        return Asker(trouble=problem.sentence + problem.remedy)
    if best is None or best.lon is None or best.lat is None:
        return Asker(trouble=f"没有找到“{near.strip()}”。请写上路名和门牌号，或只写村名、小区名。")
    return Asker(best.lon, best.lat, best.standard_address)
