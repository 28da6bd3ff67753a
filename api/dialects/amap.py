"""高德 (AMap) Web 服务 v3: GCJ-02, every number a string, every empty value ``[]``, HTTP 200 also for errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, Request, Response

from api.dialects import amap_forms, places
from api.dialects.places import Place
from api.dialects.route import answer, both_ways, dialect_router
from geo.problems import BadInput, Problem, TooMuch, TooOften, Unavailable

MOST_ADDRESSES = 10
MOST_POINTS = 20
#: AMap's words for what may be wrong, by our kinds of problem; the first that fits.
ERRORS: tuple[tuple[type[Problem], str, str], ...] = (
    (TooOften, "CUQPS_HAS_EXCEEDED_THE_LIMIT", "10021"),
    (TooMuch, "INVALID_PARAMS", "20000"),
    (Unavailable, "SERVER_IS_BUSY", "10016"),
    (BadInput, "INVALID_PARAMS", "20000"),
)
DONE = {"status": "1", "info": "OK", "infocode": "10000"}


def refuse(request: Request, problem: Problem) -> Response:
    """An error as AMap says it: ``status`` 0 and a code; our sentence stands in ``detail``."""
    if problem.code == "missing-parameter":
        info, code = "MISSING_REQUIRED_PARAMS", "20001"
    else:
        known = ((info, code) for kind, info, code in ERRORS if isinstance(problem, kind))
        info, code = next(known, ("UNKNOWN_ERROR", "20003"))
    detail = f"{problem.sentence}{problem.remedy}"
    return answer({"status": "0", "info": info, "infocode": code, "detail": detail})


router = dialect_router("/dialects/amap/v3/geocode", "方言 高德", refuse)


@both_ways(router, "GET", "/geo", "高德：地址 → 坐标（GCJ-02）")
def geo(
    address: Annotated[str, Query(min_length=1, max_length=places.LONGEST * MOST_ADDRESSES)],
    city: Annotated[str, Query(max_length=50, description="城市名称或区划代码")] = "",
    batch: bool = False,
    output: Annotated[str, Query(pattern="^(?i:json)$", description="只支持 JSON")] = "JSON",
) -> Response:
    """``batch=true`` answers up to ten addresses parted by ``|``, one result each; without it only the first."""
    texts = _parts(address, MOST_ADDRESSES, batch)
    division = _division(city.strip())
    found = [places.find(text, division=division) if text else [] for text in texts]
    if batch:
        geocodes = [amap_forms.geocode(row[0]) if row else amap_forms.nothing() for row in found]
    else:
        geocodes = [amap_forms.geocode(place) for place in _worth_showing(found[0])]
    return answer({**DONE, "count": str(len(geocodes)), "geocodes": geocodes})


@both_ways(router, "GET", "/regeo", "高德：坐标（GCJ-02）→ 地址")
def regeo(
    location: Annotated[str, Query(min_length=1, max_length=60 * MOST_POINTS, description="经度,纬度")],
    batch: bool = False,
    extensions: Annotated[str, Query(pattern="^(base|all)$")] = "base",
    output: Annotated[str, Query(pattern="^(?i:json)$", description="只支持 JSON")] = "JSON",
) -> Response:
    """``batch=true`` answers up to twenty points parted by ``|``; ``extensions=all`` adds the road nearby."""
    points = [_point(part) for part in _parts(location, MOST_POINTS, batch)]
    told = [
        amap_forms.regeocode(places.at(*point, "gcj02"), point, whole=extensions == "all") for point in points
    ]
    return answer({**DONE, "regeocodes": told} if batch else {**DONE, "regeocode": told[0]})


def _parts(text: str, most: int, batch: bool) -> list[str]:
    parts = [part.strip() for part in text.split("|")]
    if not batch:
        return parts[:1]
    if len(parts) > most:
        raise TooMuch(f"一次最多 {most} 个，给了 {len(parts)} 个。", "请分批提交。")
    return parts


def _worth_showing(found: Sequence[Place]) -> Sequence[Place]:
    """A sure answer alone; an unsure one with the others that may be meant."""
    return found[:1] if found and found[0].status == "auto" else found


def _division(city: str) -> str | None:
    """The division that ``city`` names; a telephone area code (0576) is of no register and narrows nothing."""
    if not city or city.isdecimal():
        return city if len(city) == 6 else None
    named = places.division_of(city)
    if named is None:
        raise BadInput(f"不知道城市“{city}”。", "请给区划名称或六位区划代码。", code="bad-parameter")
    return named


def _point(text: str) -> tuple[float, float]:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadInput("坐标不是“经度,纬度”。", "例如 121.262,28.648。", code="bad-parameter") from error
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput("坐标超出范围。", "经度在前，纬度在后，单位为度。", code="bad-parameter")
    return lon, lat
