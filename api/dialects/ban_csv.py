"""BAN's batch: a posted CSV comes back with ``result_*`` columns, rows in their order, the caller's own columns kept."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import File, Form, Response, UploadFile

from api import lookup
from api.csv_text import csv_text
from api.dialects import places
from api.dialects.ban import facts, router
from api.dialects.places import Place
from api.dialects.route import OPEN, both_ways
from geo.files import Table, limits
from geo.files.csvfile import parse_csv
from geo.files.table import Column
from geo.problems import BadInput, TooMuch

MOST_ROWS = 10_000
"""Rows of one file; larger ones go to ``/v1/geocode/batch``, which does not keep the caller waiting."""
FACTS = ("type", "id", "housenumber", "name", "street", "postcode", "city", "citycode", "district", "context")
LATITUDE = ("latitude", "lat", "纬度")
LONGITUDE = ("longitude", "lon", "lng", "long", "经度")

Data = Annotated[UploadFile, File(description="CSV 文件，UTF-8 或 GB18030")]


@both_ways(router, "POST", "/search/csv/", "BAN：CSV 批量，地址 → 坐标（WGS 84）")
def search_csv(
    data: Data,
    columns: Annotated[list[str] | None, Form()] = None,
    citycode: Annotated[str | None, Form(description="六位区划代码所在的列")] = None,
) -> Response:
    """All of ``columns`` joined are the address; without them every column, as addok does it."""
    table = _read(data)
    chosen = [table.column(name) for name in columns or table.headers]
    codes = table.column(citycode) if citycode else None
    found = []
    for at in range(len(table)):
        text = " ".join(column[at] or "" for column in chosen).strip()
        found.append(places.find(text, 2, division=_code(codes, at)) if text else [])
    return _file(table, _searched(found), data)


@both_ways(router, "POST", "/reverse/csv/", "BAN：CSV 批量，坐标（WGS 84）→ 地址")
def reverse_csv(data: Data) -> Response:
    """Columns ``latitude``/``lat`` and ``longitude``/``lon``/``lng``; a row without numbers comes back without result."""
    table = _read(data)
    lats, _ = table.numbers(_named(table, LATITUDE))
    lons, _ = table.numbers(_named(table, LONGITUDE))
    found = [_nearest(lon, lat) for lon, lat in zip(lons.tolist(), lats.tolist(), strict=True)]
    return _file(table, _reversed(found), data)


def _nearest(lon: float, lat: float) -> Place | None:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return places.at(lon, lat, "wgs84")


def _read(data: UploadFile) -> Table:
    lookup.engine()
    table = parse_csv(data.file.read(), data.filename or "data", limits(), strip=False)
    if len(table) > MOST_ROWS:
        raise TooMuch(
            f"文件有 {len(table)} 行，超过上限 {MOST_ROWS} 行。", "请分批提交，或用 /v1/geocode/batch。"
        )
    return table


def _named(table: Table, names: tuple[str, ...]) -> str:
    lower = {header.strip().lower(): header for header in table.headers}
    found = next((lower[name] for name in names if name in lower), None)
    if found is None:
        raise BadInput(
            f"文件里没有“{names[0]}”这一列。", f"列名可用：{'、'.join(names)}。", code="file.no-column"
        )
    return found


def _code(codes: Column | None, at: int) -> str | None:
    code = (codes[at] or "").strip() if codes else ""
    return code if code.isdecimal() and len(code) == 6 else None


def _searched(found: list[list[Place]]) -> dict[str, list[Any]]:
    best = [row[0] if row else None for row in found]
    return {
        "latitude": [place.point("wgs84")[1] if place else None for place in best],
        "longitude": [place.point("wgs84")[0] if place else None for place in best],
        "result_label": [place.label if place else None for place in best],
        "result_score": [round(place.confidence, 2) if place else None for place in best],
        "result_score_next": [round(row[1].confidence, 2) if len(row) > 1 else None for row in found],
        **_facts(best),
        "result_level": [place.level if place else None for place in best],
        "result_status": [place.status if place else "none" for place in best],
    }


def _reversed(found: list[Place | None]) -> dict[str, list[Any]]:
    return {
        "result_latitude": [place.point("wgs84")[1] if place else None for place in found],
        "result_longitude": [place.point("wgs84")[0] if place else None for place in found],
        "result_label": [place.label if place else None for place in found],
        "result_distance": [round(place.distance_m) if place else None for place in found],
        **_facts(found),
    }


def _facts(found: list[Place | None]) -> dict[str, list[Any]]:
    told = [facts(place) if place else {} for place in found]
    return {f"result_{name}": [row.get(name) for row in told] for name in FACTS}


def _file(table: Table, results: dict[str, list[Any]], data: UploadFile) -> Response:
    # addok overwrites a column of the same name; here the caller's columns come back as they were.
    added = {(f"result_{name}" if name in table.columns else name): cells for name, cells in results.items()}
    stem = PurePath(data.filename or "data").stem
    disposition = f"attachment; filename=\"result.csv\"; filename*=UTF-8''{quote(stem)}.geocoded.csv"
    body = csv_text({**table.columns, **added})
    return Response(
        body.encode(),
        headers={**OPEN, "content-disposition": disposition},
        media_type="text/csv; charset=utf-8",
    )
