"""What the pages of this room share: who works, the districts, shapes for the map."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Request

from api import surroundings
from api.desks.officer import Officer, officer_of, reader_of
from gazetteer.numbering.ground import Ground
from gazetteer.numbering.plane import to_degrees
from gazetteer.registration.clerk import Clerk

HOME: Final = "/desk/numbers"
STATE_KINDS: Final = {
    "submitted": "likely", "accepted": "likely", "returned": "check", "approved": "sure", "refused": "none",
    "withdrawn": "none",
}  # fmt: skip
STATES: Final = (
    ("submitted", "已提交"), ("accepted", "已受理"), ("returned", "待补正"), ("approved", "已办结"), ("refused", "不予办理"),
    ("withdrawn", "已撤回"),
)  # fmt: skip
LEGEND: Final = (
    {"key": "road", "label": "道路（箭头方向起编）", "tone": "grey", "shape": "line"},
    {"key": "door", "label": "已有门牌", "tone": "plate", "shape": "dot"},
    {"key": "new", "label": "本次编号", "tone": "marker", "shape": "dot"},
)


def clerk_of(request: Request, token: str) -> Clerk:
    """Who writes, after the form's token has been checked."""
    return _clerk(officer_of(request, token))


def reading_clerk(request: Request) -> Clerk:
    """Who looks."""
    return _clerk(reader_of(request))


def _clerk(officer: Officer) -> Clerk:
    return Clerk(officer.name, officer.shown, officer.roles, officer.division_code, officer.request_id)


def issuer() -> str:
    """Who issues the papers: the bureau of the district whose data is served."""
    district = surroundings.of_data().district
    return f"{district}民政局" if district else "民政局"


def shapes(ground: Ground, new: list[tuple[float, float, str]] | None = None) -> dict[str, Any]:
    """A road with its doors as GeoJSON for the map; ``new`` are doors to come with their numbers."""
    features = [_feature("line", i, "road", ground.name, _line(ground, i)) for i in range(len(ground.pieces))]
    features += [
        _feature(
            "door",
            code,
            "door",
            f"{main}号{'-' + sub if sub else ''}",
            {"type": "Point", "coordinates": [lon, lat]},
        )
        for code, main, sub, lon, lat in ground.doors
        if lon is not None
    ]
    features += [
        _feature("new", at, "new", label, {"type": "Point", "coordinates": [lon, lat]})
        for at, (lon, lat, label) in enumerate(new or [])
    ]
    return {"type": "FeatureCollection", "features": features}


def _line(ground: Ground, at: int) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(c[:2]) for c in ground.pieces[at].coords]}


def _feature(prefix: str, key: object, kind: str, label: str, geometry: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature", "id": f"{prefix}-{key}", "geometry": geometry,
        "properties": {"id": f"{prefix}-{key}", "class": kind, "label": label},
    }  # fmt: skip


def start_of(ground: Ground) -> tuple[float, float] | None:
    """Where the numbers of a road begin, degrees."""
    if not ground.pieces:
        return None
    from shapely import get_coordinates

    lon, lat = to_degrees(get_coordinates(ground.line.line)[:1], ground.line.meridian)[0]
    return float(lon), float(lat)
