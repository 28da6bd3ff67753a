"""``/desk/maps``: what can be taken away, and on what ground the public map stands."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from sqlalchemy import text

from api.desks.maps import files, grounds, making, papers, sheets
from api.pages.templates import page
from api.security.caller import identify
from geo.store.engine import session
from tiles import published
from tiles.layers import LAYERS
from tiles.paper import KINDS, PAPERS, SCALES

router = APIRouter(include_in_schema=False, prefix="/desk/maps")
_TOWNS = text(
    "SELECT code, name FROM published.division WHERE level = 4 AND code LIKE :county || '%' ORDER BY code"
)
_COUNTY = text("SELECT left(division, 6) FROM register.address LIMIT 1")


@router.get("")
def maps(request: Request) -> Response:
    """Everything on one page."""
    with session() as db:
        prefix = db.scalar(_COUNTY) or ""
        towns = db.execute(_TOWNS, {"county": prefix or "-"}).all()
        county = prefix and f"{prefix}000000"
        made = files.listed(db, identify(request).name)
    return page(
        request, "maps/desk.html", maps=sheets.MAPS, layers=LAYERS.values(), towns=towns,
        county=county, made=made, files=making.FILES, kept_days=files.KEPT_DAYS, kinds=KINDS, papers=PAPERS, scales=SCALES, uses=papers.USES, grounds=grounds.configured(), refused=grounds.refused(), address=str(request.base_url).rstrip("/"),
    )  # fmt: skip


@router.get("/published.gpkg")
def package() -> Response:
    """All published layers as a GeoPackage."""
    with tempfile.TemporaryDirectory(prefix="diming-gpkg-") as folder, session(timeout_s=120) as db:
        file = Path(folder) / "published.gpkg"
        published.write_package(db, file)
        body = file.read_bytes()
    return _download(body, "公开数据.gpkg", "application/geopackage+sqlite3")


@router.get("/{name}.html")
def take_away(request: Request, name: str) -> Response:
    """One map as a file that opens without a network."""
    with session() as db:
        title, html = sheets.sheet(db, name, identify(request))
    return _download(html.encode(), f"{title}.html", "text/html; charset=utf-8")


def _download(body: bytes, name: str, kind: str) -> Response:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "cache-control": "no-store",
    }
    return Response(body, headers=headers, media_type=kind)
