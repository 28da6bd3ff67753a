"""``/desk/maps/papers`` and ``/desk/maps/files``: ask for a sheet or an archive, see how far it is, take it."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

from api import surroundings
from api.desks.done import done
from api.desks.maps import files, papers
from api.desks.maps.files import Progress
from api.desks.officer import officer_of, reader_of
from geo.problems import BadInput
from geo.store.engine import act, session
from geo.store.jobs import task
from tiles import published
from tiles.archive import write_archive
from tiles.paper import KINDS, PAPERS, pdf

router = APIRouter(include_in_schema=False, prefix="/desk/maps")
HOME: Final = "/desk/maps"
FILES: Final = {"archive": "全区离线瓦片（PMTiles）", "package": "公开图层（GeoPackage）"}
_TYPES: Final = {
    "paper": "application/pdf",
    "archive": "application/vnd.pmtiles",
    "package": "application/geopackage+sqlite3",
}
Token = Annotated[str, Form(max_length=200)]
Short = Annotated[str, Form(max_length=20)]


@router.post("/papers")
def ask_paper(
    request: Request, kind: Short = "", division: Short = "", paper: Short = "A3", scale: Short = "", use: Short = "internal",
    token: Token = "",
) -> Response:  # fmt: skip
    """Have a sheet drawn."""
    if kind not in KINDS or paper not in PAPERS or not (scale == "" or scale.isdigit()):
        raise BadInput("没有这种图纸", "请在地图页选择图种、纸张和比例尺")
    _may_be_made(use)
    wish = {"kind": kind, "division": division, "paper": paper, "scale": int(scale or 0), "use": use}
    return _ask(request, token, "paper", f"{KINDS[kind]}，{paper}，{papers.USES[use]}", wish)


@router.post("/files")
def ask_file(request: Request, kind: Short = "", use: Short = "internal", token: Token = "") -> Response:
    """Have an archive of tiles or the package of layers written."""
    if kind not in FILES:
        raise BadInput("没有这种文件", "请在地图页选择")
    _may_be_made(use)
    return _ask(request, token, kind, f"{FILES[kind]}，{papers.USES[use]}", {"use": use})


@router.get("/files/{key}")
def take(request: Request, key: uuid.UUID) -> Response:
    """A finished file of one's own."""
    with session() as db:
        found, place = files.read(db, key, reader_of(request).name)
    headers = {
        "content-disposition": f"{'inline' if found.kind == 'paper' else 'attachment'}; filename*=UTF-8''{quote(found.name)}",
        "cache-control": "no-store",
    }
    return FileResponse(place, media_type=_TYPES[found.kind], headers=headers)


def _may_be_made(use: str) -> None:
    if use not in papers.USES:
        raise BadInput("没有选用途", "请选择内部使用或公开发布")
    if use == "public":
        papers.check_public()


def _ask(request: Request, token: str, kind: str, title: str, wish: dict[str, Any]) -> Response:
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action="maps.file", request_id=officer.request_id)
        files.ask(db, kind, title, orjson.dumps(wish).decode(), actor=officer.name)
    return done(f"{HOME}#made", f"正在生成{title}。可以离开，完成后在这里下载。")


def _paper(db: Session, file: Path, wish: dict[str, Any], tell: Progress) -> str:
    tell(0, 2)
    drawn = papers.drawn_sheet(db, wish["kind"], wish["division"], wish["paper"], scale=wish["scale"] or None,
                               public=wish["use"] == "public")  # fmt: skip
    tell(1, 2)
    file.write_bytes(pdf(drawn))
    tell(2, 2)
    return f"{drawn.title}-{wish['paper']}-{drawn.scale}.pdf"


def _archive(db: Session, file: Path, wish: dict[str, Any], tell: Progress) -> str:
    _may_be_made(wish["use"])
    around = surroundings.of_data()
    write_archive(db, file, attribution=_said(wish["use"]), progress=tell)
    return f"{around.district}-离线瓦片.pmtiles"


def _package(db: Session, file: Path, wish: dict[str, Any], tell: Progress) -> str:
    _may_be_made(wish["use"])
    published.write_package(db, file, _said(wish["use"]), tell)
    return f"{surroundings.of_data().district}-公开图层.gpkg"


def _said(use: str) -> str:
    """What must stand on a map made of the file."""
    around = surroundings.of_data()
    parts = (
        f"{around.district}地名地址", around.updated, "" if use == "public" else "内部使用", around.review_number,
        "示例数据" if around.made_up else "",
    )  # fmt: skip
    return " · ".join(filter(None, parts))


@task(files.NAME, attempts=2)
def work(key: str) -> None:
    """Make a file that somebody asked for."""
    files.carry_out(uuid.UUID(key), {"paper": _paper, "archive": _archive, "package": _package})
