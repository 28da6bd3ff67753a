"""The permanent page of an address, a road or a place (永久链接): what is registered under a code."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from api import lookup
from api.pages.dates import day as said_day
from api.pages.plate import broken, plate_of
from api.pages.templates import page
from api.resources.kinds import ADDRESSES, DIVISIONS, FACILITIES, PLACES, ROADS, Resource
from api.resources.query import one
from api.rights.callers import DESK
from api.security.caller import identify
from gazetteer.register.finder import plain_village
from gazetteer.registration import looking
from geo.problems import NotFound
from geo.store.engine import session

router = APIRouter(include_in_schema=False)

#: What a code may belong to, tried in this order.
_KINDS = (ADDRESSES, ROADS, PLACES, FACILITIES, DIVISIONS)
_FACTS = {
    "code": "编码", "auxiliary_address": "辅地址", "division_name": "所属区划", "parent_name": "上级区划",
    "division": "区划代码", "category": "类别", "road_class": "等级", "generic": "通名", "specific": "专名",
    "romanisation": "罗马字母拼写", "origin": "来历", "meaning": "含义", "history": "沿革", "start_text": "起点",
    "end_text": "止点", "length_m": "长度（米）", "width_m": "宽度（米）", "operator": "运营单位", "opening": "开放时间",
    "phone": "电话", "state": "状态", "valid_from": "启用日期",
}  # fmt: skip


@router.get("/a/{code}")
def address(request: Request, code: Annotated[str, Path(max_length=64)]) -> HTMLResponse:
    """The plate, the facts and the place on the map of what is registered under the code."""
    former, code = _moved(code)
    resource, feature = _find(code)
    facts = feature["properties"]
    if facts.get("division_name"):
        # As in the standard address: the village, not the committee that governs it.
        facts["division_name"] = plain_village(facts["division_name"])
    title = facts.get("standard_address") or facts.get("standard_name") or facts["name"]
    parsed = lookup.engine().parse(title)
    lon, lat = _middle(feature.get("geometry"))
    return page(
        request,
        "address.html",
        title=title,
        former=former,
        kind=resource.title,
        plate=plate_of(parsed, facts.get("handle_name") or ""),
        broken=broken(parsed, facts.get("handle_name") or ""),
        facts=[(label, _said(facts[name])) for name, label in _FACTS.items() if facts.get(name)],
        sample=bool(facts["made_up"]),
        level={"addresses": "door", "roads": "road"}.get(resource.name, "natvil"),
        code=code,
        record=_record_at_the_desk(request, resource, code),
        lon=lon,
        lat=lat,
    )


def _moved(code: str) -> tuple[str, str]:
    """What to say of an address that has ended, and the code of the one that took its place; ``""`` and ``code`` otherwise.

    Raises:
        NotFound: it has ended and none took its place.
    """
    if not code.isprintable():
        return "", code
    with session() as db:
        ended = looking.ended(db, code)
        found = looking.successor(db, code) if ended else None
    if ended is None:
        return "", code
    what = f"“{ended[0]}”已于{said_day(ended[1])}注销"
    if found is None:
        raise NotFound(f"{what}。", "没有承继的地址；请回到首页按名称查询。", code="address-ended")
    return f"{what}，现在用下面的地址。", found[0]


def _record_at_the_desk(request: Request, resource: Resource, code: str) -> str:
    """Where whoever works with the register finds its record; empty for everybody else."""
    kind = {"addresses": "address", "roads": "road", "places": "place"}.get(resource.name, "")
    return f"/desk/places/{kind}/{code}" if kind and identify(request).roles & DESK else ""


def _find(code: str) -> tuple[Resource, dict[str, Any]]:
    if code.isprintable():
        with session() as db:
            for resource in _KINDS:
                found = one(db, resource, code, date.today())
                if found is not None:
                    return resource, orjson.loads(found[0])
    raise NotFound("没有这个编码的地址。", "检查链接是否完整，或回到首页按名称查询。", code="no-such-address")


def _said(value: Any) -> str:
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        year, month, day = value.split("-")
        return f"{int(year)}年{int(month)}月{int(day)}日"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _middle(geometry: dict[str, Any] | None) -> tuple[float | None, float | None]:
    """A point for the map: the point itself, or the middle position of the first line or ring."""
    part = (geometry or {}).get("coordinates") or []
    while part and isinstance(part[0], list):
        part = part[len(part) // 2] if isinstance(part[0][0], (int, float)) else part[0]
    return (part[0], part[1]) if part else (None, None)
