"""The fields of an inspection record as devices write them, and as ``boundary.inspection`` keeps them.

``state`` ``inspected_at`` ``inspectors`` ``measured`` ``ref.1`` ``ref.2`` ``ref.3`` ``cleaned`` ``repainted`` ``action``
``note``, and ``sign.<division>`` for each side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from boundary.field.merge import is_signature
from boundary.inspection import Measured, Reading, ReferenceSeen
from boundary.inspection.signing import read_strokes
from boundary.inspection.words import EPOCHS, REFERENCE_STATES, STATES
from geo.problems import BadInput

TITLES: Final = {
    "state": "界桩状态", "inspected_at": "检查时间", "inspectors": "检查人员", "measured": "实测位置",
    "ref.1": "一号方位物", "ref.2": "二号方位物", "ref.3": "三号方位物", "cleaned": "清理", "repainted": "描红",
    "action": "处理", "note": "备注", "@withdrawn": "撤销记录",
}  # fmt: skip
"""What a person calls the fields."""
_LONGEST: Final = {"inspectors": 200, "action": 500, "note": 2000}
_BOX: Final = (73.0, 3.0, 136.0, 54.0)


def refusal(content: Mapping[str, Any]) -> str:
    """Why the content does not fit the form, in Chinese; empty when it does."""
    for name, value in content.items():
        check = _check_of(name)
        if check is None:
            return f"表格里没有“{name[:40]}”这一项，请更新外业页面"
        try:
            said = check(value)
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError, BadInput):
            said = "内容不完整"
        if said:
            return f"{title(name)}：{said}"
    return ""


def title(name: str) -> str:
    """What a person calls a field."""
    return TITLES.get(name, "签字" if is_signature(name) else name)


def moment(said: str) -> datetime:
    """A time as devices write it (ISO 8601); without a zone it counts as UTC."""
    at = datetime.fromisoformat(said)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def reading_of(round_code: str, marker: str, content: Mapping[str, Any], now: datetime) -> Reading:
    """The record as the inspection keeps it; ``now`` stands where the device told no time."""
    at = content.get("measured")
    return Reading(
        round_code, marker, content["state"], moment(content["inspected_at"]) if content.get("inspected_at") else now,
        content.get("inspectors") or "", _measured(at) if at else None,
        tuple(_reference(n, content[f"ref.{n}"]) for n in (1, 2, 3) if content.get(f"ref.{n}")),
        bool(content.get("cleaned")), bool(content.get("repainted")), content.get("action") or "",
        content.get("note") or "",
    )  # fmt: skip


def fields_of(reading: Reading) -> dict[str, Any]:
    """The fields of a kept record, in the form that ``normal`` gives."""
    at = reading.measured
    seen = {
        f"ref.{one.serial}": [one.state, one.azimuth, one.distance, one.note] for one in reading.references
    }
    return {
        **{f"ref.{n}": seen.get(f"ref.{n}") for n in (1, 2, 3)},
        "state": reading.state, "inspected_at": reading.inspected_at.timestamp(), "inspectors": reading.inspectors,
        "measured": [at.lon, at.lat, at.accuracy_m, at.height, at.epoch, at.correction] if at else None,
        "cleaned": reading.cleaned, "repainted": reading.repainted, "action": reading.action, "note": reading.note,
    }  # fmt: skip


def normal(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a record so that two wordings of the same compare equal."""
    if "state" not in content:
        return {}
    return fields_of(reading_of("", "", content, datetime.fromtimestamp(0, UTC)))


def from_normal(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The normal form back into what devices write."""
    return {name: _device_form(name, value) for name, value in fields.items()}


def _device_form(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "inspected_at":
        return datetime.fromtimestamp(value, UTC).isoformat()
    if name == "measured":
        return dict(zip(("lon", "lat", "accuracy_m", "height", "epoch", "correction"), value, strict=True))
    if name.startswith("ref."):
        return dict(zip(("state", "azimuth", "distance", "note"), value, strict=True))
    return value


def _measured(at: Mapping[str, Any]) -> Measured:
    return Measured(
        float(at["lon"]), float(at["lat"]), _number(at.get("accuracy_m")), _number(at.get("height")),
        at.get("epoch") or "", at.get("correction") or "",
    )  # fmt: skip


def _reference(serial: int, seen: Mapping[str, Any]) -> ReferenceSeen:
    return ReferenceSeen(
        serial,
        seen["state"],
        _number(seen.get("azimuth")),
        _number(seen.get("distance")),
        seen.get("note") or "",
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _check_of(name: str) -> Callable[[Any], str] | None:
    return _signed if is_signature(name) else _CHECKS.get(name)


def _one_of(words: tuple[str, ...]) -> Callable[[Any], str]:
    return lambda value: "" if value in words else f"只能是{'、'.join(word for word in words if word)}"


def _text(most: int) -> Callable[[Any], str]:
    return lambda value: (
        "" if value is None or (isinstance(value, str) and len(value) <= most) else f"最多 {most} 字"
    )


def _truth(value: Any) -> str:
    return "" if value is None or isinstance(value, bool) else "只能是“是”或“否”"


def _time(value: Any) -> str:
    moment(value)
    return ""


def _position(value: Any) -> str:
    if value is None:
        return ""
    at = _measured(value)
    west, south, east, north = _BOX
    if not (west <= at.lon <= east and south <= at.lat <= north):
        return "实测坐标不在中国范围内"
    if at.accuracy_m is not None and not 0 <= at.accuracy_m < 10_000:
        return "精度应在 0 到 10000 米之间"
    if at.height is not None and not -500 <= at.height <= 9000:
        return "高程应在 -500 到 9000 米之间"
    return _one_of(("", *EPOCHS))(at.epoch) or _text(60)(at.correction)


def _object(value: Any) -> str:
    if value is None:  # taken back: nothing is said of it now
        return ""
    seen = _reference(1, value)
    if seen.azimuth is not None and not 0 <= seen.azimuth < 360:
        return "方位角应在 0 到 360 度之间"
    if seen.distance is not None and not 0 < seen.distance < 100_000:
        return "距离应大于 0"
    return _one_of(REFERENCE_STATES)(seen.state) or _text(200)(seen.note)


def _signed(value: Any) -> str:
    if value is None:
        return ""
    moment(value["signed_at"])
    read_strokes(value["strokes"])
    return "" if 1 <= len(value["signer"].strip()) <= 40 else "签字人姓名应为 1 到 40 字"


_CHECKS: Final[dict[str, Callable[[Any], str]]] = {
    "state": _one_of(STATES), "inspected_at": _time, "measured": _position, "cleaned": _truth, "repainted": _truth,
    "ref.1": _object, "ref.2": _object, "ref.3": _object,
    **{name: _text(most) for name, most in _LONGEST.items()},
}  # fmt: skip
