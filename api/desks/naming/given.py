"""What a form of a proposal brings (申请表): fields to a draft, every mistake said beside its field."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import shapely
from fastapi import Request
from shapely.geometry.base import BaseGeometry

from gazetteer.naming.model import CATEGORIES
from gazetteer.proposal.model import FEATURES, Draft
from geo.geometry.parse import parse
from geo.problems import BadInput

TEXTS: Final = ("feature", "name", "old_name", "record", "planned_name", "road_class", "surface", "start_text", "end_text",
                "direction", "location", "usage", "built_on", "origin", "meaning", "reason", "applicant", "contact",
                "phone", "receive_by", "collect_by")  # fmt: skip
NUMBERS: Final = {"width_m": "宽度", "length_m": "长度", "floor_area_m2": "建筑面积", "land_area_m2": "用地面积",
                  "storeys": "层数"}  # fmt: skip
RATES: Final = {"green_rate": "绿地率", "open_rate": "空地率"}
TITLES: Final = {
    "name": "拟用名称", "old_name": "原名称", "planned_name": "原规划名称", "division": "所在镇街", "start_text": "起点", "end_text": "止点",
    "location": "位置描述", "usage": "用途", "road_class": "等级", "surface": "路面结构", "built_on": "建成时间", "origin": "来历",
    "meaning": "含义", "reason": "理由", "applicant": "申请单位（人）", "contact": "联系人", "phone": "联系电话", "persons": "相关人员",
    "receive_by": "接收方式", "collect_by": "领取方式", "geom": "位置图形", **NUMBERS, **RATES,
}  # fmt: skip
"""Fields of the form by their words, where two versions are shown beside each other."""
FLAGS: Final = ("on_hill", "dead_end", "commercial")
DRAWN: Final[dict[str, str]] = {"E": "line", "F": "polygon", "B": "polygon", "D": "polygon"}
ROAD_CLASSES: Final = ("快速路", "主干道", "次干道", "支路", "巷弄", "村道")
_PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True)
class Given:
    """A form as it came: its fields, and what is wrong by field."""

    values: Mapping[str, str]
    draft: Draft | None
    errors: dict[str, str] = field(default_factory=dict)


async def form_of(request: Request) -> dict[str, str]:
    """The text fields of a posted form; the last of a repeated field counts."""
    form = await request.form(max_fields=100)
    return {
        name: value[: 200_000 if name == "geom" else 20_000]
        for name, value in form.items()
        if isinstance(value, str)
    }


def draw_kind(category: str) -> str:
    """What is drawn for a category: a line for roads, an area for estates, else a point."""
    return DRAWN.get(category, "point")


def read(values: Mapping[str, str], *, before: Draft | None = None) -> Given:
    """The draft that a form describes; ``before`` keeps what the form does not show (segments, written reasons)."""
    errors: dict[str, str] = {}
    category = values.get("category", before.category if before else "")
    if category not in CATEGORIES:
        return Given(values, None, {"category": "请选择地名类别。"})
    if not values.get("division", "").isdigit():
        errors["division"] = "请选择所在镇街。"
    fields: dict[str, Any] = {name: values.get(name, "").strip()[:1000] for name in TEXTS}
    fields |= {name: _number(values, name, label, errors) for name, label in NUMBERS.items()}
    fields |= {name: _rate(values, name, label, errors) for name, label in RATES.items()}
    fields |= {name: True if values.get(name) else None for name in FLAGS}
    fields["storeys"] = None if fields["storeys"] is None else int(fields["storeys"])
    fields["geometry"] = _geometry(values.get("geom", ""), before, errors)
    fields["act"] = values.get("act") if values.get("act") in ("命名", "更名", "销名") else "命名"
    fields["applicant_kind"] = "个人" if values.get("applicant_kind") == "个人" else "单位"
    fields["persons"] = tuple(
        p for p in values.get("persons", "").replace("，", "、").split("、") if p.strip()
    )
    _lengths(fields, errors)
    if dict(FEATURES[category]).get(fields["feature"]) is None:
        fields["feature"] = FEATURES[category][0][0]
    if errors:
        return Given(values, None, errors)
    kept: dict[str, Any] = (
        {"segments": before.segments, "reasons": before.reasons, "made_up": before.made_up} if before else {}
    )
    return Given(values, Draft(category=category, division=values["division"], **fields, **kept))


def values_of(draft: Draft) -> dict[str, str]:
    """A draft as the form shows it."""
    shown = {name: str(getattr(draft, name)) for name in TEXTS}
    shown |= {name: _plain(getattr(draft, name)) for name in NUMBERS}
    shown |= {name: _plain(_percent(getattr(draft, name))) for name in RATES}
    shown |= {name: "1" if getattr(draft, name) else "" for name in FLAGS}
    geom = "" if draft.geometry is None else shapely.to_geojson(draft.geometry)
    return {**shown, "category": draft.category, "division": draft.division, "act": draft.act, "geom": geom,
            "applicant_kind": draft.applicant_kind, "persons": "、".join(draft.persons)}  # fmt: skip


def _lengths(fields: dict[str, Any], errors: dict[str, str]) -> None:
    if len(fields["name"]) > 50:
        errors["name"] = "名称超过五十个字，请缩短。"


def _number(values: Mapping[str, str], name: str, label: str, errors: dict[str, str]) -> float | None:
    text = values.get(name, "").strip().replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    most = 300 if name == "storeys" else 1e9
    if not 0 < number <= most:
        errors[name] = f"{label}“{text[:20]}”不是合理的数，请填大于零的数字。"
        return None
    return number


def _rate(values: Mapping[str, str], name: str, label: str, errors: dict[str, str]) -> float | None:
    text = values.get(name, "").strip().rstrip("%％")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number <= _PERCENT:
        errors[name] = f"{label}“{text[:20]}”不是百分数，请填 0 到 100。"
        return None
    return number / _PERCENT


def _geometry(text: str, before: Draft | None, errors: dict[str, str]) -> BaseGeometry | None:
    if not text.strip():
        return None
    if before is not None and before.geometry is not None and text == shapely.to_geojson(before.geometry):
        return before.geometry
    try:
        shape = _pairs(text) or parse(text)
    except BadInput as problem:
        errors["geom"] = f"{problem.sentence}{problem.remedy}"
        return None
    west, south, east, north = shape.bounds
    if not (west >= 73 and east <= 136 and south >= 3 and north <= 54):
        errors["geom"] = "图形不在中国范围内，请核对是不是 CGCS2000 经纬度，经度在前。"
        return None
    if not shape.is_valid:
        errors["geom"] = "图形自己相交，请重新画。"
        return None
    return shape


def _pairs(text: str) -> BaseGeometry | None:
    """Lines of ``longitude,latitude``: one is a point, several a line, a closed ring an area."""
    rows = [line.replace("，", ",").split(",") for line in text.strip().splitlines() if line.strip()]
    try:
        points = [(float(x), float(y)) for x, y in rows]
    except ValueError:
        return None
    if len(points) == 1:
        return shapely.Point(points[0])
    return (
        shapely.Polygon(points) if len(points) > 3 and points[0] == points[-1] else shapely.LineString(points)
    )


def _percent(value: float | None) -> float | None:
    return None if value is None else value * _PERCENT


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value < 1e6 else f"{value:.0f}"
