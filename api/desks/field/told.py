"""What one field of a field record says, in words that a person can compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import shapely

from api.pages.dates import moment
from boundary.field import forms
from boundary.field.merge import WITHDRAWN, is_signature
from geo.geometry import distance_m


def words(name: str, value: Any) -> str:
    """A field's value as text; ``（空）`` where nothing is said."""
    if value is None or value == "":
        return "（空）"
    if name == WITHDRAWN:
        return "撤销" if value else "保留"
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "measured":
        return _position(value)
    if name.startswith("ref."):
        return _object(value)
    if name == "inspected_at":
        return _moment(value)
    if is_signature(name):
        return f"{value.get('signer', '')} {_moment(value.get('signed_at', ''))} 签字"
    return str(value)


def in_order(names: Iterable[str]) -> list[str]:
    """Fields in the order of the form, signatures last."""
    order = list(forms.TITLES)
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))


def title(name: str, sides: Mapping[str, str]) -> str:
    """What a field is called; a signature by its side."""
    side = name.partition(".")[2]
    return f"{sides.get(side, side)}签字" if is_signature(name) else forms.title(name)


def apart(mine: Mapping[str, Any] | None, theirs: Mapping[str, Any] | None, at: shapely.Point | None) -> str:
    """How far two measured positions are from each other and from the registered one; empty where one is missing."""
    if not mine or not theirs:
        return ""
    one, other = (shapely.Point(side["lon"], side["lat"]) for side in (mine, theirs))
    said = f"两处相差 {distance_m(one, other):.1f} 米"
    if at is None:
        return f"{said}。"
    return f"{said}；距登记位置：设备写入 {distance_m(one, at):.1f} 米，现有记录 {distance_m(other, at):.1f} 米。"


def _position(value: Mapping[str, Any]) -> str:
    accuracy = value.get("accuracy_m")
    said = f"东经 {value['lon']:.7f}°，北纬 {value['lat']:.7f}°"
    said += f"，精度 {accuracy:.1f} 米" if accuracy is not None else ""
    count = value.get("count")
    return (
        said
        + (f"，{count} 次平均" if count else "")
        + (f"，历元 {value['epoch']}" if value.get("epoch") else "")
    )


def _object(value: Mapping[str, Any]) -> str:
    said = [str(value.get("state", ""))]
    if value.get("azimuth") is not None:
        said.append(f"方位角 {value['azimuth']:.2f}°")
    if value.get("distance") is not None:
        said.append(f"距离 {value['distance']:.2f} 米")
    return "，".join([*said, *filter(None, [value.get("note")])])


def _moment(value: str) -> str:
    if not value:
        return ""
    return moment(forms.moment(value))
