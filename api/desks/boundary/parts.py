"""What the pages of the boundary room share: shapes for the map, words, who looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

import shapely
from fastapi import Request, Response
from sqlalchemy.orm import Session

from api.desks.officer import Officer, reader_of
from api.security.caller import Caller, identify
from boundary.reading_log import note_read
from boundary.register import Line, Marker

HOME: Final = "/desk/boundary"
LINE_LEGEND: Final = (
    {"key": "fresh", "label": "三年内走过", "tone": "sign", "shape": "line"},
    {"key": "ageing", "label": "三至五年", "tone": "amber", "shape": "line"},
    {"key": "due", "label": "满五年", "tone": "marker", "shape": "line"},
    {"key": "never", "label": "没有联检记录", "tone": "grey", "shape": "line"},
    {"key": "marker", "label": "界桩", "tone": "plate", "shape": "dot"},
    {"key": "bad", "label": "状态不完好的界桩", "tone": "amber", "shape": "dot"},
    {"key": "event", "label": "未办结事件", "tone": "marker", "shape": "dot"},
)
MARKER_LEGEND: Final = (
    {"key": "line", "label": "界线", "tone": "marker", "shape": "line"},
    {"key": "marker", "label": "界桩", "tone": "plate", "shape": "dot"},
    {"key": "bad", "label": "状态不完好的界桩", "tone": "amber", "shape": "dot"},
    {"key": "thing", "label": "方位物", "tone": "grey", "shape": "dot"},
    {"key": "event", "label": "事件位置", "tone": "marker", "shape": "area"},
)


def seer(request: Request) -> Caller:
    """Who looks, as ``boundary.access`` asks."""
    return identify(request)


def logged(db: Session, request: Request, markers: Sequence[Marker], door: str) -> Officer:
    """Note in the audit that the caller is about to see these markers' positions; gives the caller."""
    officer = reader_of(request)
    note_read(db, [one.code for one in markers], actor=officer.name, door=door, request_id=officer.request_id)
    return officer


def feature(
    shape: shapely.Geometry | None, kind: str, label: str, href: str = "", key: str = ""
) -> dict[str, Any]:
    """One feature for the desk's map."""
    return {
        "type": "Feature",
        "geometry": shapely.geometry.mapping(shape) if shape is not None else None,
        "properties": {"class": kind, "label": label, "href": href, "id": key or label},
    }


def collection(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Features that have a place, as one collection."""
    return {"type": "FeatureCollection", "features": [one for one in features if one["geometry"] is not None]}


def marker_feature(marker: Marker) -> dict[str, Any]:
    """A marker as a point that leads to its page."""
    kind = "marker" if marker.state == "完好" else "bad"
    return feature(marker.point, kind, marker.shown, f"{HOME}/markers/{quote(marker.code)}", marker.code)


def line_feature(line: Line, kind: str = "line") -> dict[str, Any]:
    """A line that leads to its page."""
    return feature(line.course, kind, line.name, f"{HOME}/lines/{quote(line.code)}", line.code)


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep; never stored on the way, since it may hold positions."""
    return Response(
        content,
        media_type=media_type,
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "cache-control": "no-store",
        },
    )
