"""Cemeteries as features of a map: calm green-grey, never alarming."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely

from api.desks.meals.views import collection, feature
from gazetteer.service.cemeteries.sites import Site

LEGEND = (
    {"key": "free", "label": "有空余穴位", "tone": "sign", "shape": "dot"},
    {"key": "full", "label": "没有空余", "tone": "grey", "shape": "dot"},
)


def site_features(sites: Iterable[Site], href: str, *, areas: bool = False) -> list[dict[str, Any]]:
    """The sites that stand somewhere, each leading to its page; with ``areas`` their outlines too."""
    out = []
    for s in sites:
        kind = {"class": "free" if s.free else "full", "href": f"{href}/{s.code}", "made_up": s.made_up}
        if areas and s.area_wkt:
            out.append(feature(shapely.from_wkt(s.area_wkt), id=f"a{s.code}", label="", **kind))
        if s.lon is not None:
            out.append(feature(shapely.Point(s.lon, s.lat), id=s.code, label=s.name, **kind))
    return out


__all__ = ["LEGEND", "collection", "site_features"]
