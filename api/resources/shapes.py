"""A page of rows in the form the caller accepts: GeoJSON or CSV."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request, Response

from api.resources.query import Page
from geo.problems import Problem

GEOJSON, CSV = "application/geo+json", "text/csv"
SAMPLE_NOTE = "示例数据，不代表真实地址"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotOffered(Problem):
    """The caller accepts only forms that are not made here."""

    status = 406
    code = "not-acceptable"


def accepted(request: Request) -> str:
    """The media type to answer in: GeoJSON unless CSV is wanted.

    Raises:
        NotOffered: neither is accepted.
    """
    wanted = request.headers.get("accept", "*/*")
    for part in wanted.split(","):
        kind = part.split(";")[0].strip().lower()
        if kind == CSV:
            return CSV
        if kind in {GEOJSON, "application/json", "application/*", "*/*", "text/html", ""}:
            return GEOJSON
    raise NotOffered("不提供所要求的格式。", f"可用的格式：{GEOJSON}、{CSV}。")


def geojson(page: Page, next_link: str) -> Response:
    """A FeatureCollection of features that the database made, with the next link and the notice of sample data."""
    head: dict[str, Any] = {"type": "FeatureCollection", "numberReturned": len(page.rows)}
    if next_link:
        head["next"] = next_link
    if page.made_up:
        head["note"] = SAMPLE_NOTE
    body = orjson.dumps(head)[:-1] + b',"features":[' + ",".join(page.rows).encode() + b"]}"
    return Response(body, headers=_headers(next_link), media_type=GEOJSON)


def table(page: Page, next_link: str, name: str) -> Response:
    """The rows as CSV: UTF-8 with byte order mark, which the spreadsheets in use need to see Chinese."""
    out = io.StringIO()
    out.write("\ufeff")
    if page.rows:
        writer = csv.DictWriter(out, list(page.rows[0]))
        writer.writeheader()
        writer.writerows({k: _harmless(v) for k, v in row.items()} for row in page.rows)
    headers = _headers(next_link) | {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")


def _harmless(value: Any) -> Any:
    # A cell that begins like a formula is run by spreadsheets; an apostrophe makes it text.
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _headers(next_link: str) -> dict[str, str]:
    return {"link": f'<{next_link}>; rel="next"'} if next_link else {}


def next_link(request: Request, given: dict[str, Any], cursor: str) -> str:
    """The address of the next page, or nothing on the last."""
    return f"{request.url.path}?{urlencode({**given, 'cursor': cursor})}" if cursor else ""
