"""``/docs/diming.qgs``: the project for QGIS, with the address this answer was asked under."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api import surroundings
from geo.store.engine import session
from tiles import qgis
from tiles.layers import district_bounds

router = APIRouter(include_in_schema=False)


@router.get("/docs/diming.qgs")
def qgis_project(request: Request) -> Response:
    """The file."""
    with session() as db:
        bounds = district_bounds(db)
    title = f"{surroundings.of_data().district}地名地址"
    body = qgis.project(title, str(request.base_url).rstrip("/"), bounds)
    headers = {"content-disposition": 'attachment; filename="diming.qgs"', "cache-control": "no-cache"}
    return Response(body, headers=headers, media_type="application/xml")
