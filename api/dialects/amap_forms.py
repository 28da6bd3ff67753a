"""The shapes of 高德's answers. What is empty is an empty list, also where a text is expected: clients know it so."""

from __future__ import annotations

from typing import Any

from api.dialects.places import Place
from api.dialects.winds import wind

#: 匹配级别 by our level. A number that is only estimated between its neighbours is no 门牌号.
LEVELS = {
    "door": "门牌号", "interpolated": "道路", "road": "道路", "intersection": "道路交叉路口", "estate": "兴趣点",
    "relative": "未知", "natvil": "村庄", "community": "村庄", "town": "乡镇", "county": "区县", "city": "市",
    "province": "省",
}  # fmt: skip
NOBODY: dict[str, Any] = {"name": [], "type": []}


def text(value: str) -> str | list[Any]:
    """A text, or the empty list."""
    return value or []


def location(place: Place) -> str:
    """``经度,纬度`` in GCJ-02 with six digits, as 高德 writes it."""
    lon, lat = place.point("gcj02")
    return f"{lon:.6f},{lat:.6f}"


def geocode(place: Place) -> dict[str, Any]:
    """One result of a search."""
    estate = {"name": place.estate, "type": []} if place.estate else NOBODY
    return {
        "formatted_address": place.label,
        "country": "中国",
        "province": text(place.province),
        "citycode": [],
        "city": text(place.city),
        "district": text(place.county),
        "township": text(place.town),
        "neighborhood": estate,
        "building": NOBODY,
        "adcode": text(place.adcode),
        "street": text(place.road),
        "number": text(place.number),
        "location": location(place),
        "level": LEVELS[place.level],
        "match": {
            "status": place.status, "level": place.level, "confidence": f"{place.confidence:.4f}",
            "code": place.code, "note": text(place.note),
        },
    }  # fmt: skip


def nothing() -> dict[str, Any]:
    """The place of an address that was not found, so that a batch keeps its order."""
    names = ("formatted_address", "country", "province", "citycode", "city", "district", "township")
    more = ("adcode", "street", "number", "location", "level")
    return {**{name: [] for name in names}, "neighborhood": NOBODY, "building": NOBODY,
            **{name: [] for name in more}}  # fmt: skip


def regeocode(place: Place | None, point: tuple[float, float], *, whole: bool) -> dict[str, Any]:
    """What lies at a point (GCJ-02); all empty where nothing is registered near."""
    body: dict[str, Any] = {
        "formatted_address": text(place.label if place else ""),
        "addressComponent": _component(place, point),
    }
    if whole:
        body |= {"pois": [], "roads": _roads(place, point), "roadinters": [], "aois": []}
    return body


def _component(place: Place | None, point: tuple[float, float]) -> dict[str, Any]:
    known = place or Place("", "door", "", 0.0, 0.0)
    town = known.division[:9] + "000" if len(known.division) == 12 else ""
    return {
        "country": text("中国" if place else ""),
        "province": text(known.province),
        "city": text(known.city),
        "citycode": [],
        "district": text(known.county),
        "adcode": text(known.adcode),
        "township": text(known.town),
        "towncode": text(town),
        "neighborhood": {"name": known.estate, "type": []} if known.estate else NOBODY,
        "building": NOBODY,
        "streetNumber": _street_number(place, point),
        "businessAreas": [[]],
    }


def _street_number(place: Place | None, point: tuple[float, float]) -> dict[str, Any]:
    if place is None:
        return {"street": [], "number": [], "location": [], "direction": [], "distance": []}
    return {
        "street": text(place.road or place.hamlet or place.estate),
        "number": text(place.number),
        "location": location(place),
        "direction": text(wind(*place.point("gcj02"), *point)),
        "distance": f"{place.distance_m:.4f}",
    }


def _roads(place: Place | None, point: tuple[float, float]) -> list[dict[str, Any]]:
    if place is None or not place.road:
        return []
    return [{
        "id": place.code, "name": place.road, "distance": f"{place.distance_m:.4f}",
        "direction": text(wind(*place.point("gcj02"), *point)), "location": location(place),
    }]  # fmt: skip
