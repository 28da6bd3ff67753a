"""A list of meal points placed by address and by coordinates (双重定位核对), and the rows of it that a person takes in."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from pathlib import Path, PurePath
from typing import Annotated, Final, Literal

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from api import lookup
from api.answers import problem_body
from api.desks.done import done
from api.desks.meals.asking import now
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.service.founding import proposed
from gazetteer.service.meals.comparing import AGREE_M, Placed, compare
from gazetteer.service.meals.points import TIERS
from gazetteer.service.meals.taking import Entry, take
from geo.problems import BadInput, Problem
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/meals")
MOST_BYTES = 5_000_000
_DIVISIONS = frozenset({"community", "town", "county", "city", "province"})
DATUMS = (
    ("gcj02", "GCJ-02（高德、腾讯）"),
    ("bd09", "BD-09（百度）"),
    ("wgs84", "WGS 84"),
    ("cgcs2000", "CGCS2000"),
)
MOST_ROWS: Final = 400
"""Rows that one form can take in: a browser's form has a limit of fields."""
# What the comparison found -> the place that is proposed; whatever is doubtful waits for a person.
_PROPOSED: Final = {"一致": "address", "只有地址": "address", "只有坐标": "coordinates"}
Position = tuple[float, float]


class Shown(BaseModel):
    """A compared row as the page shows it and sends it back, degrees in CGCS2000."""

    row: int
    name: str = Field(min_length=1, max_length=200)
    address: str = Field(max_length=500)
    found: str = Field(max_length=500)
    by_address: Position | None
    by_coordinates: Position | None
    apart_m: float | None

    def entry(self, place: str, tier: str, datum: str) -> Entry | None:
        """The row at the chosen place; tied to its address where that is the place, or agrees with it."""
        at = {"address": self.by_address, "coordinates": self.by_coordinates}.get(place)
        if at is None:
            return None
        tied = place == "address" or (self.apart_m is not None and self.apart_m <= AGREE_M)
        given = "cgcs2000" if place == "address" else datum
        return Entry(self.row, self.name, self.address, self.found if tied else "", *at, tier, given)


_ROWS: Final = TypeAdapter(list[Shown])


@router.get("/compare")
def form(request: Request) -> Response:
    """Choose a file."""
    return _page(request, [], file_name="")


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
    return _page(request, rows, status=status, trouble=trouble, file_name=file.filename or "", datum=datum)


@router.post("/compare/take")
def taken(
    request: Request, rows: Annotated[str, Form(max_length=900_000)] = "", place: Annotated[list[str] | None, Form()] = None,
    tier: Annotated[list[str] | None, Form()] = None, source: Annotated[str, Form(max_length=200)] = "",
    datum: Annotated[Literal["gcj02", "bd09", "wgs84", "cgcs2000"], Form()] = "gcj02",
    sample: Annotated[str, Form(max_length=1)] = "", token: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """Make meal points of the rows that a place was chosen for."""
    officer = officer_of(request, token)
    try:
        shown = _ROWS.validate_json(rows)
        chosen = list(zip(shown, place or [], tier or [], strict=True))
    except (ValidationError, ValueError) as error:
        raise BadInput("名单不完整。", "请重新上传核对。", code="compare.rows") from error
    entries = [entry for row, at, kind in chosen if (entry := row.entry(at, kind, datum))]
    if not entries:
        raise BadInput("没有选择要入库的行。", "至少为一行选定位置。", code="compare.none")
    with session(timeout_s=60) as db:
        act(db, actor=officer.name, action="meal.take", request_id=officer.request_id)
        made = take(db, entries, source=source.strip(), on_day=now().date(), made_up=bool(sample))
    left = "；".join(f"第 {row} 行“{name}”{why}" for row, name, why in made.passed)
    return done(
        "/desk/meals",
        f"已入库 {made.added} 处助餐点。" + (f"未入库 {len(made.passed)} 处：{left}。" if left else ""),
    )


def _page(
    request: Request, rows: list[Placed], *, file_name: str, status: int = 200, trouble: str = "", datum: str = "gcj02"
) -> Response:  # fmt: skip
    shown = [
        Shown(row=r.row, name=r.name, address=r.address, found=r.found, by_address=r.by_address,
              by_coordinates=r.by_coordinates, apart_m=r.apart_m)
        for r in rows if r.name
    ]  # fmt: skip
    views = [(r, _PROPOSED.get(r.verdict, ""), proposed("meal", r.name) or "助餐点") for r in rows if r.name]
    return page(
        request, "meals/compare.html", status=status, rows=views, counts=Counter(r.verdict for r in rows), datums=DATUMS,
        datum=datum, trouble=trouble, file_name=file_name, tiers=TIERS, most=MOST_ROWS,
        sent=_ROWS.dump_json(shown).decode() if len(shown) <= MOST_ROWS else "",
    )  # fmt: skip


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
