"""A position from a file (上传图形) for the form of a proposal; nothing is kept, the form shows what was read."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
import shapely
from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from sqlalchemy import text
from sqlalchemy.orm import Session

from api.desks.naming.given import draw_kind
from api.desks.officer import officer_of
from gazetteer.proposal.drawn import shape_of
from geo.files.layers import WhichLayer
from geo.geometry import area_m2, length_m
from geo.problems import Problem
from geo.store.engine import session

router = APIRouter(include_in_schema=False, prefix="/desk/naming")
_NEAREST: Final = text("""
    SELECT name, ST_Distance(boundary::geography, ST_SetSRID(CAST(:shape AS geometry), 4490)::geography) AS metres
    FROM register.division WHERE level = 3 AND valid_to IS NULL AND boundary IS NOT NULL
    ORDER BY boundary <-> ST_SetSRID(CAST(:shape AS geometry), 4490) LIMIT 1
""")
_BESIDE_M: Final = 500.0
"""Further than this outside of every district of the register, the datum is doubted."""


@router.post("/shape")
def read(
    request: Request,
    file: Annotated[UploadFile, File()],
    category: Annotated[str, Form(pattern="^[A-H]$")] = "F",
    datum: Annotated[str, Form(max_length=20)] = "",
    layer: Annotated[str, Form(max_length=200)] = "",
    token: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The file's geometry as GeoJSON with a sentence on what was read, or a sentence on why it cannot be used.

    A drawing whose layers leave a choice is answered with ``layers``.
    """
    officer_of(request, token)
    name = Path((file.filename or "").replace("\\", "/")).name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"drawn{Path(name).suffix.lower()}"
        path.write_bytes(file.file.read())
        try:
            shape = shape_of(path, draw_kind(category), said=datum, layer=layer)  # type: ignore[arg-type]
        except Problem as problem:
            return _refused(problem, path.name, name)
    with session() as db:
        doubt = _away(db, shape)
    body = {"geometry": shapely.to_geojson(shape), "said": _said(shape), "doubt": doubt}
    return Response(orjson.dumps(body), media_type="application/json")


def _refused(problem: Problem, path: str, name: str) -> Response:
    said: dict[str, Any] = {"problem": f"{problem.sentence}{problem.remedy}".replace(path, name)}
    if isinstance(problem, WhichLayer):
        said["layers"] = list(problem.layers.items())
    return Response(orjson.dumps(said), 422, media_type="application/json")


def _away(db: Session, shape: shapely.Geometry) -> str:
    near = db.execute(_NEAREST, {"shape": shapely.to_wkt(shape)}).one_or_none()
    if near is None or near.metres <= _BESIDE_M:
        return ""
    return f"但在{near.name}以外 {near.metres / 1000:.1f} 公里，请核对坐标系。"


def _said(shape: shapely.Geometry) -> str:
    return f"已读入，{size_words(shape)}。"


def size_words(shape: shapely.Geometry) -> str:
    """How long or large a position is, in words."""
    if shape.geom_type.endswith("LineString"):
        return f"长约 {length_m(shape):.0f} 米"
    if shape.geom_type.endswith("Polygon"):
        return f"面积约 {area_m2(shape):.0f} 平方米"
    return f"经度 {shape.centroid.x:.6f}，纬度 {shape.centroid.y:.6f}"
