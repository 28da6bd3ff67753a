"""A list of meal points placed by address and by coordinates (双重定位核对); nothing is written."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api import lookup
from api.answers import problem_body
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.service.meals.comparing import Placed, compare
from geo.problems import BadInput, Problem

router = APIRouter(include_in_schema=False, prefix="/desk/meals")
MOST_BYTES = 5_000_000
_DIVISIONS = frozenset({"community", "town", "county", "city", "province"})
DATUMS = (
    ("gcj02", "GCJ-02（高德、腾讯）"),
    ("bd09", "BD-09（百度）"),
    ("wgs84", "WGS 84"),
    ("cgcs2000", "CGCS2000"),
)


@router.get("/compare")
def form(request: Request) -> Response:
    """Choose a file."""
    return page(request, "meals/compare.html", rows=[], counts={}, datums=DATUMS, trouble="", file_name="")


@router.post("/compare")
def compared(
    request: Request, file: Annotated[UploadFile, File()], datum: Annotated[str, Form(max_length=20)] = "gcj02",
    token: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """Every row by both ways, with the distance between them."""
    officer_of(request, token)
    try:
        rows, trouble, status = _compared(file, datum), "", 200
    except Problem as problem:
        told = problem_body(problem, problem.status, request)
        rows, trouble, status = [], told["detail"] + told["remedy"], problem.status
    counts = Counter(row.verdict for row in rows)
    return page(request, "meals/compare.html", status=status, rows=rows, counts=counts, datums=DATUMS, trouble=trouble,
                file_name=file.filename or "")  # fmt: skip


def _compared(file: UploadFile, datum: str) -> list[Placed]:
    body = file.file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise BadInput("文件太大。", "每次至多 5 MB。", code="too-large")
    ending = PurePath(file.filename or "list.csv").suffix or ".csv"
    with tempfile.TemporaryDirectory(prefix="diming-compare-") as folder:
        path = Path(folder) / f"list{ending}"
        path.write_bytes(body)
        return compare(path, datum=datum, locate=_locate)


def _locate(address: str) -> tuple[str, float, float, str] | None:
    answer = lookup.engine().geocode(address, limit=1)
    best = answer.best
    if best is None or answer.status == "none":
        return None
    if best.level in _DIVISIONS or best.lon is None or best.lat is None:
        return answer.status, math.nan, math.nan, best.standard_address
    return answer.status, best.lon, best.lat, best.standard_address
