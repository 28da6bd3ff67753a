"""天地图 geocoder: ``ds={"keyWord": …}`` forward, ``postStr={…}&type=geocode`` reverse; CGCS2000, HTTP 200 also for errors."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Query, Request, Response

from api.dialects import places
from api.dialects.places import Place
from api.dialects.route import answer, both_ways, dialect_router
from api.dialects.winds import wind
from geo.problems import BadInput, Problem

SEARCH_VERSION = "6.4.9V"
#: 类别名称 by our level.
LEVELS = {
    "door": "门址", "interpolated": "道路", "road": "道路", "intersection": "道路交叉口", "estate": "兴趣点",
    "relative": "地名", "natvil": "村", "community": "村", "town": "乡镇", "county": "区县", "city": "市",
    "province": "省",
}  # fmt: skip


def refuse(request: Request, problem: Problem) -> Response:
    """An error as 天地图 says it: ``status`` 404 and the sentence."""
    return answer({"status": "404", "msg": f"{problem.sentence}{problem.remedy}"})


router = dialect_router("/dialects/tianditu", "方言 天地图", refuse)


@both_ways(router, "GET", "/geocoder", "天地图：地址 ↔ 坐标（CGCS2000）")
def geocoder(
    ds: Annotated[str | None, Query(max_length=2000, description='{"keyWord":"…"}')] = None,
    postStr: Annotated[  # noqa: N803 - 天地图's own name
        str | None, Query(max_length=200, description="{'lon':…,'lat':…,'ver':1}")
    ] = None,
    type: Annotated[str | None, Query(max_length=20)] = None,
) -> Response:
    """Forward with ``ds``, reverse with ``postStr`` and ``type=geocode``; ``tk`` is accepted and not looked at."""
    if ds is not None:
        return _forward(str(_object(ds, "ds").get("keyWord") or "").strip())
    if postStr is not None and type in (None, "geocode"):
        return _reverse(_object(postStr, "postStr"))
    raise BadInput("没有给出要查的内容。", "请用 ds，或 postStr 与 type=geocode。", code="missing-parameter")


def _object(text: str, name: str) -> dict[str, Any]:
    """The object of a parameter; 天地图's own examples write it with single quotes."""
    for spelling in (text, text.replace("'", '"')):
        try:
            found = json.loads(spelling)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    raise BadInput(f"{name} 不是 JSON 对象。", "请检查括号和引号。", code="bad-parameter")


def _forward(text: str) -> Response:
    if not text:
        raise BadInput("keyWord 是空的。", "请填写地址。", code="missing-parameter")
    found = places.find(text, 1)
    if not found:
        return answer({"msg": "结果为空", "searchVersion": SEARCH_VERSION, "status": "101"})
    place = found[0]
    lon, lat = place.point("cgcs2000")
    location = {
        "score": round(place.confidence * 100), "level": LEVELS[place.level], "lon": lon, "lat": lat,
        "keyWord": text, "match": {"status": place.status, "level": place.level, "code": place.code,
                                   "standard_address": place.label, "note": place.note},
    }  # fmt: skip
    return answer({"msg": "ok", "location": location, "searchVersion": SEARCH_VERSION, "status": "0"})


def _reverse(given: dict[str, Any]) -> Response:
    try:
        lon, lat = float(given["lon"]), float(given["lat"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("postStr 里没有 lon 与 lat 两个数。", "例如 {'lon':121.262,'lat':28.648,'ver':1}。",
                       code="bad-parameter") from error  # fmt: skip
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput("坐标超出范围。", "单位为度，CGCS2000。", code="bad-parameter")
    place = places.at(lon, lat, "cgcs2000")
    if place is None:
        return answer({"msg": "结果为空", "status": "101"})
    result = {
        "formatted_address": place.label,
        "location": {"lon": lon, "lat": lat},
        "addressComponent": _component(place, lon, lat),
    }
    return answer({"result": result, "msg": "ok", "status": "0"})


def _component(place: Place, lon: float, lat: float) -> dict[str, Any]:
    # 天地图 writes the codes of divisions with 156 (China) before them.
    code = f"156{place.adcode}" if place.adcode else ""
    distance, position = round(place.distance_m), wind(*place.point("cgcs2000"), lon, lat)
    return {
        "nation": "中国",
        "province": place.province,
        "province_code": f"{code[:5]}0000" if code else "",
        "city": place.city,
        "city_code": f"{code[:7]}00" if code else "",
        "county": place.county,
        "county_code": code,
        "town": place.town,
        "town_code": f"156{place.division[:9]}" if len(place.division) == 12 else "",
        "address": place.name,
        "address_distance": distance,
        "address_position": position,
        "poi": place.estate or place.name,
        "poi_distance": distance,
        "poi_position": position,
        "road": place.road,
        "road_distance": distance if place.road else "",
    }
