"""A position from a file (上传图形) for the form of a proposal; nothing is kept, the form shows what was read."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import orjson
import shapely
from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.naming.given import draw_kind
from api.desks.officer import officer_of
from gazetteer.proposal.drawn import shape_of
from geo.geometry import area_m2, length_m
from geo.problems import Problem

router = APIRouter(include_in_schema=False, prefix="/desk/naming")


@router.post("/shape")
def read(
    request: Request,
    file: Annotated[UploadFile, File()],
    category: Annotated[str, Form(pattern="^[A-H]$")] = "F",
    token: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The file's geometry as GeoJSON with a sentence on what was read, or a sentence on why it cannot be used."""
    officer_of(request, token)
    name = Path((file.filename or "").replace("\\", "/")).name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"drawn{Path(name).suffix.lower()}"
        path.write_bytes(file.file.read())
        try:
            shape = shape_of(path, draw_kind(category))  # type: ignore[arg-type]
        except Problem as problem:
            said = {"problem": f"{problem.sentence}{problem.remedy}".replace(path.name, name)}
            return Response(orjson.dumps(said), 422, media_type="application/json")
    body = {"geometry": shapely.to_geojson(shape), "said": _said(shape)}
    return Response(orjson.dumps(body), media_type="application/json")


def _said(shape: shapely.Geometry) -> str:
    if shape.geom_type.endswith("LineString"):
        return f"已读入，长约 {length_m(shape):.0f} 米。"
    if shape.geom_type.endswith("Polygon"):
        return f"已读入，面积约 {area_m2(shape):.0f} 平方米。"
    return "已读入位置。"
