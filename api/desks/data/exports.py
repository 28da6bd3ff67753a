"""The register as files (导出): one kind, one format, as of today."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Response

from api.desks.data.words import ENDINGS, TITLES
from gazetteer.register.exporting import export_file
from geo.problems import NotFound

router = APIRouter(include_in_schema=False, prefix="/desk/data/export")

_MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}


@router.get("/{kind}.{ending}")
def export(kind: str, ending: str) -> Response:
    """All records of a kind; the import takes the file back unchanged."""
    title = dict(TITLES).get(kind)
    if title is None or ending not in ENDINGS:
        raise NotFound("没有这种导出。", "请从“导入导出”页选择。", code="no-such-export")
    with tempfile.TemporaryDirectory(prefix="diming-export-") as folder:
        made = Path(folder) / f"{kind}.{ending}"
        export_file(kind, made)
        body = made.read_bytes()
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(f'{title}.{ending}')}",
        "cache-control": "no-store",
    }
    return Response(body, media_type=_MEDIA[ending], headers=headers)
