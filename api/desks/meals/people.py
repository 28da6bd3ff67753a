"""The old population (老年人口): what is in force, by township, and a new count by file; never a person, never an address."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from sqlalchemy.orm import Session

from api import lookup
from api.answers import problem_body
from api.desks.done import done
from api.desks.meals.asking import now
from api.desks.meals.checking import DATUMS
from api.desks.officer import officer_of
from api.pages.templates import page
from gazetteer.service.meals.population import Taken, by_town, people_words, source_of, take_in
from gazetteer.service.rules import rules
from geo.problems import BadInput, Problem
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/meals")
MOST_BYTES = 20_000_000
Short = Annotated[str, Form(max_length=200)]


@router.get("/population")
def population_page(request: Request) -> Response:
    """Counts by township with their source and day, and the form for new ones."""
    return _shown(request)


@router.post("/population")
def taken(
    request: Request, file: Annotated[UploadFile, File()], datum: Annotated[str, Form(max_length=20)] = "cgcs2000", source: Short = "",
    on_day: Short = "", sample: Short = "", token: Short = "",
) -> Response:  # fmt: skip
    """Take a new count in; the page again with row numbers when the file is refused."""
    officer = officer_of(request, token)
    try:
        start = _day(on_day)
        if not source.strip():
            raise BadInput(
                "没有填写数据来源。", "写上提供人口数据的单位，如“公安局户籍数据”。", code="population.source"
            )
        with session(timeout_s=120) as db:
            act(db, actor=officer.name, action="population.take", request_id=officer.request_id)
            made = _taken_in(db, file, datum, source.strip(), start, made_up=bool(sample))
    except Problem as problem:
        return _shown(request, problem)
    missed = f"；{made.missed} 行地址没有找到，未计入" if made.missed else ""
    return done(
        "/desk/meals/population",
        f"已导入 {made.rows} 行，合成 {made.cells} 个网格，60 岁以上 {made.aged_60} 人{missed}。",
    )


def _taken_in(db: Session, file: UploadFile, datum: str, source: str, start: date, *, made_up: bool) -> Taken:
    body = file.file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise BadInput("文件太大。", "每次至多 20 MB。", code="too-large")
    with tempfile.TemporaryDirectory(prefix="diming-people-") as folder:
        path = Path(folder) / f"people{PurePath(file.filename or 'people.csv').suffix or '.csv'}"
        path.write_bytes(body)
        return take_in(db, path, on_day=start, datum=datum, source=source, made_up=made_up, locate=_locate)


def _locate(address: str) -> tuple[float, float] | None:
    answer = lookup.engine().geocode(address, limit=1)
    best = answer.best
    if best is None or answer.status != "auto" or best.lon is None or best.lat is None:
        return None
    return best.lon, best.lat


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("统计日期不对。", "写成 2026-01-01 的样子。", code="date") from error


def _shown(request: Request, problem: Problem | None = None) -> Response:
    today = now().date()
    with session() as db:
        rows, (source, since, made_up) = by_town(db, today), source_of(db, today)
    told = problem_body(problem, problem.status, request) if problem else None
    k = rules().meals.k
    return page(
        request, "meals/population.html", status=problem.status if problem else 200, rows=rows, source=source, since=since,
        made_up=made_up, datums=DATUMS, trouble=told["detail"] + told["remedy"] if told else "",
        findings=problem.findings if problem else (), people=lambda n: people_words(n, k), today=today, k=k,
    )  # fmt: skip
